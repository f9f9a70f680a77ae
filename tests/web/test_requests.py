"""The words after the question mark become a search, or a refusal with a sentence; links write what is read."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from search.engines.base import Order
from search.limits import LONGEST_QUERY
from search.pages.records import Filters, SearchRequest
from web.addresses.links import Links
from web.addresses.requests import Refusal, read_request
from web.messages.table import MESSAGES


def read(**values: str) -> SearchRequest:
    return read_request(MultiDict(values))


def test_an_empty_url_asks_for_all_articles() -> None:
    assert read() == SearchRequest("")


def test_empty_values_of_a_form_count_as_absent() -> None:
    assert read(q="", page="", sort="", source="", **{"from": "", "to": ""}) == SearchRequest("")


def test_white_space_around_a_query_is_dropped() -> None:
    assert read(q="  القوات العراقية \n").query == "القوات العراقية"


def test_control_characters_of_a_query_are_dropped_and_lone_surrogates_replaced() -> None:
    assert read(q="قوات\x00 \x1bال\ud800").query == "قوات ال\ufffd"


def test_several_values_of_a_filter_are_kept_once_each() -> None:
    args = MultiDict([("source", "الجزيرة"), ("source", "الأناضول"), ("source", " الجزيرة ")])
    assert read_request(args).filters.sources == ("الجزيرة", "الأناضول")


def test_a_value_of_a_filter_is_asked_for_as_it_was_stored() -> None:
    assert read(source="حرف\uffff").filters.sources == ("حرف\uffff",)
    assert read(author="نصف\ud800").filters.authors == ("نصف\ufffd",)


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("2017-07-15", "2017-07-16", (date(2017, 7, 15), date(2017, 7, 16))),
        ("2017", "2018-02", (date(2017, 1, 1), date(2018, 2, 28))),
        ("٢٠١٧-٠٧-١٥", "", (date(2017, 7, 15), None)),
        ("", "2017-7", (None, date(2017, 7, 31))),
        ("2018", "2017", (date(2017, 1, 1), date(2018, 12, 31))),
    ],
)
def test_days_months_and_years_bound_a_span(first: str, last: str, days: tuple[date, date]) -> None:
    filters = read(**{"from": first, "to": last}).filters
    assert (filters.first, filters.last) == days


@pytest.mark.parametrize(
    ("name", "value", "key"),
    [
        ("page", "0", "refused_page"),
        ("page", "-1", "refused_page"),
        ("page", "1001", "refused_page"),
        ("page", "9" * 5_000, "refused_page"),
        ("page", "²", "refused_page"),
        ("page", "1_0", "refused_page"),
        ("limit", "101", "refused_limit"),
        ("sort", "best", "refused_sort"),
        ("explain", "yes", "refused_switch"),
        ("from", "غير تاريخ", "refused_day"),
        ("from", "حتى 2015", "refused_no_first"),
        ("to", "after 2015", "refused_no_last"),
        ("to", "2017-02-30", "refused_day"),
        ("to", "0000", "refused_day"),
        ("group", "x", "refused_group"),
        ("group", str(2**63), "refused_group"),
        ("source", "م" * 301, "refused_text"),
        ("q", "م" * (LONGEST_QUERY + 1), "refused_long"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_by_name(name: str, value: str, key: str) -> None:
    with pytest.raises(Refusal) as refusal:
        read(**{name: value})
    assert refusal.value.key == key
    assert len(str(refusal.value)) < 200


def test_every_refusal_has_a_sentence_in_both_languages() -> None:
    for table in MESSAGES.values():
        for key in (
            "page",
            "limit",
            "sort",
            "switch",
            "day",
            "no_first",
            "no_last",
            "text",
            "repeated",
            "long",
            "group",
        ):
            assert table[f"refused_{key}"]


NAMES = st.sampled_from(["q", "page", "limit", "sort", "source", "section", "author", "from", "to", "names", "explain"])
VALUES = st.one_of(st.text(max_size=30), st.from_regex(r"[0-9٠-٩-]{1,10}"), st.sampled_from(["newest", "0", "1"]))


@given(st.lists(st.tuples(NAMES, VALUES), max_size=8))
def test_any_url_gives_a_search_or_a_refusal(pairs: list[tuple[str, str]]) -> None:
    try:
        assert isinstance(read_request(MultiDict(pairs)), SearchRequest)
    except Refusal as refusal:
        assert refusal.key in MESSAGES["ar"]


TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20).map(str.strip)
SETS = st.lists(TEXTS.filter(bool), max_size=3, unique=True).map(tuple)
DAYS = st.none() | st.dates(date(1000, 1, 1))
GROUPS = st.none() | st.integers(-(2**63) + 1, 2**63 - 1)
FILTERS = st.builds(Filters, SETS, SETS, SETS, DAYS, DAYS, GROUPS).filter(
    lambda f: f.first is None or f.last is None or f.first <= f.last
)
REQUESTS = st.builds(
    SearchRequest,
    TEXTS,
    page=st.integers(1, 100),
    limit=st.integers(1, 100),
    order=st.sampled_from(Order),
    filters=FILTERS,
    names=st.booleans(),
    collapse=st.booleans(),
    repair=st.booleans(),
    explain=st.booleans(),
)


@given(REQUESTS, st.sampled_from(["ar", "en"]))
def test_a_link_reads_back_as_the_search_it_was_written_from(request: SearchRequest, language: str) -> None:
    url = Links("", language).search(request, page=request.page)
    args = MultiDict(parse_qsl(urlsplit(url).query, keep_blank_values=True))
    assert args.pop("lang", "ar") == language
    assert read_request(args) == request


def test_a_change_of_the_search_starts_at_its_first_page() -> None:
    links, request = Links(), SearchRequest("قوات", page=3)
    assert links.search(request, order=Order.NEWEST) == "/search?q=%D9%82%D9%88%D8%A7%D8%AA&sort=newest"
    assert links.search(request, page=4).endswith("&page=4")


@pytest.mark.parametrize("id", ["..", "a/../b", ".", "", "..\\x", "//x//", "/x"])
def test_an_id_that_browsers_would_resolve_as_a_path_goes_after_the_question_mark(id: str) -> None:
    assert Links("/archive").article(id).startswith("/archive/article/?id=")


def test_an_address_as_id_keeps_its_slashes_and_escapes_the_rest() -> None:
    assert Links().article("https://example.org/a?b#c") == "/article/https://example.org/a%3Fb%23c"
    assert Links().article("a;") == "/article/a%3B"  # an empty parameter, which programs drop
