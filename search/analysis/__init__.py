"""Arabic text → index terms. Pure: no files but its tables, no clock. The indexer and the query side call it."""
