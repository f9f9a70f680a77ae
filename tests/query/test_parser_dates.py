"""تاريخ:, قبل: and بعد: in a query: which days, how many words they take, what is no date."""

from datetime import date

import pytest

from search.query.parser import parse
from search.query.tree import And, Not, Or, Phrase, Range, Tree, Word

TODAY = date(2024, 3, 10)
JULY = Range(date(2017, 7, 1), date(2017, 7, 31))
YEAR = Range(date(2017, 1, 1), date(2017, 12, 31))
DAY = Range(date(2017, 7, 15), date(2017, 7, 15))


def quiet(query: str) -> Tree:
    parsed = parse(query, today=TODAY)
    assert parsed.remarks == ()
    return parsed.tree


@pytest.mark.parametrize(
    ("value", "days"),
    [
        ("2017", YEAR),
        ("٢٠١٧", YEAR),
        ("2017-07-15", DAY),
        ("١٥/٧/٢٠١٧", DAY),
        ('"يوليو 2017"', JULY),
        ("يوليو 2017", JULY),
        ("تموز/يوليو 2017", JULY),
        ("15 تموز 2017", DAY),
        ("15 July 2017", DAY),
        ("2015..2017", Range(date(2015, 1, 1), date(2017, 12, 31))),
        ("من 2015 إلى 2017", Range(date(2015, 1, 1), date(2017, 12, 31))),
        ("2015..", Range(date(2015, 1, 1), None)),
        ("..2017", Range(None, date(2017, 12, 31))),
        ("15 - 20 تموز 2017", Range(date(2017, 7, 15), date(2017, 7, 20))),
        ("رمضان 1438", Range(date(2017, 5, 27), date(2017, 6, 24))),
        ("رمضان 1444", Range(date(2023, 3, 23), date(2023, 4, 20))),
        ("1438هـ", Range(date(2016, 10, 2), date(2017, 9, 20))),
        ("أمس", Range(date(2024, 3, 9), date(2024, 3, 9))),
        ("آخر 7 أيام", Range(date(2024, 3, 4), date(2024, 3, 10))),
    ],
)
@pytest.mark.parametrize("name", ["تاريخ:", "التاريخ:", "date:", "تاريخ: ", "Date: "])
def test_a_date_takes_the_words_that_make_it(name: str, value: str, days: Range) -> None:
    assert quiet(name + value) == days
    assert quiet(f"{name}{value} القدس") == And((days, Word("القدس")))
    assert quiet(f"القدس {name}{value}") == And((Word("القدس"), days))


def test_before_leaves_out_what_it_names() -> None:
    assert quiet("قبل:2017-07-15") == Range(None, date(2017, 7, 14))
    assert quiet("before:2017") == Range(None, date(2016, 12, 31))
    assert quiet("قبل:أمس") == Range(None, date(2024, 3, 8))


def test_after_leaves_out_what_it_names() -> None:
    assert quiet("بعد:2017-07-15") == Range(date(2017, 7, 16), None)
    assert quiet("after:2017") == Range(date(2018, 1, 1), None)
    assert quiet('بعد:"يوليو 2017"') == Range(date(2017, 8, 1), None)


def test_both_ends() -> None:
    assert quiet("بعد:2015 قبل:2017 القدس") == And(
        (Range(date(2016, 1, 1), None), Range(None, date(2016, 12, 31)), Word("القدس"))
    )


def test_a_group_of_dates() -> None:
    year = Range(date(2016, 1, 1), date(2016, 12, 31))
    assert quiet("تاريخ:(2016 أو يوليو 2017)") == Or((year, JULY))


def test_without_a_date() -> None:
    assert quiet("القدس -تاريخ:2017") == And((Word("القدس"), Not(YEAR)))


@pytest.mark.parametrize(
    ("query", "found", "named"),
    [
        ("تاريخ:القدس", Word("القدس"), "القدس"),
        ("تاريخ:القدس غزة", And((Word("القدس"), Word("غزة"))), "القدس"),
        ("تاريخ:2017-13-45", Word("2017-13-45"), "2017-13-45"),
        ("تاريخ: 2017-13-45", Word("2017-13-45"), "2017-13-45"),
        ('قبل:"يوم ما"', Phrase("يوم ما"), "يوم ما"),
        ("قبل:..2017", Word("2017"), "2017"),
        ("بعد:9999", Word("9999"), "9999"),
    ],
)
def test_what_is_no_date_is_searched_as_words_with_a_remark(query: str, found: Tree, named: str) -> None:
    parsed = parse(query, today=TODAY)
    assert parsed.tree == found
    assert [remark.kind for remark in parsed.remarks] == ["bad-date"]
    assert dict(parsed.remarks[0].values)["piece"] == named


@pytest.mark.parametrize("name", ["تاريخ", "قبل", "بعد"])
def test_a_colon_after_such_a_word_in_ordinary_text(name: str) -> None:
    assert quiet(f"{name}: القدس") == And((Word(name), Word("القدس")))
