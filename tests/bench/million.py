"""python -m tests.bench million [--articles N]: an archive that grows to a million articles in ten runs.

Each run of `kashaf index` adds a tenth; after each, headlines are searched. Then one of a hundred articles is
corrected, once by files that are read again, once by a file of corrections alone. Prints figures, and a table for
docs/operations.md. Times are those of whole processes, so they need a machine that does nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench import made_up_archive
from tests.bench.figures import Figure, percentile
from tests.bench.page_times import page_times
from tests.bench.places import megabytes
from tests.bench.processes import Ran, kashaf

_ARTICLES = 1_000_000
_RUNS = 10
_CORRECTED = 100  # one of so many articles


@dataclass(frozen=True, slots=True)
class _Grown:
    """The index after a run. added: articles of the run. p50, p95: milliseconds of a page of results."""

    articles: int
    added: int
    ran: Ran
    megabytes: float
    p50: float
    p95: float

    @property
    def rate(self) -> float:
        return self.added / self.ran.seconds

    def __str__(self) -> str:
        used = 1e6 * self.ran.cpu / self.added
        return (
            f"| {self.articles:,} | {self.rate:,.0f} | {used:,.0f} | {self.ran.cpu / self.ran.seconds:.2f} "
            f"| {self.ran.anonymous_mb:,.0f} | {self.megabytes:,.0f} | {self.p50:.1f} | {self.p95:.1f} |"
        )


_HEAD = (
    "| articles | added a second | µs of processor each | processors | memory, MB | index, MB | page, ms | 95 % |\n"
    "|--:|--:|--:|--:|--:|--:|--:|--:|"
)


def measure(articles: int) -> Iterator[Figure | str]:
    """Rates, memory and searches while the archive grows; then the corrections. articles: 0 for a million."""
    articles = articles or _ARTICLES
    with TemporaryDirectory(prefix="kashaf-million-") as folder:
        place = Path(folder)
        yield _HEAD
        grown = []
        for each in _grow(place, articles):
            grown.append(each)
            yield str(each)
        first, second, last = grown[0], grown[1], grown[-1]
        yield Figure("rate of the second run : first, into a fresh index", second.rate / first.rate, at_least=0.9)
        yield Figure("rate of the last run : first", last.rate / first.rate, at_least=0.9)
        yield Figure("processor time of an article, first run : last", first.ran.cpu / last.ran.cpu, at_least=0.85)
        yield Figure("most memory", max(each.ran.anonymous_mb for each in grown), "MB", at_most=1200)
        yield from _correct(place, articles)


def _grow(place: Path, articles: int) -> Iterator[_Grown]:
    archive = place / "archive"
    archive.mkdir()
    bounds = [articles * number // _RUNS for number in range(_RUNS + 1)]
    for number, (begin, end) in enumerate(pairwise(bounds)):
        made_up_archive.write(archive / f"{number}.jsonl.gz", begin, end)
        ran, report = _index(place)
        assert (report["articles"], report["added"]) == (end, end - begin), report
        yield _Grown(end, end - begin, ran, megabytes(place / "index"), *_search(place / "index"))


def _correct(place: Path, articles: int) -> Iterator[Figure]:
    corrected = len(range(0, articles, _CORRECTED))
    for number, path in enumerate(sorted((place / "archive").iterdir())):
        begin, end = articles * number // _RUNS, articles * (number + 1) // _RUNS
        made_up_archive.write(path, begin, end, corrected=_CORRECTED)
    ran, report = _index(place)
    _assert_corrected(report, corrected, articles)
    yield Figure("update of 1 %, all files changed", ran.seconds, "s", at_most=120)
    yield Figure("the same, processor time", ran.cpu, "s")
    alone = place / "archive" / "corrections.jsonl"
    with alone.open("w", encoding="utf-8") as out:
        for number in range(0, articles, _CORRECTED):
            out.write(json.dumps(made_up_archive.article(number, 2), ensure_ascii=False) + "\n")
    ran, report = _index(place)
    _assert_corrected(report, corrected, articles)
    yield Figure("update of 1 %, from a file of corrections", ran.seconds, "s", at_most=120)
    yield Figure("the same, processor time", ran.cpu, "s")


def _assert_corrected(report: dict[str, int], corrected: int, articles: int) -> None:
    """Nearly all corrections have another text: of a single word there is none."""
    assert report["articles"] == articles and not report["added"], report
    assert 0.98 * corrected <= report["updated"] <= corrected, report


def _index(place: Path) -> tuple[Ran, dict[str, int]]:
    """Index the archive, of which files that did not change are not read."""
    ran = kashaf("index", place / "archive", "--json", "--index", place / "index", watch_memory=True)
    return ran, json.loads(ran.printed)


def _search(place: Path) -> tuple[float, float]:
    """The median and the 95th percentile of a page of results."""
    (taken,) = page_times(place)
    return percentile(taken, 0.5), percentile(taken, 0.95)
