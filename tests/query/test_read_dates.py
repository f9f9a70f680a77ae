"""The dates that a query names: how they were read, and the query without them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.pages.dates_in_words import date_in_words
from search.query import read_dates as module
from search.query.parser import parse
from search.query.read_dates import ReadDate, read_dates, without_dates
from search.query.tree import All, And, all_of, same

TODAY = date(2026, 8, 6)


def read(query: str) -> tuple[ReadDate, ...]:
    return read_dates(query, parse(query, today=TODAY), today=TODAY)


@pytest.mark.parametrize(
    ("query", "arabic", "english", "without"),
    [
        ("تاريخ:أغسطس 2026", "أغسطس/آب 2026", "August 2026", ""),
        ("غزة تاريخ:٢٠١٥ حرب", "2015", "2015", "غزة حرب"),
        ("غزة، date:15/7/2017", "15 يوليو/تموز 2017", "15 July 2017", "غزة،"),
        ("تاريخ:من يوليو إلى أغسطس 2015", "من يوليو/تموز 2015 إلى أغسطس/آب 2015", "July 2015 to August 2015", ""),
        ("تاريخ:2011..2015 غزة", "من 2011 إلى 2015", "2011 to 2015", "غزة"),
        ("بعد:2014 غزة", "منذ 1 يناير/كانون الثاني 2015", "Since 1 January 2015", "غزة"),
        ("before:2014-03-01 غزة", "حتى 28 فبراير/شباط 2014", "Until 28 February 2014", "غزة"),
        (
            "تاريخ:الأسبوع الماضي غزة",
            "من 26 يوليو/تموز 2026 إلى 1 أغسطس/آب 2026",
            "26 July 2026 to 1 August 2026",
            "غزة",
        ),
        ("-تاريخ:2015 غزة", "ما عدا 2015", "Except 2015", "غزة"),
        ("تاريخ:(2015 أو 2017) غزة", "2015 أو 2017", "2015 or 2017", "غزة"),
        ("تاريخ:2015 أو تاريخ:2017", "2015 أو 2017", "2015 or 2017", ""),
        ("(غزة تاريخ:2015) دبي", "2015", "2015", "(غزة) دبي"),
        ("((تاريخ:2015))", "2015", "2015", ""),
        ("تاريخ:2015 غزة تاريخ:2015", "2015", "2015", "غزة"),
        ("غزة AND تاريخ:2015، دبي", "2015", "2015", "غزة دبي"),
        ("غزة\u200fية تاريخ:2015 دبي", "2015", "2015", "غزةية دبي"),
    ],
)
def test_a_date_is_shown_as_it_was_read_and_can_be_taken_out(
    query: str, arabic: str, english: str, without: str
) -> None:
    (found,) = read(query)
    assert [date_in_words(found, language) for language in ("ar", "en")] == [arabic, english]
    assert found.without == without


@pytest.mark.parametrize(
    "query",
    [
        "غزة أو تاريخ:2015",
        "تاريخ:2015 أو غزة أو تاريخ:2016",
        "(غزة تاريخ:2015) أو دبي",
        "(غزة أو تاريخ:2015) دبي",
        "-(غزة تاريخ:2015)",
        "-تاريخ:2015 أو تاريخ:2016",
        "تاريخ:غدير",
        "أغسطس 2015",
        "",
    ],
)
def test_a_date_that_does_not_limit_the_whole_search_is_not_shown(query: str) -> None:
    assert read(query) == ()


def test_each_of_several_dates_can_be_taken_out_by_itself_and_all_together() -> None:
    query = "بعد:2014 غزة قبل:2017"
    assert [found.without for found in read(query)] == ["غزة قبل:2017", "بعد:2014 غزة"]
    assert without_dates(query, read(query), today=TODAY) == "غزة"


@pytest.mark.parametrize(
    ("query", "rest"),
    [
        ("(بعد:2014 قبل:2017) غزة", "غزة"),
        ("غزة (بعد:2014 (قبل:2017", "غزة"),
        ("( غزة بعد:2014 ) دبي تاريخ:2015 حرب", "( غزة) دبي حرب"),
        ("بعد:2014 تاريخ:2015 غزة بعد:2014", "غزة"),
        ("(تاريخ:1900)(تاريخ:1901)(تاريخ:1902)", ""),
    ],
)
def test_all_dates_are_taken_out_with_what_held_them_alone(query: str, rest: str) -> None:
    assert without_dates(query, read(query), today=TODAY) == rest


def test_of_many_dates_the_first_eight_can_be_taken_out_by_themselves_and_all_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    query = " ".join(f"كلمة{n} تاريخ:{1900 + n}" for n in range(50))
    parsed, readings = parse(query, today=TODAY), list[str]()
    monkeypatch.setattr(module, "parse", lambda text, *, today: readings.append(text) or parse(text, today=today))
    found = read_dates(query, parsed, today=TODAY)
    assert [each.without is not None for each in found] == [True] * 8 + [False] * (len(found) - 8)
    assert len(found) == len(parsed.dates) == 50 and len(readings) <= 16
    readings.clear()
    rest = without_dates(query, found, today=TODAY)
    assert rest is not None and "تاريخ" not in rest
    assert len(readings) <= 3


def test_taking_a_date_out_does_not_lend_the_next_words_to_the_date_before() -> None:
    query = "تاريخ:مارس تاريخ:2014 2015"
    assert read(query)[1].without == "تاريخ:مارس AND 2015"


def test_a_date_is_shown_with_the_words_that_were_typed() -> None:
    assert [found.typed for found in read('غزة تاريخ:أغسطس 2026، قبل:"10 يناير 2027"')] == [
        "تاريخ:أغسطس 2026",
        'قبل:"10 يناير 2027"',
    ]


PIECES = st.sampled_from(
    ["غزة", "أو", "-", "(", ")", '"', "تاريخ:2015", "تاريخ:مارس", "قبل:2017", "2014", "date:(", "AND", "عنوان:", "أمس"]
)


@given(st.lists(PIECES, max_size=12).map(" ".join).map(lambda text: text.replace("- ", "-")))
def test_a_query_whose_date_is_taken_out_is_otherwise_the_same(query: str) -> None:
    tree = parse(query, today=TODAY).tree
    parts = tree.parts if isinstance(tree, And) else (tree,)
    dated = {place.tree for place in parse(query, today=TODAY).dates}
    rest = without_dates(query, read(query), today=TODAY)
    if dated and rest is not None:
        assert same(parse(rest, today=TODAY).tree, all_of(part for part in parts if part not in dated) or All())
    for found, place in zip(read(query), dict.fromkeys(p.tree for p in parse(query, today=TODAY).dates), strict=True):
        assert place in parts
        if found.without is not None:
            expected = all_of(part for part in parts if part != place) or All()
            assert same(parse(found.without, today=TODAY).tree, expected)


@given(st.text(max_size=60))
def test_any_text_is_read_without_an_error(query: str) -> None:
    assert isinstance(read(f"{query} تاريخ:2015 {query}"), tuple)
