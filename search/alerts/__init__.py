"""Alerts: searches saved in a file, and what has come into the index for each since the last run."""
