"""The part of the engine suite about `Writer`: what is kept, replaced, removed, seen and lost."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given

from search.analysis.term_encoding import decode_terms
from search.engines.base import Document, Order
from search.errors import EngineError, IndexBusy
from search.query.clauses import Everything, Term
from tests.contracts.clause_strategies import histories
from tests.contracts.engine_bench import FEW, EngineBench, article, everything, found
from tests.contracts.reference import matching

_CRASH = """
import os, sys
from pathlib import Path
from search.engines.base import Document
from search.engines.registry import backend
writer = backend(sys.argv[1]).open_writer(Path(sys.argv[2]))
writer.delete("أ")
for number in range(50):
    writer.put(Document(id=str(number), digest=1, raw=b"", terms={"body_stem": "خبر"}))
os.kill(os.getpid(), 9)
"""


class WritingContract(EngineBench):
    """See `EngineContract`."""

    @FEW
    @given(history=histories)
    def test_random_histories_leave_what_was_committed(self, history: list[Document | str]) -> None:
        committed: dict[str, Document] = {}
        current: dict[str, Document] = {}
        with TemporaryDirectory(ignore_cleanup_errors=True) as place:
            folder = Path(place)
            self.backend.create(folder)
            writer = self.backend.open_writer(folder, fresh=True)
            for step in history:
                if isinstance(step, Document):
                    writer.put(step)
                    current[step.id] = step
                elif step == "commit":
                    writer.commit()
                    committed = dict(current)
                elif step == "reopen":
                    writer.close()
                    writer = self.backend.open_writer(folder)
                    current = dict(committed)
                else:
                    writer.delete(step)
                    current.pop(step, None)
            assert writer.digests(committed | current) == {id: each.digest for id, each in committed.items()}
            writer.close()
            engine = self.backend.open_engine(folder)
            assert engine.documents == len(committed)
            stored = engine.load([match.ref for match in engine.search(Everything(), limit=100).matches])
            assert {each.id: each.raw for each in stored} == {id: each.raw for id, each in committed.items()}
            for text in {
                term for each in committed.values() for term in decode_terms(each.terms.get("body_stem", "")).split(" ")
            }:
                clause = Term("body_stem", text)
                assert found(engine, clause) == matching(clause, committed.values())

    def test_a_new_index_is_empty(self, folder: Path) -> None:
        engine = self.engine(folder)
        assert engine.documents == 0
        for order in Order:
            assert engine.search(Everything(), limit=5, order=order).matches == ()
        assert engine.search(Everything(), limit=5).total == 0
        assert engine.counts(Everything(), ["source", "day"]) == {"source": {}, "day": {}}
        assert engine.terms("body_stem", "", limit=5) == []
        assert engine.frequencies("body_stem", ["خبر"]) == [0]
        assert engine.load([]) == []

    def test_what_was_put_is_given_back_as_it_came(self, folder: Path) -> None:
        raw = bytes(range(256)) * 5
        engine = self.engine(folder, Document(id="https://a.example/?q=خبر عاجل", digest=2**63 - 1, raw=raw))
        (match,) = engine.search(Everything(), limit=5).matches
        (stored,) = engine.load([match.ref])
        assert (stored.id, stored.raw) == ("https://a.example/?q=خبر عاجل", raw)

    def test_nothing_is_visible_before_the_commit(self, folder: Path) -> None:
        self.write(folder, article("أ"))
        writer = self.backend.open_writer(folder)
        try:
            writer.put(article("ب"))
            writer.delete("أ")
            assert everything(self.engine(folder)) == {"أ"}
            writer.commit()
            assert everything(self.engine(folder)) == {"ب"}
        finally:
            writer.close()

    def test_an_open_engine_keeps_what_it_saw_after_later_commits(self, folder: Path) -> None:
        engine = self.engine(folder, article("أ", body_stem="خبر", source=("رويترز",), moment=1))
        for number in range(12):
            self.write(folder, article(str(number), body_stem="خبر"), delete=["أ"])
        assert engine.documents == 1
        assert found(engine, Term("body_stem", "خبر")) == {"أ"}
        assert engine.counts(Everything(), ["source", "moment"]) == {"source": {"رويترز": 1}, "moment": {1: 1}}
        assert self.engine(folder).documents == 12

    def test_put_replaces_by_id_within_a_commit(self, folder: Path) -> None:
        engine = self.engine(folder, article("أ", body_stem="قديم"), article("ب"), article("أ", body_stem="جديد"))
        assert engine.documents == 2
        assert found(engine, Term("body_stem", "قديم")) == set()
        assert found(engine, Term("body_stem", "جديد")) == {"أ"}

    @pytest.mark.parametrize("fresh", [True, False])
    def test_what_was_added_is_there_and_can_be_replaced(self, folder: Path, fresh: bool) -> None:
        writer = self.backend.open_writer(folder, fresh=fresh)
        try:
            for id in ("أ", "ب"):
                writer.add(article(id, body_stem="قديم"))
            writer.put(article("أ", body_stem="جديد"))
            writer.commit()
            writer.add(article("ج"))
            writer.put(article("ب", body_stem="جديد"))
            writer.commit()
        finally:
            writer.close()
        engine = self.backend.open_engine(folder)
        assert (engine.documents, found(engine, Term("body_stem", "جديد"))) == (3, {"أ", "ب"})

    def test_put_replaces_by_id_across_commits(self, folder: Path) -> None:
        self.write(folder, article("أ", body_stem="قديم"), article("ب"))
        engine = self.engine(folder, article("أ", body_stem="جديد"))
        assert everything(engine) == {"أ", "ب"}
        assert engine.search(Term("body_stem", "قديم"), limit=5).total == 0
        assert found(engine, Term("body_stem", "جديد")) == {"أ"}

    def test_put_replaces_across_commits_of_one_writer(self, folder: Path) -> None:
        writer = self.backend.open_writer(folder, fresh=True)
        try:
            for text in ("أول", "ثان", "ثالث"):
                writer.put(article("أ", body_stem=text))
                writer.commit()
        finally:
            writer.close()
        engine = self.engine(folder)
        assert engine.documents == 1
        assert found(engine, Term("body_stem", "ثالث")) == {"أ"}

    def test_delete_removes_the_committed_and_the_uncommitted_and_no_other(self, folder: Path) -> None:
        self.write(folder, article("أ"), article("ب"), article("ج"))
        writer = self.backend.open_writer(folder)
        try:
            writer.put(article("د"))
            writer.put(article("أ"))
            for id in ("د", "أ", "ب", "ليس هنا"):
                writer.delete(id)
            writer.commit()
        finally:
            writer.close()
        engine = self.engine(folder)
        assert engine.documents == 1
        assert everything(engine) == {"ج"}

    def test_an_article_put_after_its_deletion_is_there(self, folder: Path) -> None:
        self.write(folder, article("أ", body_stem="قديم"))
        self.write(folder, article("أ", body_stem="جديد"), delete=["أ"])
        assert found(self.engine(folder), Term("body_stem", "جديد")) == {"أ"}

    def test_deleting_everything_leaves_an_empty_index(self, folder: Path) -> None:
        self.write(folder, article("أ", source=("رويترز",)), article("ب"))
        self.write(folder, delete=["أ", "ب"])
        engine = self.engine(folder)
        assert engine.documents == 0
        assert engine.search(Everything(), limit=5).matches == ()
        assert engine.counts(Everything(), ["source"]) == {"source": {}}

    def test_digests_are_those_of_committed_articles(self, folder: Path) -> None:
        others = [article(str(number)) for number in range(10)]  # so many that the deleted are not yet cleared away
        self.write(folder, Document("أ", 7, b""), Document("ب", 2**63 - 1, b""), Document("ج", 0, b""), *others)
        writer = self.backend.open_writer(folder)
        try:
            asked = ["أ", "ب", "ج", "د", "ليس هنا"]
            committed = {"أ": 7, "ب": 2**63 - 1, "ج": 0}
            writer.put(Document("أ", 8, b""))
            writer.put(Document("د", 9, b""))
            writer.delete("ب")
            assert writer.digests(asked) == committed
            writer.commit()
            assert writer.digests(iter(asked)) == {"أ": 8, "ج": 0, "د": 9}
            assert writer.digests([]) == {}
        finally:
            writer.close()

    def test_close_loses_only_what_was_not_committed(self, folder: Path) -> None:
        writer = self.backend.open_writer(folder)
        writer.put(article("أ"))
        writer.commit()
        writer.put(article("ب"))
        writer.delete("أ")
        writer.close()
        writer.close()
        assert everything(self.engine(folder)) == {"أ"}

    def test_a_commit_without_changes_changes_nothing(self, folder: Path) -> None:
        self.write(folder, article("أ"))
        self.write(folder)
        assert everything(self.engine(folder)) == {"أ"}

    def test_a_closed_writer_refuses_in_a_sentence(self, folder: Path) -> None:
        writer = self.backend.open_writer(folder)
        writer.close()
        with pytest.raises(EngineError, match="closed"):
            writer.put(article("أ"))
        with pytest.raises(EngineError, match="closed"):
            writer.commit()

    def test_a_second_writer_is_refused_at_once(self, folder: Path) -> None:
        writer = self.backend.open_writer(folder)
        try:
            with pytest.raises(IndexBusy):
                self.backend.open_writer(folder)
        finally:
            writer.close()
        self.write(folder, article("أ"))

    def test_a_killed_writer_leaves_the_last_commit_and_no_lock(self, folder: Path) -> None:
        self.write(folder, article("أ"))
        here = Path(__file__).parents[2]
        killed = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", _CRASH, self.name, str(folder)],
            env={**os.environ, "PYTHONPATH": str(here)},
            check=False,
        )
        assert killed.returncode != 0
        assert everything(self.engine(folder)) == {"أ"}
        assert everything(self.engine(folder, article("ب"))) == {"أ", "ب"}

    def test_no_article_that_is_taken_is_rejected(self, folder: Path) -> None:
        writer = self.backend.open_writer(folder)
        try:
            writer.put(article("أ", body_word="خبر"))
            writer.commit()
            assert writer.take_rejected() == []
        finally:
            writer.close()

    def test_many_small_commits_keep_every_article(self, folder: Path) -> None:
        for number in range(20):
            self.write(folder, article(str(number), body_word="خبر عاجل", source=("رويترز",), moment=number))
            if number % 5 == 4:
                self.write(folder, delete=[str(number - 1)])
        left = {str(number) for number in range(20) if number % 5 != 3}
        engine = self.engine(folder)
        assert engine.documents == len(left)
        assert everything(engine) == left
        assert engine.counts(Everything(), ["source"]) == {"source": {"رويترز": len(left)}}
