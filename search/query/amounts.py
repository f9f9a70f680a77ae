"""The numbers of a query, with the words that they stand beside → clauses for articles that have them so.

In: the tokens of a query, in order. Out: clauses over positions in body or headline, each with its share of the weight
that a profile of `search/ranking` gives. So an article with «5 مليارات دولار» comes before one with «5.3 مليار دولار»
and a 5 elsewhere, which matches too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, product

from search.analysis.amounts import forms_of_unit, is_number, is_unit, is_year, written_orders
from search.analysis.analyzer import AnalyzedToken
from search.query.clauses import Clause, any_of
from search.query.field_clauses import word_phrase

_LONGEST = 3  # words of an amount: 5 مليارات دولار, 15 يوليو 2016


def amounts(tokens: Sequence[AnalyzedToken], name: str) -> Iterator[tuple[Clause, float]]:
    """Yield the clauses of each amount: its words in a row, and of three words also two of them, for half as much.

    name: "body" or "title", where they are looked for.
    """
    words = ["" if token.function else token.word for token in tokens]
    for row in dict.fromkeys(row for at in range(len(words)) for row in _rows(words, at)):
        yield _in_a_row(name, row), 1.0
        if len(row) == _LONGEST:
            yield from ((_in_a_row(name, pair), 0.5) for pair in pairwise(row))


def _rows(words: Sequence[str], at: int) -> Iterator[tuple[str, ...]]:
    """Yield the rows of words to which the number at this index belongs, if it is one: with the units behind it, else
    with the word behind and with the word before it (المادة 140).

    A year belongs to a month only: السعودية إيران 2016 names a time, no number of anything.
    """
    word = words[at]
    if not is_number(word) or (is_year(word) and not (at and is_unit(words[at - 1]))):
        return
    row = words[at : at + _LONGEST]
    units = next((n for n, unit in enumerate(row) if n and not _goes_on(n, unit)), len(row))
    if units > 1:
        yield tuple(row[:units])
        return
    for first in (at - 1, at):
        if first >= 0 and first + 1 < len(words) and all(words[first : first + 2]):
            yield words[first], words[first + 1]


def _goes_on(position: int, word: str) -> bool:
    """Whether this word of an amount belongs to the number at position 0: a unit, or the year behind a month."""
    return is_unit(word) or (position > 1 and is_year(word))


def _in_a_row(name: str, words: tuple[str, ...]) -> Clause:
    forms = product(*(forms_of_unit(word) or (word,) for word in words))
    rows = [row for form in forms for row in written_orders(form)]
    return any_of(*(word_phrase(name, row) for row in rows if len(set(row)) == len(row)))
