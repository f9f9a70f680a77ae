"""The value of تاريخ:, قبل: or بعد: in a query → the days that it means.

In: the lexemes of a query and the index of the lexeme at which the value begins. Out: a `Range`, and how many lexemes
the value consists of. A value without quotes is the longest run of words that reads as a date. Called by `parser.py`.
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

_MOST_WORDS: Final = 9  # «من 15 كانون الأول 2016 إلى 20 كانون الثاني 2017» needs quotes
_DAY: Final = timedelta(1)


class DateReader:
    """Reads the dates of one query: `text` is the cleaned query, `today` the day from which أمس is counted."""

    def __init__(self, text: str, today: date) -> None:
        self._text = text
        self._today = today

    def read(self, field: str, lexemes: Sequence[Lexeme], at: int) -> tuple[Range, int] | None:
        """Return the days of the value that begins at lexeme `at`, and its number of lexemes; None if it is no date."""
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
    """The days of the date, or those before or after it, which do not include the days of the date itself."""
    if field == "date":
        return Range(span.first, span.last)
    if field == "before":
        return Range(None, span.first - _DAY) if span.first else None
    return Range(span.last + _DAY, None) if span.last else None
