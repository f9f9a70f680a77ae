"""Feeds by address: fetched politely, their articles stored below the index directory as files that `index` reads."""
