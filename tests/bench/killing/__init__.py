"""Runs that are killed at random moments, and what is left of an index then. `tests/bench/kills.py` counts them."""
