"""The suite that every engine inherits: each sentence of `search/engines/base.py` and `search/query/clauses.py`.

    from tests.contracts.engine import EngineContract


    class TestTantivy(EngineContract):
        name = "tantivy"

Random articles and random clause trees are compared with `reference.py`, a brute-force model, so that every engine
matches exactly what the others match.
"""

from __future__ import annotations

from tests.contracts.engine_failing import FailingContract
from tests.contracts.engine_matching import MatchingContract
from tests.contracts.engine_reading import ReadingContract
from tests.contracts.engine_writing import WritingContract


class EngineContract(WritingContract, MatchingContract, ReadingContract, FailingContract):
    """Inherit this and give the engine's `name` of `search/engines/registry.py`."""
