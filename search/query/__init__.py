"""Query string → tree of words → tree of index terms; and dates. Pure: no files, no clock. Called by the service."""
