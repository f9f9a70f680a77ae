"""A first page as a reader gets it: ten hits with snippets, facets and timeline, from 86,668 articles, in process.

Then what readers ask for from there: the next page, another order, and the first page again, beside the first page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from statistics import median
from time import process_time

from search.engines.base import Order
from search.pages.records import SearchPage, SearchRequest
from search.service import SearchService
from search.settings import Settings
from tests.bench.figures import Figure, milliseconds, percentile
from tests.bench.places import NEWS, index_of, topics, two_words

_TODAY = date(2016, 1, 1)
_WARM = 200  # searches before the counting starts
_FURTHER = 200  # queries of which more than the first page is asked for


def measure(rows: int) -> Iterator[Figure]:
    """Median and 95th percentile of two words, and of whole headlines."""
    service = SearchService.open(Settings(index=index_of(NEWS, rows)))
    if not rows:
        assert service.facts().articles == 86_668
    whole = [topic.query for topic in topics()[:: 20 if rows else 1]]  # few articles: mostly repairs, which are slow
    yield from _figures(service, "two words", [two_words(query) for query in whole], (10, 30))
    yield from _figures(service, "whole headlines", whole, (20, 60))
    yield from _further(service, [two_words(query) for query in whole[-_FURTHER:]])


def _further(service: SearchService, queries: Sequence[str]) -> Iterator[Figure]:
    """What comes after a first page, in turn for each query, by processor time."""
    taken: dict[str, list[float]] = {}

    def search(what: str, request: SearchRequest) -> SearchPage:
        started = process_time()
        page = service.search(request)
        taken.setdefault(what, []).append((process_time() - started) * 1000)
        return page

    for query in queries:
        request = SearchRequest(query, today=_TODAY)
        first = search("first page", request)
        following = search("the next page", replace(request, page=2))
        newest = search("another order", replace(request, order=Order.NEWEST))
        back = search("the first page again", request)
        assert (back.hits, back.facets, back.total) == (first.hits, first.facets, first.total), query
        assert following.facets == newest.facets == first.facets and following.total == newest.total == first.total
        assert not {hit.article.id for hit in first.hits} & {hit.article.id for hit in following.hits}, query
    middle = {what: median(times) for what, times in taken.items()}
    for what, time in middle.items():
        yield Figure(f"two words, {what}, processor time", time, "ms")
        if what != "first page":
            yield Figure(f"{what} : first page", time / middle["first page"], at_most=1)


def _figures(service: SearchService, what: str, queries: Sequence[str], limits: tuple[int, int]) -> Iterator[Figure]:
    pages: list[SearchPage] = []

    def search(query: str) -> None:
        pages.append(service.search(SearchRequest(query, today=_TODAY)))

    milliseconds(search, queries[: min(_WARM, len(queries) // 4)])
    pages.clear()
    taken = milliseconds(search, queries)
    _assert_right(pages)
    yield Figure(f"first page, {what}, median", median(taken), "ms", at_most=limits[0])
    yield Figure(f"first page, {what}, 95th percentile", percentile(taken, 0.95), "ms", at_most=limits[1])


def _assert_right(pages: Sequence[SearchPage]) -> None:
    answered = [page for page in pages if page.hits]
    assert len(answered) >= 0.8 * len(pages), f"{len(pages) - len(answered)} empty pages"
    assert all(len(page.hits) <= 10 and page.total >= len(page.hits) and page.facets for page in answered)
    hits = [hit for page in answered for hit in page.hits]
    highlighted = sum(
        any(segment.highlighted for marked in (hit.title, *hit.snippets) for segment in marked) for hit in hits
    )
    assert highlighted >= 0.98 * len(hits), f"{len(hits) - highlighted} of {len(hits)} hits without a mark"
