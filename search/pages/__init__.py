"""The records that a page of results consists of, and the same as JSON, as text and as sentences."""
