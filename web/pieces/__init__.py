"""Views → the HTML that repeats within a page: hits, values of facets, periods of a timeline. Text is escaped here."""
