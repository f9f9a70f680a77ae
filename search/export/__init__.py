"""Articles as records that other programs take: tables, lines of JSON and citations."""
