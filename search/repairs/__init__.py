"""Other readings of a query that finds nothing, and the notes that tell the reader how a query was read."""
