"""Writes days, periods and spans of days in words: «15 يوليو/تموز 2017», «أغسطس/آب 2015», «منذ 6 أغسطس/آب 2015».

In: dates, or keys of periods, and a language, "ar" or "en". Out: plain text. Called by `search/pages/as_json.py`,
`search/pages/as_text.py` and the web package. In Arabic both names of a month are written, that of Egypt and the Gulf
before that of the Levant, as pan-Arab newsrooms do.
"""

from __future__ import annotations

import calendar
from datetime import date
from functools import lru_cache
from typing import Final

from search.query.read_dates import ReadDate

MONTHS = {
    "ar": (
        "يناير/كانون الثاني",
        "فبراير/شباط",
        "مارس/آذار",
        "أبريل/نيسان",
        "مايو/أيار",
        "يونيو/حزيران",
        "يوليو/تموز",
        "أغسطس/آب",
        "سبتمبر/أيلول",
        "أكتوبر/تشرين الأول",
        "نوفمبر/تشرين الثاني",
        "ديسمبر/كانون الأول",
    ),
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
}
_OPEN: Final = {
    "ar": {"from": "منذ {day}", "to": "حتى {day}", "any": "أي يوم"},
    "en": {"from": "Since {day}", "to": "Until {day}", "any": "Any day"},
}
_SPAN: Final = {"ar": "من {first} إلى {last}", "en": "{first} to {last}"}
_OR: Final = {"ar": " أو ", "en": " or "}
_EXCEPT: Final = {"ar": "ما عدا {days}", "en": "Except {days}"}
_KEY_LENGTHS: Final = (4, 7, 10)  # characters of the key of a year, a month and a day


def day_text(day: date, language: str) -> str:
    """Return the day as text, such as «15 يوليو/تموز 2017»."""
    return f"{day.day} {MONTHS[language][day.month - 1]} {day.year}"


def month_text(day: date, language: str) -> str:
    """Return the month of the day as text, such as «يوليو/تموز 2017»."""
    return f"{MONTHS[language][day.month - 1]} {day.year}"


@lru_cache(maxsize=2_048)
def period_text(key: str, language: str) -> str:
    """Return the period of a key ("2017", "2017-07", "2017-07-15" or "1860/1864") as text."""
    if "/" in key:
        return "–".join(str(int(year)) for year in key.split("/"))
    parts = [int(part) for part in key.split("-")]
    if len(parts) == 1:
        return str(parts[0])
    if len(parts) == 2:
        return month_text(date(parts[0], parts[1], 1), language)
    return day_text(date(parts[0], parts[1], parts[2]), language)


@lru_cache(maxsize=2_048)
def period_days(key: str) -> tuple[date, date]:
    """Return the first and last day of the year, month or day of a key. Raises ValueError if there is none such."""
    parts = [int(part) for part in key.split("-")]
    if len(parts) == 1:
        return date(parts[0], 1, 1), date(parts[0], 12, 31)
    if len(parts) == 2:
        year, month = parts
        first = date(year, month, 1)
        return first, first.replace(day=calendar.monthrange(year, month)[1])
    day = date(parts[0], parts[1], parts[2])
    return day, day


def period_key(first: date | None, last: date | None) -> str | None:
    """Return the key of the year, month or day that reaches from `first` to `last`; None for other spans."""
    if first is None or last is None or not date.min < first <= last < date.max:
        return None
    keys = (first.isoformat()[:length] for length in _KEY_LENGTHS)
    return next((key for key in keys if period_days(key) == (first, last)), None)


def span_in_words(first: date | None, last: date | None, language: str) -> str:
    """Return a span of days as text: as a year, month or day if it is exactly one, else by its first and last day.

    None stands for an open end. A span of whole years or months is written by its first and last year or month.
    """
    key = period_key(first, last)
    if key is not None:
        return period_text(key, language)
    if first is None or last is None:
        given = first or last
        side = "any" if given is None else "from" if first else "to"
        return _OPEN[language][side].format(day=day_text(given, language) if given else "")
    begin, end = _ends(first, last)
    return _SPAN[language].format(first=period_text(begin, language), last=period_text(end, language))


def date_in_words(read: ReadDate, language: str) -> str:
    """Return a date of a query as it was understood: «أغسطس/آب 2026», «2015 أو 2016», «ما عدا 2015»."""
    days = _OR[language].join(span_in_words(span.first, span.last, language) for span in read.spans)
    return _EXCEPT[language].format(days=days) if read.excluded else days


def _ends(first: date, last: date) -> tuple[str, str]:
    """Return the keys of the first and last year of a span of whole years, else of its months, else of its days."""
    if date.min < first <= last < date.max:
        for length in _KEY_LENGTHS:
            begin, end = first.isoformat()[:length], last.isoformat()[:length]
            if period_days(begin)[0] == first and period_days(end)[1] == last:
                return begin, end
    return first.isoformat(), last.isoformat()
