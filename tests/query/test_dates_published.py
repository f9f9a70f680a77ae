"""The date that an article came with → a moment."""

import gzip
import json
import os
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import format_datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query.dates.published import read_published
from tests.examples import examples

NEWS = Path(__file__).parents[3] / "shared" / "news"
TODAY = date(2017, 7, 19)


def moment(text: str) -> str | None:
    read = read_published(text)
    return None if read is None else read.isoformat(" ")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2015-07-21T02:51:32", "2015-07-21 02:51:32"),
        ("2017-01-20T21:43:00+01:00", "2017-01-20 21:43:00+01:00"),
        ("2017-01-20T21:43:00Z", "2017-01-20 21:43:00+00:00"),
        ("2017-01-20T21:43:00.250Z", "2017-01-20 21:43:00.250000+00:00"),
        ("2017-01-22T185600", "2017-01-22 18:56:00"),
        ("2017-01-22 18:56", "2017-01-22 18:56:00"),
        ("2017-01-22 18:56:00 +0100", "2017-01-22 18:56:00+01:00"),
        ("2017-01-22 18:56:00 UTC", "2017-01-22 18:56:00+00:00"),
        ("٢٠١٧-٠١-٢٢T١٨:٥٦:٠٠", "2017-01-22 18:56:00"),
        ("2017-01-22", "2017-01-22 00:00:00"),
        ("20170122", "2017-01-22 00:00:00"),
        ("20170122185600", "2017-01-22 18:56:00"),
        ("20170122T185600Z", "2017-01-22 18:56:00+00:00"),
        ("20170122T1856", "2017-01-22 18:56:00"),
        ("20170122T185600+0300", "2017-01-22 18:56:00+03:00"),
        ("2017-07-15T24:00:00", "2017-07-16 00:00:00"),
        ("2017-12-31T24:00Z", "2018-01-01 00:00:00+00:00"),
        ("2017-W28-6", "2017-07-15 00:00:00"),
    ],
)
def test_iso_8601(text: str, expected: str) -> None:
    assert moment(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wed, 18 Jan 2017 10:30:00 +0100", "2017-01-18 10:30:00+01:00"),
        ("Wed, 18 Jan 2017 10:30:00 GMT", "2017-01-18 10:30:00+00:00"),
        ("18 Jan 2017 10:30 EST", "2017-01-18 10:30:00-05:00"),
        ("Wed Jan 18 10:30:00 +0000 2017", "2017-01-18 10:30:00+00:00"),
        ("Wed Jan 18 2017 10:30:00 GMT+0100 (Central European Time)", "2017-01-18 10:30:00+01:00"),
    ],
)
def test_rfc_2822_and_its_kin(text: str, expected: str) -> None:
    assert moment(text) == expected


@pytest.mark.parametrize("text", ["1437000000", "1437000000000", "1437000000.0", "١٤٣٧٠٠٠٠٠٠"])
def test_unix_time_in_seconds_and_milliseconds(text: str) -> None:
    assert read_published(text) == datetime(2015, 7, 15, 22, 40, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2015/07/21", "2015-07-21 00:00:00"),
        ("17/05/2015", "2015-05-17 00:00:00"),
        ("05/07/2015", "2015-07-05 00:00:00"),
        ("07/15/2017", "2017-07-15 00:00:00"),
        ("7/15/2017 10:30 PM", "2017-07-15 22:30:00"),
        ("21/07/2015 10:30", "2015-07-21 10:30:00"),
        ("١٥\u200f/٧\u200f/٢٠١٧، ١٠:٣٠ ص", "2017-07-15 10:30:00"),
        ("السبت 03 أكتوبر 2020 - 07:50", "2020-10-03 07:50:00"),
        ("20 جانفي 2017", "2017-01-20 00:00:00"),
        ("15 تموز/يوليو 2017", "2017-07-15 00:00:00"),
        ("Mercredi 18 Janvier 2017", "2017-01-18 00:00:00"),
        ("mercredi 18 août 2017 à 10h30", "2017-08-18 10:30:00"),
        ("July 15, 2017 10:30 PM", "2017-07-15 22:30:00"),
        ("الثلاثاء 5 رمضان 1438هـ - 30 مايو 2017م", "2017-05-30 00:00:00"),
        ("1438/09/15 هـ", "2017-06-10 00:00:00"),
        ("1438-09-15", "2017-06-10 00:00:00"),
        ("نشر في: 15 يوليو 2017 - 12:05", "2017-07-15 12:05:00"),
        ("آخر تحديث: السبت 15 يوليو 2017 07:50 (GMT+3)", "2017-07-15 07:50:00+03:00"),
        ("07:50 - 03 أكتوبر 2020", "2020-10-03 07:50:00"),
    ],
)
def test_dates_as_publishers_write_them(text: str, expected: str) -> None:
    assert moment(text) == expected


@pytest.mark.parametrize(
    ("text", "first"), [("2017", "2017-01-01"), ("يوليو 2017", "2017-07-01"), ("رمضان 1438", "2017-05-27")]
)
def test_a_month_or_a_year_is_its_first_day(text: str, first: str) -> None:
    assert moment(text) == f"{first} 00:00:00"


