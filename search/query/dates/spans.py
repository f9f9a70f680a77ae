"""The text of a date or of a span of dates, as Arabic readers and publishers write them → days.

In: what a reader typed after تاريخ:, قبل: or بعد:, and today. Out: a `DateSpan`, or None if the text is no possible
date; every text is accepted. `published.py` reads the date of an article, which may have an hour. Called by
`asked_days.py` and, in `search/query`, by `date_fields.py`, `spoken_dates.py` and `compose.py`.

Understood: ISO and day-first numbers, the month names of `search/analysis/months.py`, Hijri dates (a bare year from
1343 to 1500 is one), days relative to today, and spans: A..B, A إلى B, من A إلى B, بين A وB, 2015.., منذ 2015. A date
without a year is the latest that has begun.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from search.analysis.fold import folded, folded_set
from search.query.dates.calendar import CalendarDate, DateSpan, days_of, latest, read_calendar_date
from search.query.dates.published import read_published
from search.query.dates.relative import back, read_amount, read_relative
from search.query.dates.words import DASH, DOTS, words

_FROM: Final = folded_set("من from")
_TO: Final = folded_set("إلى حتى لغاية to until till") | {DOTS}
_SINCE: Final = folded_set("منذ مذ من since from")
_BEFORE: Final = folded_set("قبل before")
_AFTER: Final = folded_set("بعد after")
_BETWEEN: Final = folded_set("بين between")
_AND: Final = folded("و")
_DAY: Final = timedelta(1)


def read_span(text: str, *, today: date) -> DateSpan | None:
    """Return the days that the text means; None if it is not understood or names an impossible date."""
    try:
        return _span(words(text), today)
    except (ValueError, OverflowError):  # an impossible date, or one outside its calendar; or one with its hour
        moment = read_published(text, today=today)
        return None if moment is None else DateSpan(moment.date(), moment.date())


def _span(written: Sequence[str], today: date) -> DateSpan:
    if not written:
        raise ValueError("no date")
    head, rest = written[0], written[1:]
    if head in _SINCE and (amount := read_amount(rest)):
        return DateSpan(back(today, *amount), today)
    if found := read_relative(written, today=today):  # before the words below: قبل أمس, بعد غد, قبل 3 أيام
        return found
    if head in _BETWEEN:
        return _ends(*_split_at_and(rest), today)
    if ends := [at for at, word in enumerate(written) if word in _TO]:
        left = written[: ends[0]]
        return _ends(left[1:] if left and left[0] in _FROM else left, written[ends[0] + 1 :], today)
    if head in _SINCE:
        return DateSpan(_days(_read(rest, today), today)[0], None)
    if head in _BEFORE:
        return DateSpan(None, _days(_read(rest, today), today)[0] - _DAY)
    if head in _AFTER:
        return DateSpan(_days(_read(rest, today), today)[1] + _DAY, None)
    return _date_or_dashed(written, today)


def _date_or_dashed(written: Sequence[str], today: date) -> DateSpan:
    """One date; else two dates with a dash between them, or the two years of a season (2016/2017)."""
    try:
        return days_of(read_calendar_date(written), today=today)
    except ValueError:
        for sign in (DASH, "-", "/"):
            at = written.index(sign) if written.count(sign) == 1 else 0
            if 0 < at < len(written) - 1 and (sign != "/" or written[0].isdecimal()):
                return _ends(written[:at], written[at + 1 :], today)
        raise


def _split_at_and(written: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Split at و, which Arabic writes together with the word that follows: بين يناير ومارس."""
    for at, word in enumerate(written):
        if at and (word == "and" or word.startswith(_AND)):
            following = word.removeprefix("and").removeprefix(_AND)
            return written[:at], [following, *written[at + 1 :]] if following else written[at + 1 :]
    raise ValueError("between what?")


def _read(written: Sequence[str], today: date) -> CalendarDate | DateSpan:
    return read_relative(written, today=today) or read_calendar_date(written)


def _days(when: CalendarDate | DateSpan, today: date) -> tuple[date, date]:
    days = when if isinstance(when, DateSpan) else days_of(when, today=today)
    if days.first is None or days.last is None:
        raise ValueError("a span within a span")
    return days.first, days.last


def _ends(left: Sequence[str], right: Sequence[str], today: date) -> DateSpan:
    if not left and not right:
        raise ValueError("a span of nothing")
    if not left:
        return DateSpan(None, _days(_read(right, today), today)[1])
    if not right:
        return DateSpan(_days(_read(left, today), today)[0], None)
    begin, end = _read(left, today), _read(right, today)
    if isinstance(begin, CalendarDate) and isinstance(end, CalendarDate):
        begin, end = _completed(begin, end, today)
    days = *_days(begin, today), *_days(end, today)
    return DateSpan(min(days), max(days), both_said=True)  # ends typed in the other order mean the same


def _completed(begin: CalendarDate, end: CalendarDate, today: date) -> tuple[CalendarDate, CalendarDate]:
    """Give each end the month and year that only the other has: 1 إلى 15 يوليو 2017, من ديسمبر إلى مارس 2017."""
    if begin.year is None and end.year is None:
        end = latest(end, today)
    full_begin, full_end = _with_parts_of(begin, end), _with_parts_of(end, begin)
    if _days(full_begin, today)[0] > _days(full_end, today)[1]:  # the span crosses the end of a year
        if begin.year is None and full_begin.year is not None:
            full_begin = replace(full_begin, year=full_begin.year - 1)
        elif end.year is None and full_end.year is not None:
            full_end = replace(full_end, year=full_end.year + 1)
    return full_begin, full_end


def _with_parts_of(when: CalendarDate, lender: CalendarDate) -> CalendarDate:
    if when.year is not None or (when.month is not None and when.hijri != lender.hijri):
        return when
    return replace(when, year=lender.year, month=when.month or lender.month, hijri=lender.hijri)
