"""Examples of the query language, made of the words, names and dates of an index, each of which finds something."""
