"""Lists of queries: read from a file or a form, searched one by one, written as tables of hits and of counts."""
