"""What is made of an engine's matches and terms: highlighted snippets, facets, related articles, completions."""
