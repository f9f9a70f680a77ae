"""Examples of the query language that the index at hand answers."""
