"""The engine on Tantivy: its index, queries, orders, files and errors."""
