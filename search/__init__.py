"""From a query string to a page of results; imports neither indexer nor web."""
