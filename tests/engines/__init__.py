"""Tests of `search/engines`."""
