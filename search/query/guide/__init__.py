"""The table from which the query language is explained."""
