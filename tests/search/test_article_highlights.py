"""An article shows what its search highlighted, and nothing is sorted for that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from search.article import Article
from search.article_highlights import article_highlights
from search.engines.base import Found, Order
from search.engines.registry import EMBEDDED
from search.pages.records import Filters, SearchRequest
from search.query.clauses import Clause
from search.service import SearchService
from tests.small_index import open_index

TEXTS = ("ارتفعت أسعار القمح", "زار الوزير القاهرة", "ارتفعت أسعار النفط أمس")
Asked = list[tuple[Order, int, bool]]


class Engine:
    """An engine that keeps in what order, how many and whether in all matches were asked for."""

    def __init__(self, engine: Any) -> None:
        self._engine = engine
        self.asked: Asked = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)

    def search(self, clause: Clause, *, limit: int, order: Order = Order.RELEVANCE, total: bool = True) -> Found:
        self.asked.append((order, limit, total))
        found: Found = self._engine.search(clause, limit=limit, order=order, total=total)
        return found


@pytest.fixture(params=EMBEDDED)
def service(tmp_path: Path, request: pytest.FixtureRequest) -> SearchService:
    articles = [Article(str(n), "", text, ("رويترز",)) for n, text in enumerate(TEXTS)]
    return open_index(tmp_path / "index", articles, engine=request.param)


@pytest.fixture
def highlighted(service: SearchService) -> Callable[..., tuple[set[str], Asked]]:
    """Returns the stems that a search highlights in an article, and what its engine was asked for."""

    def of(query: str, id: str, **options: Any) -> tuple[set[str], Asked]:
        engine = Engine(service.index.engine)
        index = replace(service.index, engine=engine)
        request = replace(SearchRequest(query, order=Order.NEWEST), **options)
        return set(article_highlights(index, request, service._profile, id).stems), engine.asked

    return of


def stems(service: SearchService, word: str) -> set[str]:
    return {stem for token in service.index.analyzer.tokens(word) for stem in token.stems}


def test_an_article_that_matches_is_all_that_is_asked_for(
    service: SearchService, highlighted: Callable[..., tuple[set[str], Asked]]
) -> None:
    found, asked = highlighted("القمح", "0")
    assert found >= stems(service, "القمح")
    assert asked == [(Order.RELEVANCE, 1, False)]


def test_without_repairs_nothing_is_searched(
    service: SearchService, highlighted: Callable[..., tuple[set[str], Asked]]
) -> None:
    found, asked = highlighted("القممح", "0", repair=False)
    assert found >= stems(service, "القممح") and not asked
    assert highlighted("", "0") == (set(), [])


def test_the_repair_that_was_searched_is_highlighted_and_its_matches_are_counted_alone(
    service: SearchService, highlighted: Callable[..., tuple[set[str], Asked]]
) -> None:
    found, asked = highlighted("القممح", "0")
    assert found >= stems(service, "القمح") and not found & stems(service, "القممح")
    assert {limit for _, limit, total in asked if total} == {0}
    page = service.read("0", SearchRequest("القممح"))
    assert page is not None and [part.text for part in page.body if part.highlighted] == ["القمح"]


def test_an_article_that_does_not_match_shows_the_query_as_typed_where_others_match_it(
    service: SearchService, highlighted: Callable[..., tuple[set[str], Asked]]
) -> None:
    assert highlighted("القمح", "1")[0] == highlighted("القمح", "0")[0]
    elsewhere = Filters(sources=("الحياة",))
    assert highlighted("القمح", "0", filters=elsewhere)[1] != highlighted("القمح", "0")[1]


def test_articles_with_most_words_show_all_of_them(
    service: SearchService, highlighted: Callable[..., tuple[set[str], Asked]]
) -> None:
    found, asked = highlighted("القمح القاهرة النفط", "0")
    assert found >= stems(service, "القمح") | stems(service, "القاهرة") | stems(service, "النفط")
    assert {limit for _, limit, total in asked if total} == {0}
