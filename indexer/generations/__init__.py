"""Generations of an index directory: how they are begun, published, kept and given up."""
