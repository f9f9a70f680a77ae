"""The two dates of a search form, "from" and "to" → the first and last day that a search is limited to.

In: both texts and today. Out: `AskedDays`; every text is accepted. Dates are read as the field تاريخ: reads them:
«يوليو 2017» stands for its first day as "from" and for its last day as "to". A text that names both ends, 2013..2014,
gives both if the other text is empty. Called by the pages, the JSON API, the advanced form and the command line.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from search.query.dates.calendar import DateSpan
from search.query.dates.spans import read_span

FROM: Final = "from"
TO: Final = "to"
_COMMON_ERA: Final = "م"
_ANY_DAY: Final = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class AskedDays:
    """The first and the last day, both included; None: unbounded.

    unread    those of FROM and TO whose text gives no such day; that side is unbounded
    endless   those of `unread` that are a date, but without that day: «قبل 2017» has no first day
    swapped   whether the later date was given as "from"; first and last are in order all the same
    """

    first: date | None = None
    last: date | None = None
    unread: tuple[str, ...] = ()
    swapped: bool = False
    endless: tuple[str, ...] = ()


def read_days(first: str, last: str, *, today: date) -> AskedDays:
    """Return the days between two dates; "" leaves a side unbounded."""
    begin, end = (read_span(text, today=today) if text else None for text in (first, last))
    for alone, other in ((begin, last), (end, first)):
        if alone and alone.both_said and not other.strip():
            return AskedDays(alone.first, alone.last)
    left = begin.first if begin else None
    right = end.last if end else None
    unread = tuple(name for name, text, day in ((FROM, first, left), (TO, last, right)) if text.strip() and day is None)
    if begin and end and left and right and left > right:
        return AskedDays(end.first or right, begin.last or left, unread, swapped=True)
    return AskedDays(left, right, unread, endless=_endless(unread, begin, end))


def _endless(unread: tuple[str, ...], begin: DateSpan | None, end: DateSpan | None) -> tuple[str, ...]:
    return tuple(name for name, span in ((FROM, begin), (TO, end)) if span and name in unread)


@lru_cache(maxsize=4_096)
def written_day(day: date) -> str:
    """Return a day as a text that is read as this day: 2017-07-15, or 1438-07-15م, since 1438 alone is a Hijri year."""
    written = day.isoformat()
    return written if read_span(written, today=_ANY_DAY) == DateSpan(day, day) else written + _COMMON_ERA
