"""Whether an index is as it was written."""
