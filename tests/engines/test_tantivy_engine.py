"""Tantivy fulfils the contract of engines."""

from tests.contracts.engine import EngineContract


class TestTantivy(EngineContract):
    name = "tantivy"
