"""Dates of a query as chips, and the fields of dates beside a search."""

from __future__ import annotations

import html
import re
from datetime import date
from urllib.parse import unquote_plus

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from search.pages.records import Filters, Note, SearchPage, SearchRequest
from search.query import read_dates as read_dates_module
from search.query.dates.asked_days import FROM, TO, read_days
from search.query.parser import parse
from search.query.read_dates import read_dates
from tests.web.fakes import FakeService
from web.addresses.links import Links
from web.addresses.requests import read_request
from web.views.date_fields import field_text
from web.views.typed_dates import in_fields, typed_dates, without_any

TODAY = date(2017, 8, 6)


def page(query: str, filters: Filters | None = None) -> SearchPage:
    request = SearchRequest(query, filters=filters or Filters())
    dates = read_dates(query, parse(query, today=TODAY), today=TODAY)
    return SearchPage(request, query, 1, 1, 1, 1.0, (), dates=dates)


@pytest.mark.parametrize(("language", "text"), [("ar", "أغسطس/آب 2015"), ("en", "August 2015")])
def test_a_typed_date_is_a_chip_that_leads_to_the_search_without_it(language: str, text: str) -> None:
    links, found = Links("", language), page("غزة تاريخ:أغسطس 2015", Filters(sources=("okaz",)))
    fields = in_fields(found, TODAY)
    (chip,) = typed_dates(found, fields, links)
    assert (chip.text, chip.typed, chip.changeable) == (text, "تاريخ:أغسطس 2015", True)
    assert chip.without == links.search(SearchRequest("غزة", filters=Filters(sources=("okaz",))))
    assert without_any(found, fields, links, TODAY) == links.search(SearchRequest("غزة"))


@pytest.mark.parametrize(
    ("query", "filters", "moved", "first", "last"),
    [
        ("غزة تاريخ:أغسطس 2015", Filters(), "غزة", date(2015, 8, 1), date(2015, 8, 31)),
        ("بعد:2014 غزة قبل:2017", Filters(), "غزة", date(2015, 1, 1), date(2016, 12, 31)),
        ("غزة تاريخ:2015..", Filters(last=date(2016, 3, 1)), "غزة", date(2015, 1, 1), date(2016, 3, 1)),
        ("غزة تاريخ:2015", Filters(last=date(2014, 3, 1)), "غزة تاريخ:2015", None, date(2014, 3, 1)),
        ("غزة -تاريخ:2015", Filters(), "غزة -تاريخ:2015", None, None),
        ("غزة تاريخ:(2015 أو 2017)", Filters(), "غزة تاريخ:(2015 أو 2017)", None, None),
    ],
)
def test_the_fields_hold_those_dates_of_a_query_that_fit_them(
    query: str, filters: Filters, moved: str, first: date | None, last: date | None
) -> None:
    fields = in_fields(page(query, filters), TODAY)
    assert (fields.query, fields.filters.first, fields.filters.last) == (moved, first, last)


