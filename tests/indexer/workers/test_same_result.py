"""However many processes read, an index, its report, the list of cases and the progress are the same."""

from __future__ import annotations

import gzip
import json
import multiprocessing
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from indexer.build import Choices, index
from indexer.memory import Shares
from indexer.report import Case, Report
from indexer.run_options import RunOptions
from indexer.sources import Sources
from indexer.workers import grouping, pool, processes
from search.engines.registry import backend
from search.index.directory import IndexDirectory
from search.query.clauses import Everything
from search.schema import FIELDS, Kind
from tests.indexer.archives import archive, rows

_MOST = 100_000


class Done(NamedTuple):
    """What can be compared of a run, and of the index after it."""

    report: Report
    cases: list[Case]
    bytes_read: int
    articles: dict[str, tuple[bytes, int | None, int]]
    terms: dict[str, list[tuple[str, int]]]


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files of several formats, two of which have the same ids, with faults and copies in them."""
    folder = tmp_path_factory.mktemp("archive")
    for number in range(8):
        archive(folder / f"{number}.jsonl", rows(40 * number, 40 * number + 40))
    archive(folder / "later" / "again.jsonl", rows(300, 330, word="تصحيح"))
    with gzip.open(folder / "packed.json.gz", "wt", encoding="utf-8") as packed:
        json.dump(rows(1_000, 1_400, word="مجلس"), packed, ensure_ascii=False)
    with zipfile.ZipFile(folder / "parts.zip", "w") as parts:  # large enough to be read in parts
        for number in range(80):
            parts.writestr(f"{number}.txt", f"خبر {number}\n{' '.join(str(number * n * n) for n in range(60))}\n")
    with zipfile.ZipFile(folder / "texts.zip", "w") as texts:
        for number in range(30):
            texts.writestr(f"{number}.txt", f"عنوان {number}\n{' '.join(['كلمة'] * 40)} {number % 3}\n")
    (folder / "broken.jsonl").write_text('{"id": "b1", "title": "خبر"\n{"id": "b2", "x": 1}\n{"title": ""}\n[]\n')
    (folder / "notes.txt~").write_text("نسخة")
    (folder / "date.json").write_text('[{"id": "d", "title": "خبر", "date": "9999-12-31"}]')
    return folder


@pytest.fixture(autouse=True)
def small_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    """Has several processes share a small archive."""
    monkeypatch.setattr(pool, "LEAST_BYTES", 0)
    monkeypatch.setattr(grouping, "GROUP_BYTES", 8_000)
    monkeypatch.setattr(processes, "AHEAD_BYTES", 10_000)


def run(place: Path, source: Path, *, workers: int, engine: str, lexicon: str = "bundled") -> Done:
    cases, read = list[Case](), list[int]()
    done = index(
        IndexDirectory(place),
        Sources([source]),
        Choices(engine, usual_lexicon=lexicon),
        options=RunOptions(read.append, cases.append, read_all=True, shares=Shares(workers)),
    )
    assert not multiprocessing.active_children()
    assert read == sorted(read)
    directory = IndexDirectory(place)
    manifest, opened = directory.open_engine()
    matches = opened.search(Everything(), limit=_MOST).matches
    stored = opened.load([match.ref for match in matches])
    digests = backend(engine).open_digests(directory.generation(manifest.generation))(each.id for each in stored)
    articles = {each.id: (each.raw, match.group, digests[each.id]) for each, match in zip(stored, matches, strict=True)}
    terms = {
        field.name: opened.terms(field.name, "", limit=_MOST)
        for field in FIELDS
        if field.kind in (Kind.TERMS, Kind.KEYWORD)
    }
    return Done(replace(done, seconds=0.0), cases, read[-1], articles, terms)


def runs(place: Path, source: Path, **how: object) -> Iterator[Done]:
    """A run into a fresh index, and the same again."""
    for _ in range(2):
        yield run(place, source, **how)  # type: ignore[arg-type]


@pytest.mark.parametrize(("engine", "workers"), [("tantivy", 3), ("whoosh", 1)])
def test_several_processes_make_the_same_index_and_report(
    sources: Path, tmp_path: Path, engine: str, workers: int
) -> None:
    alone = runs(tmp_path / "alone", sources, workers=0, engine=engine)
    beside = runs(tmp_path / "beside", sources, workers=workers, engine=engine)
    for one, other in zip(alone, beside, strict=True):
        assert other.report == one.report
        assert other.cases == one.cases
        assert other.bytes_read == one.bytes_read == Sources([sources]).size
        assert other.articles == one.articles
        assert other.terms == one.terms
        assert (one.report.repeated, one.report.skipped) == (20, 4) and len(one.cases) > 20


def test_a_process_that_is_killed_is_replaced_and_nothing_is_lost_or_doubled(sources: Path, tmp_path: Path) -> None:
    alone = run(tmp_path / "alone", sources, workers=0, engine="tantivy", lexicon="none")
    killed = list[int]()

    def kill(_: int) -> None:
        for child in multiprocessing.active_children():
            if len(killed) < 2:
                child.kill()
                killed.append(child.pid or 0)

    done = index(
        IndexDirectory(tmp_path / "index"),
        Sources([sources]),
        Choices(usual_lexicon="none"),
        options=RunOptions(kill, shares=Shares(1)),
    )
    assert len(killed) == 2
    assert replace(done, seconds=0.0) == alone.report
