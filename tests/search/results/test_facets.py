"""Facets and the timeline beside the hits: chosen values are counted; bars are the same however days are counted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import date, timedelta

import pytest

from search import results_page
from search.article import Article
from search.engines.budgeted_engine import BudgetedEngine
from search.engines.registry import EMBEDDED, NAMES
from search.index.remembering_engine import Counts, RememberingEngine
from search.limits import FACET_VALUES
from search.pages.records import Filters, SearchPage, SearchRequest
from search.query.clauses import Clause
from search.results import facets
from search.service import SearchService
from search.settings import Settings
from tests.engines.own_archive import own_archive
from tests.small_index import open_index
from web.app import create_app

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


RARE = "مراسل نادر"


@pytest.fixture(scope="module", params=NAMES)
def crowded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchService]:
    """Articles of as many authors and sources as a facet lists, two each, and of some that are rarer."""
    common = [f"{n:02}" for n in range(FACET_VALUES) for _ in range(2)]
    articles = [Article(f"{n}", "", "قمح", (f"صحيفة {each}",), author=f"كاتب {each}") for n, each in enumerate(common)]
    articles.append(Article("rare", "", "قمح", ("نشرة", "صحيفة 00"), author=RARE))
    articles.append(Article("barley", "", "شعير", ("مجلة",), author=RARE))
    with ExitStack() as ended:
        if request.param not in EMBEDDED:
            patch = ended.enter_context(pytest.MonkeyPatch.context())
            ended.enter_context(own_archive(request.getfixturevalue("cluster"), patch))
        yield open_index(tmp_path_factory.mktemp("crowded"), articles, engine=request.param)


@pytest.mark.parametrize(
    ("query", "filters", "facet", "counts"),
    [
        ("قمح", Filters(authors=(RARE,)), "author", {RARE: 1}),
        ("", Filters(authors=(RARE, "كاتب 00")), "author", {RARE: 2, "كاتب 00": 2}),
        ("قمح", Filters(sources=("نشرة", "مجلة", "غائبة")), "source", {"نشرة": 1, "مجلة": None, "غائبة": None}),
        ("", Filters(sources=("مجلة", "نشرة")), "source", {"مجلة": 1, "نشرة": 1}),
        ("", Filters(sources=("نشرة",), authors=(RARE,)), "source", {"نشرة": 1, "مجلة": 1}),
    ],
)
def test_chosen_values_are_counted_that_a_facet_does_not_list(
    crowded: SearchService, query: str, filters: Filters, facet: str, counts: dict[str, int | None]
) -> None:
    shown = dict(crowded.search(SearchRequest(query, filters=filters)).facets[facet])
    assert {value: shown.get(value) for value in counts} == counts
    found = [value for value in filters.names[facet] if value in shown]
    listed = crowded.search(SearchRequest(query, filters=filters.with_names(facet, ()))).facets[facet]
    assert shown == dict(listed) | {value: shown[value] for value in found}


def test_values_that_a_facet_lists_are_counted_once(crowded: SearchService, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = list[Sequence[str]]()
    counts = BudgetedEngine.counts

    def heard(engine: BudgetedEngine, clause: Clause, fields: Sequence[str], **more: int) -> Counts:
        asked.append(fields)
        return counts(engine, clause, fields, **more)

    monkeypatch.setattr(BudgetedEngine, "counts", heard)
    crowded.search(SearchRequest("قمح", filters=Filters(authors=("كاتب 03", "كاتب 04"))))
    crowded.search(SearchRequest("شعير", filters=Filters(authors=("كاتب 03",))))
    assert [fields for fields in asked if "author" in fields] == [("author",)] * 2
    crowded.search(SearchRequest("قمح", filters=Filters(authors=(RARE,))))
    assert [fields for fields in asked if "author" in fields] == [("author",)] * 4


def test_the_site_and_the_api_tell_the_count_of_a_chosen_value(crowded: SearchService) -> None:
    client = create_app(Settings(), crowded).test_client()
    asked = {"q": "قمح", "author": RARE}
    shown = client.get("/search", query_string=asked).text
    assert re.findall(rf'<bdi dir="auto">{RARE}</bdi><span class="count">(\d+)<', shown) == ["1"]
    answer = client.get("/api/search", query_string=asked).json
    assert answer is not None and {"value": RARE, "count": 1} in answer["facets"]["author"]