@pytest.mark.parametrize(
    ("query", "readings"),
    [
        ("غزة", 0),
        ("غزة تاريخ:2015", 3),
        (" ".join(f"كلمة{n} تاريخ:{1900 + n}" for n in range(40)), 3),
        (" ".join(f"-تاريخ:{1900 + n}" for n in range(60)), 3),
        (f"{' '.join(f'تاريخ:{1900 + n}..' for n in range(60))} -تاريخ:2000", 6),
    ],
)
def test_however_many_dates_a_query_has_a_page_reads_it_a_few_times(
    query: str, readings: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, read = page(query), list[str]()
    monkeypatch.setattr(
        read_dates_module, "parse", lambda text, *, today: read.append(text) or parse(text, today=today)
    )
    fields = in_fields(found, TODAY)
    typed_dates(found, fields, Links())
    without_any(found, fields, Links(), TODAY)
    assert len(read) <= readings


@pytest.mark.parametrize(
    ("day", "name", "arabic", "english"),
    [
        (date(2015, 1, 1), FROM, "2015", "2015"),
        (date(2015, 12, 31), TO, "2015", "2015"),
        (date(2015, 8, 1), FROM, "أغسطس 2015", "August 2015"),
        (date(2016, 2, 29), TO, "فبراير 2016", "February 2016"),
        (date(2015, 8, 1), TO, "1 أغسطس 2015", "1 August 2015"),
        (None, TO, "", ""),
    ],
)
def test_a_field_shows_a_day_as_people_write_it(day: date | None, name: str, arabic: str, english: str) -> None:
    assert [field_text(day, name, language) for language in ("ar", "en")] == [arabic, english]


@given(st.dates(), st.sampled_from([FROM, TO]), st.sampled_from(["ar", "en"]))
def test_what_a_field_shows_is_read_as_the_same_day(day: date, name: str, language: str) -> None:
    text = field_text(day, name, language)
    read = read_days(text, text, today=TODAY)
    assert (read.first if name == FROM else read.last) == day


@given(st.dates())
def test_an_address_keeps_every_day(day: date) -> None:
    url = Links().search(SearchRequest("", filters=Filters(first=day, last=day)))
    pairs = re.findall(r"(\w+)=([^&]+)", url)
    args = MultiDict((name, unquote_plus(value)) for name, value in pairs)
    assert read_request(args, today=TODAY).filters == Filters(first=day, last=day)


@pytest.mark.parametrize("typed", ["15 يوليو 2017", "تموز ٢٠١٧", "15/7/2017", "July 2017", "2017", "2017-07-15"])
def test_fields_take_dates_as_people_write_them(client: FlaskClient, service: FakeService, typed: str) -> None:
    assert client.get("/search", query_string={"q": "الموانئ", "from": typed, "to": typed}).status_code == 200
    filters = service.asked[-1].filters
    assert filters.first and filters.last and filters.first <= date(2017, 7, 15) <= filters.last


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("ar", "لم نفهم «مارسس» تاريخا: اكتب مثل 2017 أو يوليو 2017 أو 15/7/2017."),
        ("en", "We could not read “مارسس” as a date: write one like 2017, July 2017 or 15/7/2017."),
    ],
)
def test_a_date_that_is_none_is_named_beside_its_field_and_the_page_stands(
    client: FlaskClient, language: str, sentence: str
) -> None:
    asked = {"q": "الموانئ", "from": "مارسس", "to": "2017", "lang": language}
    response = client.get("/search", query_string=asked)
    text = re.sub(r"</?bdi>", "", html.unescape(response.text))
    assert response.status_code == 200 and 'class="hit"' in text
    assert sentence in text and 'value="مارسس"' in text and 'aria-invalid="true"' in text and 'value="2017"' in text
    data = client.get("/api/search", query_string=asked)
    assert (data.status_code, data.get_json()["error"]["text"]) == (400, sentence)


def test_the_fields_show_the_span_of_the_archive(client: FlaskClient, service: FakeService) -> None:
    facts = service.facts()
    assert facts.first and facts.last
    text = re.sub(r"</?bdi>", "", client.get("/search?q=الموانئ&lang=en").text)
    assert f"The archive holds {facts.first.day} " in text and f"{facts.last.year}</p>" in text


def test_what_a_note_offers_runs_in_the_direction_of_the_page(client: FlaskClient, service: FakeService) -> None:
    """An Arabic query in an English offer must not turn the offer round."""
    service.notes = (Note("spoken-date", (("piece", "منذ 2014"),), "تاريخ:منذ 2014"),)
    assert '<bdi dir="ltr">' in client.get("/search?q=منذ 2014&lang=en").text
    assert '<bdi dir="rtl">' in client.get("/search?q=منذ 2014").text


def test_two_words_that_an_english_note_quotes_stay_in_their_places(client: FlaskClient, service: FakeService) -> None:
    service.notes = (Note("other-form", (("piece", "برشا"), ("found", "رشا")), "رشا"),)
    shown = client.get("/search?q=برشا&lang=en").text
    assert shown.count("“<bdi>رشا</bdi>”") == 2 and "“<bdi>برشا</bdi>”" in shown
