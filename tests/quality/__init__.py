"""Quality as data: pairs of words that must meet or part, and floors of the measures, checked against ../shared."""
