"""A reader's date expression → days. Today is Wednesday, 19 July 2017 (25 شوال 1438)."""

from datetime import date, timedelta

import pytest

from search.query.dates.calendar import DateSpan
from search.query.dates.spans import read_span

TODAY = date(2017, 7, 19)


def days(text: str) -> str | None:
    """The span as ISO: one day, or first..last with nothing on an open side."""
    span = read_span(text, today=TODAY)
    if span is None:
        return None
    first, last = (str(day) if day else "" for day in (span.first, span.last))
    return first if first == last else f"{first}..{last}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2017", "2017-01-01..2017-12-31"),
        ("2017-07", "2017-07-01..2017-07-31"),
        ("2017-07-15", "2017-07-15"),
        ("2017/7/15", "2017-07-15"),
        ("20170715", "2017-07-15"),
        ("2016-02", "2016-02-01..2016-02-29"),
        ("2017-12", "2017-12-01..2017-12-31"),
        ("9999", "9999-01-01..9999-12-31"),
    ],
)
def test_iso_dates(text: str, expected: str) -> None:
    assert days(text) == expected


@pytest.mark.parametrize(
    "text", ["١٥/٧/٢٠١٧", "۱۵/۷/۲۰۱۷", "15/7/2017", "15-7-2017", "15.7.2017", "15/07/17", "१५/७/२०१७"]
)
def test_numbers_are_day_first_in_all_digits(text: str) -> None:
    assert days(text) == "2017-07-15"


def test_a_letter_mark_between_numbers_is_not_seen() -> None:
    assert days("١٥\u200f/٧\u200f/٢٠١٧") == "2017-07-15"


@pytest.mark.parametrize(
    "text",
    [
        "يوليو 2017",
        "تموز 2017",
        "جويلية 2017",
        "يوليوز 2017",
        "يوليه ٢٠١٧",
        "يولية 2017م",
        "تموز/يوليو 2017",
        "يوليو/تموز 2017",
        "يوليو (تموز) 2017",
        "شهر يوليو من عام 2017",
        "يُولْيُو 2017",
        "يوليـــو، 2017",
        "7/2017",
        "July 2017",
        "juillet 2017",
        "Jul 2017",
    ],
)
def test_the_names_of_a_month_mean_the_same_days(text: str) -> None:
    assert days(text) == "2017-07-01..2017-07-31"


@pytest.mark.parametrize(
    "text", ["15 تموز 2017", "١٥ يوليو ٢٠١٧", "15 من يوليو 2017", "السبت 15 يوليو 2017", "يوم السبت، 15 جويلية 2017"]
)
def test_day_month_and_year(text: str) -> None:
    assert days(text) == "2017-07-15"


@pytest.mark.parametrize(
    "text", ["July 15, 2017", "15 July 2017", "Saturday 15th of July 2017", "Samedi 15 Juillet 2017"]
)
def test_english_and_french_dates(text: str) -> None:
    assert days(text) == "2017-07-15"


def test_a_date_with_its_hour_is_its_day() -> None:
    assert days("السبت 03 أكتوبر 2020 - 07:50") == "2020-10-03"
    assert days("2017-07-15T10:30:00+03:00") == "2017-07-15"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("يوليو", "2017-07-01..2017-07-31"),
        ("يوليو/تموز", "2017-07-01..2017-07-31"),
        ("أغسطس", "2016-08-01..2016-08-31"),
        ("19 يوليو", "2017-07-19"),
        ("20 يوليو", "2016-07-20"),
        ("15/7", "2017-07-15"),
        ("29 فبراير", "2016-02-29"),
        ("رمضان", "2017-05-27..2017-06-24"),
        ("ذو القعدة", "2016-08-04..2016-09-01"),
    ],
)
def test_a_date_without_a_year_is_the_latest_that_has_begun(text: str, expected: str) -> None:
    assert days(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("رمضان 1438", "2017-05-27..2017-06-24"),
        ("15 رمضان 1438 هـ", "2017-06-10"),
        ("١٥ رمضان ١٤٣٨هـ", "2017-06-10"),
        ("15/9/1438", "2017-06-10"),
        ("١٤٣٨/٩/١٥هـ", "2017-06-10"),
        ("1438 هـ", "2016-10-02..2017-09-20"),
        ("1438", "2016-10-02..2017-09-20"),
        ("جمادى الآخرة 1438", "2017-02-28..2017-03-28"),
        ("جمادي الثانية 1438", "2017-02-28..2017-03-28"),
        ("ربيع الأول 1438", "2016-11-30..2016-12-29"),
        ("ذي الحجة 1438", "2017-08-23..2017-09-20"),
        ("رمضان 2017", "2017-05-27..2017-06-24"),
        ("Ramadan 1438", "2017-05-27..2017-06-24"),
        ("من 15 رمضان إلى 3 شوال 1438", "2017-06-10..2017-06-27"),
    ],
)
def test_hijri_dates(text: str, expected: str) -> None:
    assert days(text) == expected


