"""The value of تاريخ:, قبل: or بعد: → days.

In: the lexemes of a query and where the value begins. Out: a `Range` and how many lexemes it took. Unquoted, a date
takes the longest run of words that reads as one. Called by `parser.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import takewhile
from typing import Final

from search.query.dates.calendar import DateSpan
from search.query.dates.spans import read_span
from search.query.lexer import WORDS, Kind, Lexeme
from search.query.tree import Range

_MOST_WORDS: Final = 9  # «من 15 كانون الأول 2016 إلى 20 كانون الثاني 2017» is quoted
_DAY: Final = timedelta(1)


class DateReader:
    """Reads the dates of one query: `text` is the query, `today` what أمس is counted from."""

    def __init__(self, text: str, today: date) -> None:
        self._text = text
        self._today = today

    def read(self, field: str, lexemes: Sequence[Lexeme], at: int) -> tuple[Range, int] | None:
        """The days from lexeme `at` on, and the number of lexemes; None where no date is read."""
        if lexemes[at].kind is Kind.PHRASE:
            found = self._days(field, lexemes[at].text)
            return (found, 1) if found else None
        run = list(takewhile(lambda lexeme: lexeme.kind in WORDS, lexemes[at : at + _MOST_WORDS]))
        for count in range(len(run), 0, -1):
            if days := self._days(field, self._text[run[0].start : run[count - 1].end]):
                return days, count
        return None

    def _days(self, field: str, text: str) -> Range | None:
        span = read_span(text, today=self._today)
        try:
            return _bounded(field, span) if span else None
        except OverflowError:  # before the first day of the calendar
            return None


def _bounded(field: str, span: DateSpan) -> Range | None:
    """قبل and بعد leave out the days of the date itself."""
    if field == "date":
        return Range(span.first, span.last)
    if field == "before":
        return Range(None, span.first - _DAY) if span.first else None
    return Range(span.last + _DAY, None) if span.last else None
