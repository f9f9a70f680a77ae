"""Queries side by side over time, and what an archive holds when."""
