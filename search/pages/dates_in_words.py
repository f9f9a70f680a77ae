"""Days, periods and spans of days in words: «15 يوليو/تموز 2017», «أغسطس/آب 2015», «منذ 6 أغسطس/آب 2015».

In come dates and a language code; out goes plain text. Called by the pages, by `search/pages/as_json.py` and by
`search/pages/as_text.py`. Both names of a month are shown, Egypt and the Gulf's first, then the Levant's, as pan-Arab
newsrooms print them.
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
_KEY_LENGTHS: Final = (4, 7, 10)  # of a year, a month and a day


def day_text(day: date, language: str) -> str:
    """The day with its month's names."""
    return f"{day.day} {MONTHS[language][day.month - 1]} {day.year}"


def month_text(day: date, language: str) -> str:
    """The month of the day with its year."""
    return f"{MONTHS[language][day.month - 1]} {day.year}"


@lru_cache(maxsize=2_048)
def period_text(key: str, language: str) -> str:
    """A timeline key ("2017", "2017-07", "2017-07-15", "1860/1864") in words."""
    if "/" in key:
        return "–".join(str(int(year)) for year in key.split("/"))
    parts = [int(part) for part in key.split("-")]
    if len(parts) == 1:
        return str(parts[0])
    if len(parts) == 2:
        return month_text(date(parts[0], parts[1], 1), language)
    return day_text(date(parts[0], parts[1], parts[2]), language)


def period_days(key: str) -> tuple[date, date]:
    """The first and last day of a year, month or day. Raises ValueError where there is no such period."""
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
    """The year, month or day that these days are, as `period_days` takes it; None for other spans."""
    if first is None or last is None or not date.min < first <= last < date.max:
        return None
    keys = (first.isoformat()[:length] for length in _KEY_LENGTHS)
    return next((key for key in keys if period_days(key) == (first, last)), None)


def span_in_words(first: date | None, last: date | None, language: str) -> str:
    """The days in words: one year, month or day where they are one, else both ends, whole years and months as such."""
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
    """A date of a query as it was read: «أغسطس/آب 2026», «2015 أو 2016», «ما عدا 2015»."""
    days = _OR[language].join(span_in_words(span.first, span.last, language) for span in read.spans)
    return _EXCEPT[language].format(days=days) if read.excluded else days


def _ends(first: date, last: date) -> tuple[str, str]:
    """The keys of the years, months or days at both ends of a span, the largest that are whole."""
    if date.min < first <= last < date.max:
        for length in _KEY_LENGTHS:
            begin, end = first.isoformat()[:length], last.isoformat()[:length]
            if period_days(begin)[0] == first and period_days(end)[1] == last:
                return begin, end
    return first.isoformat(), last.isoformat()
