"""Articles of which no byte may stay: the index written anew without them, and what was fetched of them removed."""
