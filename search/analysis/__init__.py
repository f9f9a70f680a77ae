"""Arabic text → index terms. Pure: no files but the tables of `lexicon`, no clock; the query side and the indexer both call it."""
