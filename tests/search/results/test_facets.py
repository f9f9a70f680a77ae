"""The timeline beside the hits: the same bars whether days are counted at once or only after the months."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from search import results_page
from search.article import Article
from search.engines.registry import EMBEDDED
from search.index.remembering_engine import RememberingEngine
from search.limits import FACET_VALUES
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


@pytest.fixture(scope="module", params=EMBEDDED)
def named(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> SearchService:
    """Articles of several sources and agencies, copies among them."""
    articles = [
        Article(
            f"{n}",
            "خبر",
            f"{' '.join(f'كلمة{n // 2}و{word}' for word in range(30))} {'قمح' if n < 9 else 'شعير'}",
            ("الأهرام", "الحياة")[: 1 + n % 2] if n % 4 else (),
            section="سياسة" if n % 3 else None,
            author=f"كاتب {n % 5}" if n % 2 else None,
            agencies=("واس", "رويترز")[: n % 3],
            published=f"2016-0{1 + n % 3}-{1 + n:02}" if n % 7 else None,
        )
        for n in range(24)
    ]
    return open_index(tmp_path_factory.mktemp("named"), articles, engine=request.param)


@pytest.mark.parametrize(
    "asked",
    [
        *(SearchRequest(query, limit=20) for query in ("قمح", "شعير", "كلمة3و1", "غائب")),
        SearchRequest("قمح", filters=Filters(first=date(2016, 2, 1))),
        SearchRequest("قمح", filters=Filters(undated=True)),
        SearchRequest("قمح", collapse=False),
        SearchRequest("قمح", page=2, limit=5),
    ],
)
def test_what_a_page_shows_whole_is_counted_as_the_engine_counts_it(
    named: SearchService, monkeypatch: pytest.MonkeyPatch, asked: SearchRequest
) -> None:
    page = named.search(asked)
    monkeypatch.setattr(results_page, "_MOST_LOADED", -1)
    assert isinstance(named.index.engine, RememberingEngine)
    named.index.engine.forget()
    counted = named.search(asked)
    assert (page.facets, page.timeline, page.undated) == (counted.facets, counted.timeline, counted.undated)
    assert page.total == 0 or page.facets["source"] or asked.filters.undated


def test_facets_of_articles_are_the_commonest_values() -> None:
    many = [Article(f"{n}", source=tuple(f"س{each:02}" for each in range(n % 40))) for n in range(80)]
    counts = facets.counts_of(many)["source"]
    assert list(counts.items())[:2] == [("س00", 78), ("س01", 76)] and len(counts) == FACET_VALUES
