"""The words of one date → its year, month and day in the common or the Hijri calendar; and these → days.

In: folded words (`words.py`). Out: first a `CalendarDate`, which may lack its year or month, since in a span the other
end may supply them; then a `DateSpan`. Words that are no date, or an impossible date, raise ValueError (the calendars
raise OverflowError for days out of their range). Called by `spans.py` and `published.py`, which turn both into None.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Final

from hijridate import Gregorian, Hijri

from search.analysis.fold import folded, folded_set
from search.analysis.months import HIJRI_MONTHS, MONTHS
from search.query.dates.words import COMMON_ERA, DASH, HIJRI_ERA, WEEKDAYS

# The years of hijridate's tables (Umm al-Qura). In the common era there was no news in the years with these numbers, so
# 1438 alone is a Hijri year.
_HIJRI_YEARS: Final = range(1343, 1501)
_SEEN: Final = timedelta(days=2)  # by which a month may begin earlier or later than it was reckoned
_CORRESPONDING: Final = folded("الموافق")
_IGNORED_WORDS: Final = folded_set(
    "ال من في عام سنة لعام لسنة شهر لشهر يوم ليوم ل the of in on de le du st nd rd th er year"
)
_BETWEEN: Final = frozenset(("-", "/", ".", DASH))
_AROUND_SIGN: Final = re.compile(" ([-/.]) ")
_NUMERIC: Final = tuple(
    map(
        re.compile,
        (
            r"(?P<y>\d{4})",
            r"(?P<d>\d{1,2})",
            r"(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)",
            r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})",
            r"(?P<m>\d{1,2})[-/.](?P<y>\d{4})",
            r"(?P<d>\d{1,2})/(?P<m>\d{1,2})",
            r"(?P<y>\d{4})([-/.])(?P<m>\d{1,2})\2(?P<d>\d{1,2})",
            r"(?P<d>\d{1,2})([-/.])(?P<m>\d{1,2})\2(?P<y>\d{4}|\d\d)",
        ),
    )
)


@dataclass(frozen=True, slots=True)
class DateSpan:
    """The days from `first` to `last`, both included; None: unbounded on that side.

    both_said: whether the words name both ends (2013..2014, the last 7 days) and not one period, such as a year.
    """

    first: date | None
    last: date | None
    both_said: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class CalendarDate:
    """As much of a date as was written; None for a part that was not. hijri: in the Hijri calendar."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    hijri: bool = False


def read_calendar_date(words: Sequence[str]) -> CalendarDate:
    """Return the date that the words name; if they name it in both calendars, that of the common era."""
    words = [word for word in words if word not in WEEKDAYS]
    for end, word in enumerate(words[:-1], 1):
        if word in HIJRI_ERA or word in COMMON_ERA or words[end] == _CORRESPONDING:
            one, other = _read_one(words[:end]), _read_one(_trimmed(words[end:]))
            if one.hijri == other.hijri:
                raise ValueError("two dates")
            return other if one.hijri else one
    return _of_both_calendars(words) or _read_one(words)


def _of_both_calendars(words: Sequence[str]) -> CalendarDate | None:
    """The date of the common era where the words are a day in both calendars with a dash between: «25 رمضان 1433 - 13
    أغسطس 2012»; None where they are not. The Hijri day may be that of the moon that was seen."""
    for at, word in enumerate(words):
        if word not in (DASH, "-"):
            continue
        try:
            one, other = _read_one(words[:at]), _read_one(words[at + 1 :])
            first, second = days_of(one, today=None).first, days_of(other, today=None).first
        except (ValueError, OverflowError):
            continue
        if one.hijri != other.hijri and one.day and other.day and first and second:
            return (other if one.hijri else one) if abs(first - second) <= _SEEN else None
    return None


def days_of(when: CalendarDate, *, today: date | None) -> DateSpan:
    """Return the days of a date; a date without a year is the latest one that has begun by `today`."""
    if when.year is None:
        when = latest(when, today)
    return _hijri_days(when) if when.hijri else _common_days(when)


def latest(when: CalendarDate, today: date | None) -> CalendarDate:
    """Return a date without a year with the latest year in which it has begun by `today`."""
    if when.month is None or today is None:
        raise ValueError("which year?")
    year = Gregorian.fromdate(today).to_hijri().year if when.hijri else today.year
    for candidate in range(year, year - 9, -1):  # eight years back there is a 29 February at the latest, but for 1900
        dated = replace(when, year=candidate)
        try:
            if (days_of(dated, today=today).first or today) <= today:
                return dated
        except ValueError:
            continue
    raise ValueError("no such day")


