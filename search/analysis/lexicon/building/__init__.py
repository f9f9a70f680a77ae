"""Programs that rebuild the tables of `search/analysis/lexicon`, run by hand; nothing imports them at run time."""
