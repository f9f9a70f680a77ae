"""Whoosh fulfils the contract of engines."""

from tests.contracts.engine import EngineContract


class TestWhoosh(EngineContract):
    name = "whoosh"
    days_of_many = 330  # an article takes Whoosh a millisecond, and what it counts with has no bound
