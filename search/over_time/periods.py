"""A span of months → the periods by which it is told: months, years, or so many years at a time.

In come months as the index counts them (year * 12 + month - 1), out go periods with their first and last days. Pure;
called by `search/over_time/comparison.py` and, for the grid of the coverage, by `web/views/coverage_view.py`.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, date
from typing import Final

_YEARS: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000)


@dataclass(frozen=True, slots=True)
class CalendarPeriod:
    """One period. `key`: "2017-07-15", "2017-07", "2017", or "1860/1864" for several years; both days are of it."""

    key: str
    first: date
    last: date


def month_of(day: date) -> int:
    """The month as the index counts it."""
    return day.year * 12 + day.month - 1


def month_key(month: int) -> str:
    """The month as "2017-07"."""
    return f"{month // 12:04}-{month % 12 + 1:02}"


def months(first: int, last: int) -> tuple[CalendarPeriod, ...]:
    """Each month from the first to the last, both included."""
    return tuple(_month(month) for month in range(first, last + 1))


def days(first: int, last: int) -> tuple[CalendarPeriod, ...]:
    """Each day from the first to the last, both `date.toordinal()` and both included."""
    each = (date.fromordinal(day) for day in range(first, last + 1))
    return tuple(CalendarPeriod(day.isoformat(), day, day) for day in each)


def years(first: int, last: int, *, most: int) -> tuple[CalendarPeriod, ...]:
    """The years of these two months and those between; several at a time where there are more than `most` (>= 10)."""
    low, high = first // 12, last // 12
    width = next(width for width in _YEARS if high // width - low // width < most)
    begins = (max(n * width, 1) for n in range(low // width, high // width + 1))
    return tuple(_years(begin, min((begin // width + 1) * width - 1, MAXYEAR), width) for begin in begins)


def periods_between(first: int, last: int, *, most_months: int, most_years: int) -> tuple[CalendarPeriod, ...]:
    """The span by month where it has at most `most_months`, else by years, at most `most_years` periods of them."""
    if last - first < most_months:
        return months(first, last)
    return years(first, last, most=most_years)


def counts_by_period(counts: Mapping[int, int], stretches: tuple[CalendarPeriod, ...]) -> list[int]:
    """The counts of months added up by period; months outside all of them are left out."""
    found = [0] * len(stretches)
    places = {month: n for n, each in enumerate(stretches) for month in _months_of(each)}
    for month, count in counts.items():
        if month in places:
            found[places[month]] += count
    return found


def _month(month: int) -> CalendarPeriod:
    first = date(month // 12, month % 12 + 1, 1)
    return CalendarPeriod(month_key(month), first, first.replace(day=monthrange(first.year, first.month)[1]))


def _years(low: int, high: int, width: int) -> CalendarPeriod:
    key = f"{low:04}" if width == 1 else f"{low:04}/{high:04}"
    return CalendarPeriod(key, date(low, 1, 1), date(high, 12, 31))


def _months_of(period: CalendarPeriod) -> range:
    return range(month_of(period.first), month_of(period.last) + 1)
