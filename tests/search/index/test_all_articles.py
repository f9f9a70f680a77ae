"""All articles of an index come in parts of bounded size, each once; a sample comes from all over the index."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.engines.base import Document, Engine
from search.engines.registry import EMBEDDED, backend
from search.index import all_articles
from search.index.all_articles import DIGESTS, matching, parts_of, sample_of
from search.query.clauses import Term, TermSet


def document(id: str, digest: int) -> Document:
    return Document(id, digest, id.encode(), {"body_word": "خبر"}, {"source": ()}, {})


def opened(folder: Path, engine: str, digests: list[int]) -> Engine:
    """An index of articles with these digests, in two segments."""
    made = backend(engine)
    folder.mkdir()
    made.create(folder)
    half = len(digests) // 2
    for part in (range(half), range(half, len(digests))):
        writer = made.open_writer(folder)
        for number in part:
            writer.put(document(str(number), digests[number]))
        writer.commit()
        writer.close()
    return made.open_engine(folder)


def ids(engine: Engine, refs: list[object]) -> list[str]:
    return [stored.id for stored in engine.load(refs)]


EVEN = [number * (DIGESTS // 40) for number in range(40)]
UNEVEN = [*range(30), *EVEN[10:20]]  # most in one share


@pytest.mark.parametrize("engine", EMBEDDED)
@pytest.mark.parametrize("digests", [EVEN, UNEVEN, [5] * 40], ids=["even", "uneven", "the same"])
def test_each_article_is_in_one_part_and_no_part_is_large(
    tmp_path: Path, engine: str, digests: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(all_articles, "PART", 7)
    found = opened(tmp_path / "index", engine, digests)
    parts = [ids(found, [match.ref for match in part]) for part in parts_of(found)]
    seen = sorted((id for part in parts for id in part), key=int)
    if len(set(digests)) > 1:
        assert seen == [str(number) for number in range(40)] and max(map(len, parts)) <= 14
    else:
        assert len(seen) == len(set(seen)) == 15  # which `verify` tells: no two texts have the same digest


@pytest.mark.parametrize("engine", EMBEDDED)
def test_a_sample_is_as_large_as_asked_for_and_from_all_over(tmp_path: Path, engine: str) -> None:
    found = opened(tmp_path / "index", engine, [(number * 7 % 40) * (DIGESTS // 40) for number in range(40)])
    some = [int(id) for id in ids(found, [match.ref for match in sample_of(found, 8)])]
    assert len(set(some)) == 8 and 3 <= sum(number < 20 for number in some) <= 5
    assert len(sample_of(found, 40)) == len(sample_of(found, 99)) == 40


@pytest.mark.parametrize("engine", EMBEDDED)
def test_the_articles_of_a_clause_come_in_parts_too(
    tmp_path: Path, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(all_articles, "PART", 4)
    found = opened(tmp_path / "index", engine, EVEN)
    wanted = TermSet("id", tuple(map(str, range(0, 40, 2))))
    parts = [ids(found, [match.ref for match in part]) for part in matching(found, wanted)]
    seen = sorted((id for part in parts for id in part), key=int)
    assert seen == list(wanted.texts) and max(map(len, parts)) <= 8
    assert list(matching(found, Term("id", "40"))) == []
