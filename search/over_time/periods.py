"""Divides a span of time into days, months, years or groups of years, so that a chart has a readable number of them.

In: the first and last month as the index stores them (year * 12 + month - 1). Out: periods with their first and last
days. Called by `search/over_time/comparison.py` and, for the table of the coverage, by `web/views/coverage_view.py`.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, date
from typing import Final

from search.schema import month_key, month_of

_YEARS: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000)  # years that one period may have


@dataclass(frozen=True, slots=True)
class CalendarPeriod:
    """A day, month, year or group of years, from `first` to `last`, both included.

    key: "2017-07-15", "2017-07", "2017", or "1860/1864" for a group of years
    """

    key: str
    first: date
    last: date


def months(first: int, last: int) -> tuple[CalendarPeriod, ...]:
    """Return each month from the first to the last, both included."""
    return tuple(_month(month) for month in range(first, last + 1))


def days(first: int, last: int) -> tuple[CalendarPeriod, ...]:
    """Return each day from the first to the last, both included and given as `date.toordinal()`."""
    each = (date.fromordinal(day) for day in range(first, last + 1))
    return tuple(CalendarPeriod(day.isoformat(), day, day) for day in each)


def years(first: int, last: int, *, most: int) -> tuple[CalendarPeriod, ...]:
    """Return the years from that of month `first` to that of month `last`, in groups if there are more than `most`.

    most: the largest number of periods, at least 10.
    """
    low, high = first // 12, last // 12
    width = next(width for width in _YEARS if high // width - low // width < most)
    begins = (max(n * width, 1) for n in range(low // width, high // width + 1))
    return tuple(_years(begin, min((begin // width + 1) * width - 1, MAXYEAR), width) for begin in begins)


def periods_between(first: int, last: int, *, most_months: int, most_years: int) -> tuple[CalendarPeriod, ...]:
    """Return the months from `first` to `last` if they are at most `most_months`, else at most `most_years` periods of
    one year or several."""
    if last - first < most_months:
        return months(first, last)
    return years(first, last, most=most_years)


def counts_by_period(counts: Mapping[int, int], periods: tuple[CalendarPeriod, ...]) -> list[int]:
    """Return the sum of the counts of each period's months; counts: month → articles. Other months are left out."""
    found = [0] * len(periods)
    numbers = {month: number for number, each in enumerate(periods) for month in _months_of(each)}
    for month, count in counts.items():
        if month in numbers:
            found[numbers[month]] += count
    return found


def _month(month: int) -> CalendarPeriod:
    first = date(month // 12, month % 12 + 1, 1)
    return CalendarPeriod(month_key(month), first, first.replace(day=monthrange(first.year, first.month)[1]))


def _years(low: int, high: int, width: int) -> CalendarPeriod:
    key = f"{low:04}" if width == 1 else f"{low:04}/{high:04}"
    return CalendarPeriod(key, date(low, 1, 1), date(high, 12, 31))


def _months_of(period: CalendarPeriod) -> range:
    return range(month_of(period.first), month_of(period.last) + 1)
