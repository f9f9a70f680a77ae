"""What is made of hits: highlighted snippets, facets, related articles, copies, completions."""
