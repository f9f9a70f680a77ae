"""Tests of `indexer/remembered_sources`."""
