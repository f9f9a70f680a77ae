"""Completion of what is being typed, at 86,668 articles, in process."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from search.analysis.fold import fold, strip_marks
from search.service import SearchService
from search.settings import Settings
from tests.bench.figures import Figure, milliseconds, percentile
from tests.bench.places import NEWS, index_of, topics


def measure(rows: int) -> Iterator[Figure]:
    """Median and 95th percentile over two and four letters of the first word, and two of the second."""
    service = SearchService.open(Settings(index=index_of(NEWS, rows)))
    typed = list(dict.fromkeys(begun for topic in topics() for begun in _begun(topic.query)))
    service.suggest("ا")  # the first completion reads the terms of the index
    taken = milliseconds(service.suggest, typed)
    _assert_right(service, typed[:500], least=0.2 if rows else 0.7)
    yield Figure(f"completion, median of {len(typed):,}", median(taken), "ms", at_most=5)
    yield Figure("completion, 95th percentile", percentile(taken, 0.95), "ms")


def _begun(query: str) -> Iterator[str]:
    first, *others = query.split()
    yield first[:2]
    yield first[:4]
    if others:
        yield f"{first} {others[0][:2]}"


def _assert_right(service: SearchService, typed: list[str], *, least: float) -> None:
    found = {begun: service.suggest(begun) for begun in typed}
    assert sum(map(bool, found.values())) >= least * len(typed), "completions are missing"
    wrong = [(begun, each) for begun, all_of in found.items() for each in all_of if not _continues(each, begun)]
    assert not wrong, f"no completion of what was typed: {wrong[:3]}"


def _continues(completion: str, begun: str) -> bool:
    return fold(strip_marks(completion)).startswith(fold(strip_marks(begun)))
