"""A query that names a date in ordinary words → the query with the field تاريخ: before the date, offered to readers.

In: a query and its parsed form. Out: a `SpokenDate`, or None. Words are taken for a date only if they hardly mean
anything else: a span with both ends («من يوليو إلى أغسطس 2015», «بين يوليو وأغسطس 2015»), or a month or year after a
preposition of time («منذ 2014», «حتى مارس 2010», «في أغسطس 2015»). Called by `search/repairs/notes.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Final

from search.analysis.fold import folded, folded_set
from search.analysis.months import HIJRI_MONTHS, MONTHS
from search.query.dates.calendar import DateSpan
from search.query.dates.spans import read_span
from search.query.dates.words import words
from search.query.lexer import Kind, Lexeme, lex
from search.query.operators import MOST_CHARACTERS, clean
from search.query.parser import parse
from search.query.remarks import Remarks
from search.query.tree import Parsed, Range

_MOST_WORDS: Final = 9
_SPANS: Final = folded_set("من بين from between")
_SINCE: Final = folded_set("منذ since")
_OTHERS: Final = folded_set("حتى لغاية في خلال until in during")
_OPENINGS: Final = _SPANS | _SINCE | _OTHERS
_MOST_TRIED: Final = 6  # words of each run of plain words at which a date is tried to be read
_MONTH_NAMES: Final = MONTHS.keys() | HIJRI_MONTHS.keys()
_MONTHS_BEGIN: Final = frozenset(name.partition(" ")[0] for name in _MONTH_NAMES)
_YEAR: Final = re.compile(r"\d{4}")
_AND: Final = folded("و")
_YEARS: Final = range(1900, 2100)
_BEFORE: Final = frozenset((Kind.FIELD, Kind.NOT, Kind.EXACT, Kind.OR))  # after one of these a word is not a plain one


@dataclass(frozen=True, slots=True)
class SpokenDate:
    """The words that name a date, and the query that searches for those days instead of the words."""

    words: str
    query: str


def spoken_date(query: str, parsed: Parsed, *, today: date) -> SpokenDate | None:
    """Return the first date that the query names in ordinary words; None if there is none, or it has a date field."""
    text = clean(query)
    if parsed.dates or len(text) > MOST_CHARACTERS or not any(map(_opens, text.split())) or not _may_name(text):
        return None
    for run in _plain_runs(lex(text, Remarks())):
        begun = [at for at, lexeme in enumerate(run) if _opens(lexeme.text)]
        for at in begun[:_MOST_TRIED]:
            for last in run[at : at + _MOST_WORDS][:0:-1]:
                said = text[run[at].start : last.end].rstrip(" ،؛.,;:!?؟")
                if (span := _said_span(said, today)) is not None:
                    return _offered(text, run[at].start, last.end, said, span, today)
    return None


@lru_cache(maxsize=2**12)
def _opens(word: str) -> bool:
    """Whether a word may stand before a date. Every word of every query is asked about."""
    return folded(word) in _OPENINGS


def _may_name(text: str) -> bool:
    """Whether a month or a year is named in a text at all: of most that have a preposition none is."""
    found = folded(text)
    return _YEAR.search(found) is not None or any(map(found.__contains__, _MONTHS_BEGIN))


def _plain_runs(lexemes: Sequence[Lexeme]) -> Iterator[list[Lexeme]]:
    """Runs of plain words that follow one another, outside parentheses, fields and operands of أو."""
    run: list[Lexeme] = []
    depth, before = 0, Kind.AND
    for lexeme in lexemes:
        depth += (lexeme.kind is Kind.OPEN) - (lexeme.kind is Kind.CLOSE and depth > 0)
        if lexeme.kind is Kind.WORD and depth == 0 and before not in _BEFORE:
            run.append(lexeme)
        else:
            if lexeme.kind is not Kind.OR:
                yield run
            run = []
        before = lexeme.kind
    yield run


def _said_span(said: str, today: date) -> DateSpan | None:
    """The days that words name; None if they name no date, or may well mean something else."""
    try:
        found = words(said)
    except ValueError:
        return None
    if not found or found[0] not in _OPENINGS or not _named(found):
        return None
    span = read_span(said, today=today)
    return span if span is not None and _likely(span, found) and _fits_opening(span, found) else None


def _fits_opening(span: DateSpan, found: Sequence[str]) -> bool:
    """Whether the days are such as the first word opens: of two ends after من, of a year after في."""
    if found[0] in _SPANS:
        return span.first is not None and span.last is not None and span.first != span.last and len(found) > 3
    return found[0] in _SINCE or any(_is_year(word, hijri=_hijri(found)) for word in found)


def _named(found: Sequence[str]) -> bool:
    """Whether the name of a month, or a year, is among the words."""
    return bool(_names(found) & _MONTH_NAMES) or any(name.isdecimal() and len(name) == 4 for name in found)


def _likely(span: DateSpan, found: Sequence[str]) -> bool:
    """Whether the days lie in the years of news: «من 1500 إلى 3000» is a span of numbers, not of years."""
    days = [day for day in (span.first, span.last) if day is not None]
    bare = [int(word) for word in found if word.isdecimal() and len(word) > 2]
    return all(day.year in _YEARS for day in days) and (_hijri(found) or all(number in _YEARS for number in bare))


def _hijri(found: Sequence[str]) -> bool:
    return bool(_names(found) & HIJRI_MONTHS.keys())


def _is_year(word: str, *, hijri: bool) -> bool:
    """Whether a word is a year of news; beside a Hijri month any four digits are: ذو الحجة 1437."""
    return word.isdecimal() and (int(word) in _YEARS or (hijri and len(word) == 4))


def _names(found: Sequence[str]) -> set[str]:
    """The words and pairs of words that may name a month (رجب, ربيع الأول), also without و."""
    names = {*found, *(" ".join(pair) for pair in pairwise(found))}
    return names | {name.removeprefix(_AND) for name in names}


def _offered(text: str, start: int, end: int, said: str, span: DateSpan, today: date) -> SpokenDate | None:
    """The query with the date as value of its field, in quotes if the parser would otherwise read other words as it."""
    field = "date:" if said.isascii() else "تاريخ:"
    tail = text[start + len(said) : end]
    for value in (said, f'"{said}"'):
        offered = f"{text[:start]}{field}{value}{tail}{text[end:]}".strip()
        read = parse(offered, today=today).dates
        if [part.tree for part in read] == [Range(span.first, span.last)]:
            return SpokenDate(said, offered)
    return None
