"""How many articles match several queries in each period, and how many articles an archive has of each source when."""
