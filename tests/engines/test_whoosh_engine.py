"""Whoosh fulfils the contract of engines."""

from tests.contracts.engine import EngineContract


class TestWhoosh(EngineContract):
    name = "whoosh"