def shift_months(day: date, count: int) -> date:
    """Return the same day of another month, or the last one of that month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return min(date(year, month + 1, 1) + timedelta(day.day - 1), _month_end(date(year, month + 1, 1)))


def _trimmed(words: Sequence[str]) -> Sequence[str]:
    while words and (words[0] in _BETWEEN or words[0] == _CORRESPONDING):
        words = words[1:]
    return words


def _read_one(words: Sequence[str]) -> CalendarDate:
    hijri, names, rest = False, set[tuple[bool, int]](), []
    at = 0
    while at < len(words):
        word, pair = words[at], " ".join(words[at : at + 2])
        at += 1
        if found := _month(pair):
            names.add(found)
            at += 1
        elif found := _month(word):
            names.add(found)
        elif word in HIJRI_ERA:
            hijri = True
        elif word not in COMMON_ERA and word not in _IGNORED_WORDS:
            rest.append(word)
    if len(names) > 1:
        raise ValueError("two months")
    common = any(word in COMMON_ERA for word in words)
    return _with_name(rest, *names.pop()) if names else _numeric(rest, hijri=hijri, common=common)


def _month(name: str) -> tuple[bool, int] | None:
    if name in MONTHS:
        return False, MONTHS[name]
    return (True, HIJRI_MONTHS[name]) if name in HIJRI_MONTHS else None


def _with_name(words: Sequence[str], hijri: bool, month: int) -> CalendarDate:
    """15 يوليو 2017, يوليو 2017, July 15 2017, 15 يوليو: of the numbers, four digits are the year."""
    numbers = [word for word in words if word not in _BETWEEN]
    if len(numbers) > 2 or not all(number.isdecimal() for number in numbers):
        raise ValueError("not a day, a month and a year")
    years = [int(number) for number in numbers if len(number) == 4]
    days = [int(number) for number in numbers if len(number) < 3]
    if len(days) == 2:
        years = [_century(days.pop())]
    if len(years) > 1 or len(days) + len(years) < len(numbers):
        raise ValueError("not a day and a year")
    return CalendarDate(years[0] if years else None, month, days[0] if days else None, hijri)


def _numeric(words: Sequence[str], *, hijri: bool, common: bool) -> CalendarDate:
    written = _AROUND_SIGN.sub(r"\1", " ".join(words).replace(DASH, "-"))
    for form in _NUMERIC:
        if found := form.fullmatch(written):
            part = {name: int(digits) for name, digits in found.groupdict().items()}
            year = part.get("y")
            if year is not None and len(found["y"]) == 2:
                year = _century(year)
            hijri = hijri or (not common and year in _HIJRI_YEARS)
            if hijri and year not in _HIJRI_YEARS:
                raise ValueError("no year of the Hijri tables")
            return CalendarDate(year, part.get("m"), part.get("d"), hijri)
    raise ValueError("not a date in numbers")


def _century(year: int) -> int:
    return year + (2000 if year < 69 else 1900)  # POSIX's century


def _from_one(when: CalendarDate) -> tuple[int, int]:
    """Month and day, 1 for one that was not written. A written 0 stays, which the calendars then refuse."""
    return 1 if when.month is None else when.month, 1 if when.day is None else when.day


def _common_days(when: CalendarDate) -> DateSpan:
    year, month, day = when.year or 0, *_from_one(when)
    first = date(year, month, day)
    if when.day is not None:
        if when.month is None:
            raise ValueError("a day of no month")
        return DateSpan(first, first)
    return DateSpan(first, date(year, 12, 31) if when.month is None else _month_end(first))


def _hijri_days(when: CalendarDate) -> DateSpan:
    year = when.year or 0
    if year > _HIJRI_YEARS[-1]:  # رمضان 2017: the Ramadan that began in that year
        year = _hijri_year_of(year, when.month or 1)
    start = Hijri(year, *_from_one(when))
    first = date.fromordinal(start.to_gregorian().toordinal())
    length = 1 if when.day is not None else start.year_length() if when.month is None else start.month_length()
    return DateSpan(first, first + timedelta(length - 1))


def _hijri_year_of(common_year: int, month: int) -> int:
    year = Gregorian(common_year, 1, 1).to_hijri().year
    return next(y for y in (year, year + 1) if Hijri(y, month, 1).to_gregorian().year == common_year)


def _month_end(first: date) -> date:
    return date(first.year, 12, 31) if first.month == 12 else date(first.year, first.month + 1, 1) - timedelta(1)
