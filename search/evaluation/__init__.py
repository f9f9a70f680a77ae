"""Searches many topics at once, and scores their rankings against relevance judgments."""