@pytest.mark.parametrize(
    ("clock", "expected"),
    [
        ("10:30 ص", "10:30"),
        ("10:30 م", "22:30"),
        ("10:30 صباحًا", "10:30"),
        ("10:30 مساءً", "22:30"),
        ("12:30 ص", "00:30"),
        ("12:30 م", "12:30"),
        ("12:30 ظهرا", "12:30"),
        ("01:30 ظهرًا", "13:30"),
        ("12:30 ليلا", "00:30"),
        ("11:30 ليلا", "23:30"),
        ("02:30 ليلا", "02:30"),
        ("3:30 بعد الظهر", "15:30"),
        ("18:30 مساء", "18:30"),
        ("الساعة 10 مساءً", "22:00"),
        ("10:30 a.m.", "10:30"),
        ("10:30pm", "22:30"),
    ],
)
def test_halves_of_the_day(clock: str, expected: str) -> None:
    assert moment(f"15/7/2017 {clock}") == f"2017-07-15 {expected}:00"


@pytest.mark.parametrize(
    ("zone", "offset"),
    [("بتوقيت غرينتش", "+00:00"), ("بتوقيت مكة المكرمة", "+03:00"), ("GMT+3", "+03:00"), ("بتوقيت القاهرة", "")],
)
def test_zones_with_one_clock_all_the_year_make_the_moment_aware(zone: str, offset: str) -> None:
    assert moment(f"15 يوليو 2017 10:30 {zone}") == f"2017-07-15 10:30:00{offset}"


@pytest.mark.parametrize(
    ("text", "day"), [("أمس", 18), ("اليوم", 19), ("منذ 3 أيام", 16), ("أمس 10:30", 18), ("15 يوليو", 15)]
)
def test_a_relative_date_needs_the_day_of_today(text: str, day: int) -> None:
    assert read_published(text) is None
    read = read_published(text, today=TODAY)
    assert read is not None
    assert read.date() == date(2017, 7, day)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "31/02/2017",
        "2017-02-31",
        "2017-02-31T10:00:00",
        "2017-01-01T25:00:00",
        "2017-01-01T24:30:00",
        "02/30/2017",
        "20171315T103000Z",
        "9999-12-31T24:00:00",
        "15/7/2017 10:75",
        "31 فبراير 2017",
        "Wed, 31 Feb 2017 10:30:00 +0100",
        "2017-01-01 10:00 +99:99",
        "15/13/2017",
        "20171315103000",
        "10:30",
        "99999999999999999",
        "-1",
        "2015..2016",
        "وزير الخارجية",
        "قال الوزير يوم 15 يوليو 2017",
        "2017" * 10_000,
        "1:" * 60,
    ],
)
def test_what_is_no_date_or_no_possible_one_is_not_understood(text: str) -> None:
    assert read_published(text, today=TODAY) is None


ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1), timezones=ZONES).map(
    lambda m: m.replace(microsecond=0)
)


@examples(100)
@given(moment=MOMENTS)
def test_a_moment_written_by_the_standards_comes_back(moment: datetime) -> None:
    assert read_published(moment.isoformat()) == moment
    assert read_published(format_datetime(moment)) == moment
    assert read_published(f"{moment:%d/%m/%Y %I:%M:%S %p}") == moment.replace(tzinfo=None)


PIECES = "2017-07-15 15 يوليو 2017 1438 هـ 10:30 99:99 الساعة 10 مساء م +03:00 GMT بتوقيت مكة أمس / - : t z"
TEXTS = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES.split()), max_size=8).map(" ".join))


@examples(150)
@given(text=TEXTS, today=st.none() | st.dates())
def test_any_text_gives_a_moment_or_none(text: str, today: date | None) -> None:
    read = read_published(text, today=today)
    assert read is None or read.isoformat()


def _dates(name: str) -> Iterator[str]:
    with gzip.open(NEWS / name, "rt", encoding="utf-8") as rows:
        yield from (found for row in rows if (found := json.loads(row).get("date")))


@pytest.mark.shared
@pytest.mark.skipif(not NEWS.is_dir() and os.environ.get("CI") != "true", reason="../shared/news is not there")
@pytest.mark.parametrize(("name", "count"), [("ant.jsonl.gz", 10_138), ("saudinewsnet.jsonl.gz", 31_030)])
def test_every_date_of_the_news_is_read(name: str, count: int) -> None:
    read = [(text, read_published(text)) for text in _dates(name)]
    assert len(read) == count
    assert [text for text, when in read if when is None] == []
    assert {when.year for _, when in read if when} <= set(range(2013, 2018))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("06-19-2012 07:18 PM", "2012-06-19 19:18:00"),
        ("07-03-2012 09:08 PM", "2012-07-03 21:08:00"),  # as programs write that have an English hour and dashes
        ("19-06-2012 07:18 PM", "2012-06-19 19:18:00"),
        ("07-03-2012 21:08", "2012-03-07 21:08:00"),
        ("07-03-2012 09:08 مساء", "2012-03-07 21:08:00"),
        ("7/21/2012 9:17:47 PM", "2012-07-21 21:17:47"),
        ("07/03/2012 09:08 PM", "2012-03-07 21:08:00"),
    ],
)
def test_the_month_stands_first_where_nothing_else_can_be_or_the_program_is_an_english_one(
    text: str, expected: str
) -> None:
    assert moment(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("الأحد 23 شوال 1438 - 16 يوليو 2017", "2017-07-16 00:00:00"),
        ("15/7/2017 - 21/10/1438", "2017-07-15 00:00:00"),
        ("16 رجب 1433-2012-06-06", "2012-06-06 00:00:00"),
        ("الأربعاء 25 رمضان 1433 - 13 أغسطس 2015", None),  # not the same day
        ("15 يوليو 2012 - 20 يوليو 2012", None),
        ("شوال 1438 - يوليو 2017", None),
    ],
)
def test_a_day_written_in_both_calendars_with_a_dash_between(text: str, expected: str | None) -> None:
    assert moment(text) == expected
