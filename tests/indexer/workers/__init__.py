"""Tests of the processes that read and analyse for the one that writes."""
