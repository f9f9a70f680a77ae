"""Authors that are counted by number are those that are counted by name."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.engines.base import Document, Engine
from search.engines.tantivy import engine as tantivy_engine
from search.engines.tantivy import name_numbers
from search.engines.tantivy import writer as tantivy_writer
from search.query.clauses import Between, Everything, any_of
from tests.contracts.engine_bench import FEW

_NAMES = [f"كاتب {number}" for number in range(12)]
_authors = st.lists(st.lists(st.sampled_from(_NAMES), max_size=4), min_size=1, max_size=40)


def _engine(folder: Path, authors: list[list[str]]) -> Engine:
    tantivy_engine.create(folder)
    with closing(tantivy_engine.open_writer(folder)) as writer:
        for number, names in enumerate(authors):
            writer.put(Document(str(number), number, b"{}", keywords={"author": names}, numbers={"day": number}))
            if number % 15 == 14:
                writer.commit()
        writer.commit()
    return tantivy_engine.open_engine(folder)


def _assert_counted_with_another(folder: Path) -> None:
    """An article by ب and ج is added to those by أ and ب, and by أ: however often they are counted, all are."""
    with closing(tantivy_engine.open_writer(folder)) as writer:
        writer.put(Document("2", 2, b"{}", keywords={"author": ["ب", "ج"]}))
        writer.commit()
    engine = tantivy_engine.open_engine(folder)
    for _ in range(name_numbers._WORTH + 2):
        assert engine.counts(Everything(), ["author"], limit=5) == {"author": {"أ": 2, "ب": 2, "ج": 1}}


def _counted(engine: Engine, limit: int, least: int) -> list[tuple[str | int, int]]:
    found = [
        engine.counts(clause, ["author"], limit=limit, least=least) for clause in (Everything(), Between("day", 3))
    ]
    return [row for counts in found for row in sorted(counts["author"].items())]


@FEW
@example(authors=[[name] for name in _NAMES], limit=3, least=1)  # any three of them are as common as the others
@given(authors=_authors, limit=st.integers(1, 14), least=st.integers(1, 3))
def test_counts_by_number_are_those_by_name(
    tmp_path_factory: pytest.TempPathFactory, authors: list[list[str]], limit: int, least: int
) -> None:
    engine = _engine(tmp_path_factory.mktemp("index"), authors)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(name_numbers, "_WORTH", 10**6)
        by_name = _counted(engine, limit, least)
        patch.setattr(name_numbers, "_WORTH", 0)
        patch.setattr(name_numbers, "_MORE", 2)  # so that some are as common as the last that is asked for
        assert _counted(engine, limit, least) == by_name


@pytest.mark.parametrize("before_worth", [10**6, 0])  # by name, by number
def test_an_author_who_is_rare_in_a_segment_of_thousands_is_counted_there_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before_worth: int
) -> None:
    monkeypatch.setattr(name_numbers, "_WORTH", before_worth)
    others = [f"كاتب {number}" for number in range(2_500)]
    parts = [["أ"]] * 3 + [others] * 12, [others, others, ["أ"]]  # 15 articles make a segment
    engine = _engine(tmp_path, [names for part in parts for names in part])
    clause = Between("day", 0, 2), Between("day", 15, None)  # those of أ in the first segment, all of the second
    counts = engine.counts(any_of(*clause), ["author"], limit=2)
    assert counts == {"author": {"أ": 4, "كاتب 0": 2}}


def test_authors_are_counted_by_number_once_it_is_worth_a_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = _engine(tmp_path, [["أ", "ب"], ["أ"]])
    for _ in range(name_numbers._WORTH + 1):
        engine.counts(Everything(), ["author"], limit=5)
    monkeypatch.setattr(tantivy_engine, "terms_aggregation", None)  # by name
    assert engine.counts(Everything(), ["author"], limit=5) == {"author": {"أ": 2, "ب": 1}}


def test_an_index_without_the_column_is_added_to_and_counted_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as earlier:
        earlier.setattr(tantivy_engine, "COLUMNS", {})
        _engine(tmp_path, [["أ", "ب"], ["أ"]])
    _assert_counted_with_another(tmp_path)


def test_articles_that_an_earlier_version_added_without_numbers_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _engine(tmp_path, [["أ", "ب"], ["أ"]])
    monkeypatch.setattr(tantivy_writer, "numbers_of", lambda keywords: ())
    _assert_counted_with_another(tmp_path)
