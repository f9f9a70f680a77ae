"""Benchmarks, run by `python -m tests.bench`: what Kashaf costs beside its peers, both measured in one run.

Each module measures one thing, asserts that the answers are right, and gives `Figure`s; a figure over its limit is
marked, never a failure. The articles lie in ../shared; indexes are made once and kept in the temporary folder.
"""
