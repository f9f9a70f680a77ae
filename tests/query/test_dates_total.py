"""Whatever a reader types where a date is wanted is an ordered span or None, and an impossible date is None."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query.dates.calendar import DateSpan
from search.query.dates.spans import read_span
from tests.examples import examples

TODAY = date(2017, 7, 19)


@pytest.mark.parametrize(
    "text",
    [
        "31 فبراير",
        "31 فبراير 2017",
        "29 فبراير 2017",
        "2017-02-31",
        "31/2/2017",
        "2017-13",
        "13/2017",
        "15/13/2017",
        "0/7/2017",
        "15/0/2017",
        "0 رمضان 1438",
        "30 شباط/مارس 2017",
        "شباط/مارس 2017",
        "31 رمضان 1438",
        "1342 هـ",
        "1501 هـ",
        "رمضان 1300",
        "31 فبراير..2018",
        "2015..2016..2017",
        "2017..13",
        "10000",
    ],
)
def test_impossible_dates_are_not_understood(text: str) -> None:
    assert read_span(text, today=TODAY) is None


@pytest.mark.parametrize(
    "text", ["", " ", "..", "إلى", "من", "منذ", "قبل", "بين", "هـ", "كانون", "وزير", "آخر", "آخر أيام", "07:50"]
)
def test_words_without_a_date_are_not_read_as_one(text: str) -> None:
    assert read_span(text, today=TODAY) is None


HOSTILE = [
    "2017 " * 40_000,
    "." * 100_000,
    "1" * 100_000,
    "إلى " * 30_000,
    "1-" * 60,
    "و" * 100,
    "\x00",
    "\u202e2017\x00",
    "ﷺ" * 120,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_refused(text: str) -> None:
    assert read_span(text, today=TODAY) is None


PIECES = (
    "2017 1438 99999 31 7 0 ٣ .. – - / . : إلى من منذ قبل بعد بين و آخر أيام شهرين الماضي هذا رمضان ربيع الأول فبراير"
    " كانون هـ م اليوم أمس غدا الموافق الساعة 10:30 مساء +03:00 jul last week السبت"
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES.split()), max_size=8).map(" ".join))


@examples(150)
@given(text=TEXTS, today=st.dates())
def test_any_text_on_any_day_gives_an_ordered_span_or_none(text: str, today: date) -> None:
    span = read_span(text, today=today)
    assert span is None or span.first is None or span.last is None or span.first <= span.last


@examples(100)
@given(day=st.dates(min_value=date(1600, 1, 1)), today=st.dates())
def test_a_day_written_in_any_way_is_that_day(day: date, today: date) -> None:
    for text in (day.isoformat(), f"{day.day}/{day.month}/{day.year}", f"{day.year}/{day.month}/{day.day}"):
        assert read_span(text, today=today) == DateSpan(day, day)