@pytest.mark.parametrize(
    "text",
    ["15 رمضان 1438 هـ الموافق 10 يونيو 2017", "1438/9/15هـ - 2017/6/10م", "10 يونيو 2017 الموافق 15 رمضان 1438"],
)
def test_a_date_in_both_calendars_is_one_day(text: str) -> None:
    assert days(text) == "2017-06-10"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("اليوم", "2017-07-19"),
        ("أمس", "2017-07-18"),
        ("امس", "2017-07-18"),
        ("أول أمس", "2017-07-17"),
        ("أوّل من أمس", "2017-07-17"),
        ("غدا", "2017-07-20"),
        ("غدًا", "2017-07-20"),
        ("بعد غد", "2017-07-21"),
        ("today", "2017-07-19"),
        ("Yesterday", "2017-07-18"),
        ("قبل 3 أيام", "2017-07-16"),
        ("3 weeks ago", "2017-06-28"),
    ],
)
def test_days_relative_to_today(text: str, expected: str) -> None:
    assert days(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("آخر 7 أيام", "2017-07-13..2017-07-19"),
        ("اخر ٧ ايام", "2017-07-13..2017-07-19"),
        ("آخر سبعة أيام", "2017-07-13..2017-07-19"),
        ("خلال آخر 7 أيام", "2017-07-13..2017-07-19"),
        ("الأيام السبعة الماضية", "2017-07-13..2017-07-19"),
        ("الـ7 أيام الماضية", "2017-07-13..2017-07-19"),
        ("last 7 days", "2017-07-13..2017-07-19"),
        ("آخر ٣ أشهر", "2017-04-20..2017-07-19"),
        ("آخر شهرين", "2017-05-20..2017-07-19"),
        ("آخر سنة", "2016-07-20..2017-07-19"),
        ("آخر 24 ساعة", "2017-07-18..2017-07-19"),
        ("past 3 months", "2017-04-20..2017-07-19"),
    ],
)
def test_the_last_days_end_today(text: str, expected: str) -> None:
    assert days(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("الأسبوع الماضي", "2017-07-09..2017-07-15"),
        ("هذا الأسبوع", "2017-07-16..2017-07-22"),
        ("الأسبوع الجاري", "2017-07-16..2017-07-22"),
        ("last week", "2017-07-09..2017-07-15"),
        ("الشهر الماضي", "2017-06-01..2017-06-30"),
        ("الشهر المقبل", "2017-08-01..2017-08-31"),
        ("last month", "2017-06-01..2017-06-30"),
        ("هذا العام", "2017-01-01..2017-12-31"),
        ("هذه السنة", "2017-01-01..2017-12-31"),
        ("العام الماضي", "2016-01-01..2016-12-31"),
        ("السنة الماضية", "2016-01-01..2016-12-31"),
    ],
)
def test_whole_weeks_months_and_years(text: str, expected: str) -> None:
    assert days(text) == expected


@pytest.mark.parametrize("offset", range(7))
def test_a_week_is_sunday_to_saturday_on_each_of_its_days(offset: int) -> None:
    sunday = date(2017, 7, 16)
    week = DateSpan(sunday, sunday + timedelta(6))
    assert read_span("هذا الأسبوع", today=sunday + timedelta(offset)) == week


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("منذ شهر", "2017-06-19..2017-07-19"),
        ("منذ شهرين", "2017-05-19..2017-07-19"),
        ("منذ 3 أسابيع", "2017-06-28..2017-07-19"),
        ("منذ ثلاثة أسابيع", "2017-06-28..2017-07-19"),
        ("منذ أمس", "2017-07-18.."),
        ("منذ 2015", "2015-01-01.."),
        ("since July 2015", "2015-07-01.."),
    ],
)
def test_since(text: str, expected: str) -> None:
    assert days(text) == expected


def test_a_month_back_from_a_longer_month_is_its_last_day() -> None:
    assert read_span("منذ شهر", today=date(2017, 3, 31)) == DateSpan(date(2017, 2, 28), date(2017, 3, 31))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2015..2016", "2015-01-01..2016-12-31"),
        ("٢٠١٥..٢٠١٦", "2015-01-01..2016-12-31"),
        ("2015…2016", "2015-01-01..2016-12-31"),
        ("2015 إلى 2016", "2015-01-01..2016-12-31"),
        ("2015 الى 2016", "2015-01-01..2016-12-31"),
        ("من 2015 إلى 2016", "2015-01-01..2016-12-31"),
        ("بين 2015 و2016", "2015-01-01..2016-12-31"),
        ("2015-2016", "2015-01-01..2016-12-31"),
        ("2015 – 2016", "2015-01-01..2016-12-31"),
        ("2015/2016", "2015-01-01..2016-12-31"),
        ("2016..2015", "2015-01-01..2016-12-31"),
        ("2017-07-01..2017-07-15", "2017-07-01..2017-07-15"),
        ("من 1/7/2017 إلى 15/7/2017", "2017-07-01..2017-07-15"),
        ("تموز 2015..آب 2016", "2015-07-01..2016-08-31"),
        ("2015..اليوم", "2015-01-01..2017-07-19"),
        ("2015..", "2015-01-01.."),
        ("..2016", "..2016-12-31"),
        ("من 2015", "2015-01-01.."),
        ("حتى 2016", "..2016-12-31"),
        ("قبل 2016", "..2015-12-31"),
        ("بعد 2016", "2017-01-01.."),
    ],
)
def test_spans(text: str, expected: str) -> None:
    assert days(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 إلى 15 يوليو 2017", "2017-07-01..2017-07-15"),
        ("1-15 يوليو 2017", "2017-07-01..2017-07-15"),
        ("من يناير إلى مارس 2017", "2017-01-01..2017-03-31"),
        ("بين يناير ومارس 2017", "2017-01-01..2017-03-31"),
        ("من ديسمبر إلى مارس 2017", "2016-12-01..2017-03-31"),
        ("من ديسمبر 2016 إلى مارس", "2016-12-01..2017-03-31"),
        ("يناير..مارس", "2017-01-01..2017-03-31"),
        ("يوليو..سبتمبر", "2016-07-01..2016-09-30"),
    ],
)
def test_one_end_of_a_span_lends_the_other_its_month_and_year(text: str, expected: str) -> None:
    assert days(text) == expected
