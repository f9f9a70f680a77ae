"""Whoosh fulfils the contract of engines."""

from pathlib import Path

import pytest
from whoosh.codec.whoosh3 import W3LeafMatcher

from search.query.clauses import Combine, Term
from tests.contracts.engine import EngineContract
from tests.contracts.engine_bench import article, found


class TestWhoosh(EngineContract):
    name = "whoosh"
    days_of_many = 330  # an article takes Whoosh a millisecond, and what it counts with has no bound

    def test_beside_a_rare_term_little_is_read_of_a_common_one(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        documents = (article(str(n), body_stem="خبر", source=("الوئام",)) for n in range(3_000))
        engine = self.engine(folder, *documents)
        read, read_ids = list[object](), W3LeafMatcher._read_ids
        monkeypatch.setattr(W3LeafMatcher, "_read_ids", lambda block: (read.append(block), read_ids(block)))
        wanted = Combine(must=(Term("source", "الوئام"), Term("body_stem", "خبر"), Term("id", "1500")))
        assert found(engine, wanted) == {"1500"} and len(read) == 3
