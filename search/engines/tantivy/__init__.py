"""The engine on Tantivy."""
