"""The years that are offered where a date without a year finds nothing, on every engine."""

from __future__ import annotations

from datetime import date

import pytest

from search.article import Article
from search.engines.registry import EMBEDDED
from search.pages.records import Filters, Note, SearchPage, SearchRequest
from search.pages.sentences import note_text
from search.service import SearchService
from tests.small_index import open_index

TODAY = date(2026, 11, 26)
DAYS = ("2013-08-02", "2014-08-20", "2014-08-21", "2015-08-06", "2015-07-01", "2012-12-31")


@pytest.fixture(scope="module", params=EMBEDDED)
def service(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> SearchService:
    articles = [
        Article(id=day, title="", body=f"أخبار الموانئ {number}", published=day) for number, day in enumerate(DAYS)
    ]
    return open_index(tmp_path_factory.mktemp(request.param), articles, engine=request.param)


def ask(service: SearchService, query: str, filters: Filters = Filters()) -> SearchPage:  # noqa: B008
    return service.search(SearchRequest(query, today=TODAY, filters=filters))


def offered(page: SearchPage) -> Note | None:
    return next((note for note in page.notes if note.kind == "other-years"), None)


@pytest.mark.parametrize(
    ("query", "years", "latest", "total"),
    [
        ("تاريخ:أغسطس الموانئ", ("2015", "2014", "2013"), "تاريخ:أغسطس 2015 الموانئ", 1),
        ("الموانئ تاريخ:آب", ("2015", "2014", "2013"), "الموانئ تاريخ:آب 2015", 1),
        ('الموانئ تاريخ:"20 أغسطس"', ("2014",), 'الموانئ تاريخ:"20 أغسطس 2014"', 1),
        ("date:july", ("2015",), "date:july 2015", 1),
        ("الموانئ تاريخ:رمضان", ("2015", "2013"), "الموانئ تاريخ:رمضان 2015", 1),
    ],
)
def test_the_years_with_articles_are_offered_and_found(
    service: SearchService, query: str, years: tuple[str, ...], latest: str, total: int
) -> None:
    page = ask(service, query)
    note = offered(page)
    assert page.total == 0 and note
    assert dict(note.values)["names"] == years and note.query == latest
    assert ask(service, latest).total == total
    assert all(year in note_text(note, language) for year in years for language in ("ar", "en"))


@pytest.mark.parametrize(
    ("query", "piece", "year"),
    [
        ("تاريخ:أغسطس الموانئ", "أغسطس", "2026"),
        ('الموانئ التاريخ:"20 أغسطس"', "20 أغسطس", "2026"),
        ("date:december", "december", "2025"),
        ("after:august", "after:august", "2026"),
    ],
)
def test_the_year_that_was_taken_is_said_and_the_field_is_not(
    service: SearchService, query: str, piece: str, year: str
) -> None:
    note = offered(ask(service, query))
    assert note
    said = {language: note_text(note, language) for language in ("ar", "en")}
    assert said["ar"].startswith(f"لم تُذكر السنة مع «{piece}»، فافترضنا {year} ")
    assert said["en"].startswith(f"No year was given with “{piece}”: we took {year} ")


@pytest.mark.parametrize(
    "query",
    [
        "تاريخ:أغسطس 2016 الموانئ",  # the year is typed
        "تاريخ:أغسطس قطارات",  # no year has the word
        "تاريخ:فبراير الموانئ",  # nor the month
        "-تاريخ:أغسطس قطارات",
        "تاريخ:أغسطس أو تاريخ:يوليو",
        "الموانئ",
        "تاريخ:أمس الموانئ",
    ],
)
def test_nothing_is_offered_where_a_year_would_not_help(service: SearchService, query: str) -> None:
    assert offered(ask(service, query)) is None


def test_years_outside_the_filters_are_not_offered(service: SearchService) -> None:
    note = offered(ask(service, "تاريخ:أغسطس الموانئ", Filters(last=date(2014, 12, 31))))
    assert note and dict(note.values)["names"] == ("2014", "2013")
