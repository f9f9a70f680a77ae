"""The fields of the advanced search form → a query string of the query language, as a reader could have typed it.

In: an `AdvancedQuery`, which holds what was typed into each field of the form. Out: a string that `parser.py` parses to
the same meaning. Every character of a field stands for itself, be it a quote, a colon, a minus sign or the word أو:
such characters are removed or quoted. `decompose.py` turns a query string back into an `AdvancedQuery`. Called by
`web/routes/advanced.py`; `search/results/completion.py` quotes the names that it offers with `quoted`.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from search.analysis.tokens import spans
from search.query.dates.asked_days import written_day
from search.query.dates.spans import read_span
from search.query.joined_names import name_ends
from search.query.lexer import Kind, lex
from search.query.operators import FIELD_NAMES, NEAR, QUOTES, clean
from search.query.remarks import Remarks
from search.query.tree import NAME_FIELDS
from search.query.word_offsets import word_offsets

_SIGNS: Final = re.compile(rf"[\s()|{QUOTES}]+")  # characters that end a word wherever they stand
_QUOTES: Final = re.compile(rf"[\s{QUOTES}]+")
_OR: Final = {"ar": "أو", "en": "OR"}


@dataclass(frozen=True, slots=True)
class AdvancedQuery:
    """The fields of the advanced form, each as it was typed; "" for a field that was left empty.

    words     words that an article has to contain, all of them
    any       words of which an article has to contain at least one
    none      words that an article must not contain
    title     words that its headline has to contain, all of them
    phrase    words that have to follow one another in this order
    near      words that have to stand near each other in any order, at most `distance` other words between neighbours
    exact     whether the words are searched exactly as they are written, not in their other forms
    first     the first day of publication, included; None: no limit. last: likewise the last day
    """

    words: str = ""
    any: str = ""
    none: str = ""
    title: str = ""
    phrase: str = ""
    near: str = ""
    distance: int = NEAR
    exact: bool = False
    source: str = ""
    section: str = ""
    author: str = ""
    agency: str = ""
    place: str = ""
    first: date | None = None
    last: date | None = None


def compose(wanted: AdvancedQuery, language: str = "ar") -> str:
    """Return the query string, with the operators of this language ("ar" or "en"); "" if all fields are empty."""
    return " ".join(_parts(wanted, language))


def field_name(field: str, language: str) -> str:
    """Return the name of a field with its colon, as readers of this language type it."""
    names = FIELD_NAMES[field].split()
    return f"{names[0] if language == 'ar' else names[-1]}:"


def quoted(value: str) -> str:
    """Return a value as it may follow a field's colon: bare if it is one word, else in quotes; "" if it has no word."""
    text = _QUOTES.sub(" ", clean(value)).strip()
    if not _has_word(text):
        return ""
    return text if words_of(text) == [text] and " " not in text and _lexes_as_word(text) else f'"{text}"'


def words_of(text: str) -> list[str]:
    """Return the words of a text in order, as a reader counts them: COVID-19 is one word, as is the name عبد الله."""
    chunks = _SIGNS.sub(" ", clean(text)).split()
    words = [chunk[first:last] for chunk in chunks for first, last in word_offsets(chunk)]
    whole = [word in chunks for word in words]
    found, begin = [], 0
    for end in name_ends(words, beside=lambda at: whole[at] and whole[at + 1]):
        found.append(" ".join(words[begin : end + 1]))
        begin = end + 1
    return found


def days_text(first: date | None, last: date | None) -> str:
    """Return the value of `تاريخ:` for these days, in whole years or months where possible: 2017, 2017-07..2017-09."""
    for level in (_year, _month):
        ends = level(first, last)
        if ends is not None and _reads(text := _joined(*ends), first, last):
            return text
    return _joined(written_day(first) if first else "", written_day(last) if last else "")


def _parts(wanted: AdvancedQuery, language: str) -> Iterator[str]:
    sign = "=" if wanted.exact else ""
    yield from (sign + _word(word) for word in words_of(wanted.words))
    if phrase := _phrase(wanted.phrase):
        yield sign + phrase
    if near := _phrase(wanted.near):
        single = len(words_of(wanted.near)) == 1
        yield sign + (_word(words_of(wanted.near)[0]) if single else f"{near}~{wanted.distance}")
    yield from _any(wanted, sign, language)
    title = [sign + _word(word) for word in words_of(wanted.title)]
    if title:
        yield field_name("title", language) + (title[0] if len(title) == 1 else f"({' '.join(title)})")
    yield from (f"-{sign}{_word(word)}" for word in words_of(wanted.none))
    for field in NAME_FIELDS:
        if value := quoted(getattr(wanted, field)):
            yield field_name(field, language) + value
    if wanted.first or wanted.last:  # last of all: a date takes as many words as make one
        yield field_name("date", language) + days_text(wanted.first, wanted.last)


def _any(wanted: AdvancedQuery, sign: str, language: str) -> Iterator[str]:
    """The words of the field `any`, joined by OR. An أو that was typed between two of them is not a word to search."""
    words = words_of(wanted.any)
    inner = [word for at, word in enumerate(words) if not (0 < at < len(words) - 1 and _is_or(word))]
    if inner:
        joined = f" {_OR[language]} ".join(sign + _word(word) for word in inner)
        yield f"({joined})" if len(inner) > 1 else joined


def _is_or(word: str) -> bool:
    return [lexeme.kind for lexeme in lex(word, Remarks())] == [Kind.OR]


def _word(word: str) -> str:
    return word if _lexes_as_word(word) else f'"{word}"'


def _phrase(text: str) -> str:
    inside = _QUOTES.sub(" ", clean(text)).strip()
    return f'"{inside}"' if _has_word(inside) else ""


def _has_word(text: str) -> bool:
    return any(True for _ in spans(text))


def _lexes_as_word(word: str) -> bool:
    """Whether the lexer reads the unquoted word as exactly this one word, without an operator and without a remark."""
    remarks = Remarks()
    read = lex(word, remarks)
    return [(lexeme.kind, lexeme.text) for lexeme in read] == [(Kind.WORD, word)] and not remarks.build()


def _year(first: date | None, last: date | None) -> tuple[str, str] | None:
    whole = (first is None or (first.month, first.day) == (1, 1)) and (
        last is None or (last.month, last.day) == (12, 31)
    )
    return (f"{first.year:04}" if first else "", f"{last.year:04}" if last else "") if whole else None


def _month(first: date | None, last: date | None) -> tuple[str, str] | None:
    whole = (first is None or first.day == 1) and (
        last is None or last.day == calendar.monthrange(last.year, last.month)[1]
    )
    return (first.isoformat()[:7] if first else "", last.isoformat()[:7] if last else "") if whole else None


def _joined(first: str, last: str) -> str:
    return first if first == last else f"{first}..{last}"


def _reads(text: str, first: date | None, last: date | None) -> bool:
    span = read_span(text, today=date(2000, 1, 1))  # any day: nothing here is counted from it
    return span is not None and (span.first, span.last) == (first, last)
