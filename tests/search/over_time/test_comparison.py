"""Queries side by side over time, on every engine: each figure is what a search of that period finds."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from search.article import Article
from search.budget import Budget
from search.engines.registry import EMBEDDED
from search.limits import MOST_COMPARED
from search.over_time.as_json import comparison_object
from search.over_time.records import CompareRequest
from search.pages.records import Filters, SearchRequest
from search.service import SearchService
from tests.small_index import open_index

TODAY = date(2026, 8, 6)
QUERIES = ("وزير", "أسعار", "المياه أو الطاقة")


def article(id: str, published: str | None, *sources: str, body: str = "قوات") -> Article:
    return Article(id, f"خبر {id}", body, sources, None, None, None, published)


ARTICLES = (
    article("a", "2015-07-30", "ألف"),
    article("b", "2015-07-31T22:30:00Z", "ألف", "باء", body="نفط"),
    article("c", "2015-10-02", "باء", body="قوات ونفط"),
    article("d", None, "باء"),
    article("e", None),
    article("f", "2017-01-05", body="ثلج"),
)


@pytest.fixture(scope="module", params=EMBEDDED)
def small(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> SearchService:
    place: Path = tmp_path_factory.mktemp("time") / "index"
    return open_index(place, ARTICLES, engine=request.param)


@pytest.mark.parametrize("filters", [Filters(), Filters(sections=("رياضة", "اقتصاد")), Filters(first=date(2024, 3, 5))])
def test_each_figure_is_what_the_search_of_its_period_finds(service: SearchService, filters: Filters) -> None:
    page = service.compare(CompareRequest(QUERIES, filters, today=TODAY))
    asked = [SearchRequest(query, filters=filters, repair=False, today=TODAY) for query in (*QUERIES, "")]
    assert page.periods and [line.total for line in page.lines] == [service.search(r).total for r in asked[:-1]]
    for each in page.periods:
        first = max(each.period.first, filters.first or date.min)
        within = replace(filters, first=first, last=each.period.last)
        found = [service.search(replace(request, filters=within)).total for request in asked]
        assert [*each.counts, each.all] == found


def test_days_given_the_wrong_way_round_get_one_note_for_all_queries(small: SearchService) -> None:
    page = small.compare(CompareRequest(("قوات", "نفط"), Filters(first=date(2015, 1, 1)), today=TODAY, swapped=True))
    assert [note["kind"] for note in comparison_object(page)["notes"]] == ["swapped-days"]
    assert small.compare(CompareRequest(("قوات",), today=TODAY)).notes == ()


def test_matches_are_counted_in_a_period_or_as_undated(small: SearchService) -> None:
    page = small.compare(CompareRequest(("قوات", "نفط"), today=TODAY))
    assert [(line.total, line.undated) for line in page.lines] == [(4, 2), (2, 0)]
    assert (page.articles, page.undated) == (6, 2)
    undated = SearchRequest("قوات", filters=Filters(undated=True), repair=False, today=TODAY)
    assert small.search(undated).total == page.lines[0].undated
    assert [sum(each.counts[n] for each in page.periods) for n in (0, 1)] == [2, 2]


def test_a_time_without_any_article_has_no_share(small: SearchService) -> None:
    page = small.compare(CompareRequest(("قوات", "نفط"), today=TODAY))
    assert page.step == "month"
    assert [(each.period.key, each.counts, each.all) for each in page.periods] == [
        ("2015-07", (1, 1), 2),
        ("2015-08", (0, 0), 0),
        ("2015-09", (0, 0), 0),
        ("2015-10", (1, 1), 1),
    ]
    assert [each.share(0) for each in page.periods] == [0.5, None, None, 1.0]


def test_a_short_span_has_a_figure_for_each_day(small: SearchService) -> None:
    page = small.compare(CompareRequest(("تاريخ:2015-07",), today=TODAY))
    assert page.step == "day"
    assert [(each.period.key, each.counts[0]) for each in page.periods] == [("2015-07-30", 1), ("2015-07-31", 1)]


def test_shares_are_of_the_articles_within_the_filters(small: SearchService) -> None:
    page = small.compare(CompareRequest(("نفط",), Filters(sources=("باء",)), today=TODAY))
    assert (page.articles, page.undated) == (3, 1)
    assert [(each.period.key, each.counts[0], each.all) for each in page.periods][-1] == ("2015-10", 1, 1)
    assert page.periods[0].share(0) == 1.0


def test_a_query_that_finds_nothing_stays_at_nothing(small: SearchService) -> None:
    page = small.compare(CompareRequest(("قواط", "لاشيءمنهذا"), today=TODAY))
    assert [line.total for line in page.lines] == [0, 0]
    assert (page.step, page.periods) == (None, ())


def test_one_query_none_and_too_many_are_answered(small: SearchService) -> None:
    assert small.compare(CompareRequest(())).lines == ()
    assert len(small.compare(CompareRequest(("قوات",))).lines) == 1
    many = small.compare(CompareRequest(("قوات", "قوات", "نفط", "ثلج", "خبر", "باء", "جيم")))
    assert [line.query for line in many.lines] == ["قوات", "نفط", "ثلج", "خبر"]
    assert (len(many.lines), many.dropped) == (MOST_COMPARED, 2)


def test_each_query_has_the_notes_about_how_it_was_read(small: SearchService) -> None:
    (line,) = small.compare(CompareRequest(('"قوات',), today=TODAY)).lines
    assert line.total == 4 and line.notes


def test_queries_without_time_left_are_named(small: SearchService) -> None:
    seconds = itertools.count()
    page = small.compare(CompareRequest(("قوات", "نفط", "ثلج")), Budget(1, clock=lambda: float(next(seconds))))
    assert [line.query for line in page.lines] == ["قوات"]
    assert page.uncounted == ("نفط", "ثلج")
    assert page.periods[0].counts == (1,)


@pytest.mark.parametrize("query", ["", " ", '"', "((((", "-", "*", "تاريخ:", "\x00", "a" * 3000, "-x OR"])
def test_no_text_raises(small: SearchService, query: str) -> None:
    assert small.compare(CompareRequest((query, "قوات"), today=TODAY)).lines[0].query == query
