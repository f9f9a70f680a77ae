"""How matching articles are ranked: each signal is a clause with a score, and a profile holds the weight of each."""
