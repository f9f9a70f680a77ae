"""The timeline beside the hits: the same bars whether days are counted at once or only after the months."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from search.article import Article
from search.engines.registry import EMBEDDED
from search.pages.records import Filters, SearchPage, SearchRequest
from search.results import facets
from search.service import SearchService
from tests.small_index import open_index

FIRST = date(2015, 6, 25)
DAYS = (0, 0, 3, 40, 400, 3000)


@pytest.fixture(scope="module", params=EMBEDDED)
def service(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> SearchService:
    word = ("يوم", "يوم شهر", "يوم شهر", "يوم شهر سنة", "سنة شهر", "سنة قرن")
    articles = [
        Article(str(n), "", text, published=(FIRST + timedelta(days=days)).isoformat())
        for n, (days, text) in enumerate(zip(DAYS, word, strict=True))
    ]
    articles.append(Article("undated", "", "يوم شهر سنة قرن"))
    return open_index(tmp_path_factory.mktemp(request.param), articles, engine=request.param)


REQUESTS = (
    *(SearchRequest(query) for query in ("=يوم", "=شهر", "=سنة", "=قرن", "غائب", "")),
    SearchRequest("=شهر", filters=Filters(first=date(2015, 6, 26), last=date(2015, 9, 1))),
    SearchRequest("=شهر", filters=Filters(undated=True)),
)


def bars(page: SearchPage) -> tuple[list[tuple[str, int, int]], int]:
    return [(bar.key, bar.count, bar.all) for bar in page.timeline if bar.count], page.undated


@pytest.mark.parametrize("asked", REQUESTS)
def test_few_matches_have_the_timeline_that_many_have(
    service: SearchService, asked: SearchRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = bars(service.search(asked))
    monkeypatch.setattr(facets, "_FEW", -1)
    assert bars(service.search(asked)) == few


def test_matches_of_few_days_have_a_bar_for_each_day(service: SearchService) -> None:
    page = service.search(SearchRequest("=يوم -سنة"))
    assert bars(page) == ([("2015-06-25", 2, 2), ("2015-06-28", 1, 1)], 0)
