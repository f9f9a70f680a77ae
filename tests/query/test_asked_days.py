"""Two dates beside a query → the days that it is narrowed to."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query.compose import days_text
from search.query.dates.asked_days import AskedDays, read_days, written_day
from search.query.dates.calendar import DateSpan
from search.query.dates.spans import read_span

TODAY = date(2017, 8, 6)


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("15 يوليو 2017", "", AskedDays(date(2017, 7, 15), None)),
        ("يوليو 2017", "يوليو 2017", AskedDays(date(2017, 7, 1), date(2017, 7, 31))),
        ("تموز ٢٠١٧", "15/7/2017", AskedDays(date(2017, 7, 1), date(2017, 7, 15))),
        ("July 2015", "2017", AskedDays(date(2015, 7, 1), date(2017, 12, 31))),
        ("2017-7-5", "2017-07", AskedDays(date(2017, 7, 5), date(2017, 7, 31))),
        ("أمس", "اليوم", AskedDays(date(2017, 8, 5), date(2017, 8, 6))),
        ("1438", "", AskedDays(date(2016, 10, 2), None)),
        ("1438-01-01م", "", AskedDays(date(1438, 1, 1), None)),
        ("منذ 2014", "حتى مارس 2015", AskedDays(date(2014, 1, 1), date(2015, 3, 31))),
        ("2018", "2017", AskedDays(date(2017, 1, 1), date(2018, 12, 31), swapped=True)),
        ("2017", "2017-07", AskedDays(date(2017, 1, 1), date(2017, 7, 31))),
        ("2017-07", "2017", AskedDays(date(2017, 7, 1), date(2017, 12, 31))),
        ("متى", "2017", AskedDays(None, date(2017, 12, 31), ("from",))),
        ("حتى 2015", "منذ 2014", AskedDays(None, None, ("from", "to"), endless=("from", "to"))),
        ("قبل 2017", "متى", AskedDays(None, None, ("from", "to"), endless=("from",))),
        ("2013", "after 2015", AskedDays(date(2013, 1, 1), None, ("to",), endless=("to",))),
        ("2017-02-30", "0000", AskedDays(None, None, ("from", "to"))),
        ("  ", "", AskedDays()),
    ],
)
def test_a_date_begins_on_its_first_day_and_ends_on_its_last(first: str, last: str, days: AskedDays) -> None:
    assert read_days(first, last, today=TODAY) == days


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("من 2013 إلى 2014", date(2013, 1, 1), date(2014, 12, 31)),
        ("2013..2014", date(2013, 1, 1), date(2014, 12, 31)),
        ("2013/2014", date(2013, 1, 1), date(2014, 12, 31)),
        ("بين يناير ومارس 2017", date(2017, 1, 1), date(2017, 3, 31)),
        ("آخر 7 أيام", date(2017, 7, 31), date(2017, 8, 6)),
    ],
)
def test_a_field_with_both_ends_gives_both_where_the_other_is_empty(text: str, first: date, last: date) -> None:
    assert read_days(text, " ", today=TODAY) == read_days("", text, today=TODAY) == AskedDays(first, last)
    assert read_days(text, "2018", today=TODAY) == AskedDays(first, date(2018, 12, 31))
    assert read_days(text, "متى", today=TODAY) == AskedDays(first, None, ("to",))


@pytest.mark.parametrize("period", ["2013", "يوليو 2013", "رمضان 1438", "15/7/2013", "الأسبوع الماضي"])
def test_one_period_bounds_the_side_it_stands_on_alone(period: str) -> None:
    assert read_days(period, "", today=TODAY).last is None
    assert read_days("", period, today=TODAY).first is None


@given(st.dates())
def test_every_day_has_a_writing_that_is_read_as_itself(day: date) -> None:
    assert read_days(written_day(day), written_day(day), today=TODAY) == AskedDays(day, day)


@given(st.dates(), st.dates())
def test_what_is_written_behind_a_field_of_dates_is_read_as_the_same_days(one: date, other: date) -> None:
    first, last = sorted((one, other))
    assert read_span(days_text(first, last), today=TODAY) == DateSpan(first, last)


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_is_days_or_none(first: str, last: str) -> None:
    assert isinstance(read_days(first, last, today=TODAY), AskedDays)
