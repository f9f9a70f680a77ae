"""Engines: clauses → matching articles, by Tantivy or Whoosh. No other modules import these libraries."""
