"""Indexing: whole processes in turn, beside Lucene on all articles and beside the Whoosh engine on a slice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.bench.figures import Figure, paired_ratio
from tests.bench.places import LUCENE, SAUDI, TITLES, first_rows
from tests.bench.processes import Ran, kashaf, run

_PAIRS = 7
_SLICE = 10_000  # Whoosh takes three minutes for these, eight for all; of fewer, much of our own time is starting


def measure(rows: int) -> Iterator[Figure]:
    """Time and memory of `kashaf index`."""
    source = first_rows(SAUDI, rows)
    turns = [_turn(source) for _ in range(_PAIRS)]
    articles = turns[0][2]
    assert articles == (rows or 31_030), f"{articles} articles in the index"
    ours, theirs = ([ran.seconds for ran in side] for side in zip(*((a, b) for a, b, _ in turns), strict=True))
    yield Figure("kashaf index, articles a second", articles / median(ours), "/s")
    yield Figure("Lucene, two threads, articles a second", articles / median(theirs), "/s")
    yield Figure("kashaf index : Lucene, time", paired_ratio(list(zip(ours, theirs, strict=True))), at_most=1.2)
    yield Figure("kashaf index, peak memory", max(ours.peak_mb for ours, _, _ in turns), "MB", at_most=700)
    yield _beside_whoosh(first_rows(SAUDI, min(rows or _SLICE, _SLICE)))


def _turn(source: Path) -> tuple[Ran, Ran, int]:
    with TemporaryDirectory() as folder:
        ours = kashaf("index", "--json", "--index", f"{folder}/kashaf", source)
        theirs = run(LUCENE, "index", f"{folder}/lucene", source, "2")
        _assert_lucene_answers(Path(folder))
        return ours, theirs, json.loads(ours.printed)["articles"]


def _assert_lucene_answers(folder: Path) -> None:
    topics, found = folder / "topics.tsv", folder / "run.txt"
    topics.write_text("".join(TITLES.read_text(encoding="utf-8").splitlines(keepends=True)[:10]), encoding="utf-8")
    run(LUCENE, "search", folder / "lucene", topics, "0", "title,body", found)
    assert len(found.read_text(encoding="utf-8").splitlines()) > 500


def _beside_whoosh(source: Path) -> Figure:
    with TemporaryDirectory() as folder:
        ours, theirs = (_index_with(engine, source, folder) for engine in ("tantivy", "whoosh"))
        assert ours[1] == theirs[1], f"the engines hold {ours[1]} and {theirs[1]} articles"
    return Figure(f"Tantivy : Whoosh, rate on {ours[1]:,} articles", theirs[0] / ours[0], at_least=15)


def _index_with(engine: str, source: Path, folder: str) -> tuple[float, int]:
    ran = kashaf("index", "--json", "--engine", engine, "--index", f"{folder}/{engine}", source)
    return ran.seconds, json.loads(ran.printed)["articles"]
