"""Engines: from a tree of index terms to hits. The only modules that know an engine."""
