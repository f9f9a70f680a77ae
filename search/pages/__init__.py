"""The records that a page of results consists of, and their forms as JSON, as lines of text and as sentences."""
