"""Days in words, with both names of the month; how long ago; the periods of a timeline."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from search.pages.dates_in_words import day_text, period_days, period_text
from web.text.dates import ago, short_period_text

TODAY = date(2017, 7, 20)


def test_a_day_is_written_with_both_names_of_its_month() -> None:
    assert day_text(date(2017, 7, 15), "ar") == "15 يوليو/تموز 2017"
    assert day_text(date(2023, 11, 1), "ar") == "1 نوفمبر/تشرين الثاني 2023"
    assert day_text(date(2017, 7, 15), "en") == "15 July 2017"


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (0, "اليوم"),
        (1, "أمس"),
        (2, "قبل يومين"),
        (3, "قبل 3 أيام"),
        (12, "قبل 12 يوما"),
        (14, "قبل أسبوعين"),
        (30, "قبل 4 أسابيع"),
        (60, "قبل شهرين"),
        (364, "قبل 12 شهرا"),
        (365, ""),
        (3_000, ""),
        (-1, ""),
    ],
)
def test_an_age_is_given_in_the_unit_a_reader_would_use(days: int, text: str) -> None:
    assert ago(TODAY - timedelta(days), TODAY, "ar") == text


@pytest.mark.parametrize(
    ("key", "words", "short"),
    [
        ("2017", "2017", "2017"),
        ("2017-07", "يوليو/تموز 2017", "يوليو 2017"),
        ("2017-01-09", "9 يناير/كانون الثاني 2017", "9 يناير 2017"),
    ],
)
def test_a_period_is_named_and_named_shortly(key: str, words: str, short: str) -> None:
    assert (period_text(key, "ar"), short_period_text(key, "ar")) == (words, short)


@pytest.mark.parametrize(
    ("key", "first", "last"),
    [
        ("2016", date(2016, 1, 1), date(2016, 12, 31)),
        ("2016-02", date(2016, 2, 1), date(2016, 2, 29)),
        ("2016-02-09", date(2016, 2, 9), date(2016, 2, 9)),
    ],
)
def test_a_period_knows_its_first_and_last_day(key: str, first: date, last: date) -> None:
    assert period_days(key) == (first, last)


@pytest.mark.parametrize("key", ["2016-13", "2015-02-29", "0000"])
def test_a_period_that_is_none_raises_value_error(key: str) -> None:
    with pytest.raises(ValueError):
        period_days(key)
