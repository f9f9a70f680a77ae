"""What pages of results take while an archive is open: whole headlines, and two words of each, once all is warm.

In: the directories of indexes that hold the same articles. Out: for each the milliseconds of each page, with its
snippets and facets. Called by `million.py` and `cluster_million.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

from search.budget import Budget
from search.pages.records import SearchRequest
from search.service import SearchService
from search.settings import Settings
from tests.bench.places import topics, two_words

_QUERIES = 150


def page_times(*indexes: Path, rounds: int = 2) -> list[list[float]]:
    """Ask the same pages of all indexes in turn, in so many rounds; the last counts. Raises where matches differ."""
    services = [SearchService.open(Settings(index=index)) for index in indexes]
    for _ in range(rounds):
        taken: list[list[float]] = [[] for _ in services]
        for query in queries():
            totals = [_timed(service, query, into) for service, into in zip(services, taken, strict=True)]
            assert len(set(totals)) == 1, f"{query!r} matches {totals}"
    return taken


def queries() -> Sequence[str]:
    """The queries of one round."""
    titles = [topic.query for topic in topics()[:_QUERIES]]
    return [*titles, *map(two_words, titles)]


def _timed(service: SearchService, query: str, into: list[float]) -> int:
    started = perf_counter()
    page = service.search(SearchRequest(query), Budget(1e9))
    into.append((perf_counter() - started) * 1000)
    return page.total
