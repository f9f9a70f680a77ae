"""The index directory, what is open of it, and what it holds of an article."""
