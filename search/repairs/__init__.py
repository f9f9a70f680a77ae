"""What to try when a query finds nothing, and what the reader is told about it."""
