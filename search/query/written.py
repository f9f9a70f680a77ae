"""Words and rows of words, with or without their particles → clauses over the fields that hold those levels.

In: "title", "body" or a field of names, and terms of the levels word and exact. Out: clauses. A headline has a field
for each level; a body has one for both, where each token's word stands beside how it is written (see
search/analysis/token_pairs.py). Called by `rewrite.py`, `search/ranking.py` and `search/results/completion.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Final

from search.analysis.token_pairs import OTHER_FORM, TERMS_PER_TOKEN, is_word_term, other_form, same_form
from search.query.clauses import Clause, PhraseClause, Term, TermSet, all_of, any_of
from search.query.tree import NAME_FIELDS

Frequencies = Callable[[str, tuple[str, ...]], list[int]]  # of terms of a field: in how many articles

_BODY: Final = "body"
_Way = tuple[tuple[int, str], ...]  # how a token may stand in a body: terms, and how far behind its word each stands
_MOST_WAYS: Final = 64  # to write one row; a longer row is asked for in two overlapping halves


@dataclass(frozen=True, slots=True)
class Listing:
    """Where an index lists terms of the level exact, or word: those of a field that begin with `opening`."""

    field: str
    exact: bool
    opening: str = ""

    def texts(self, terms: Iterable[str]) -> list[str]:
        """Terms of the field that begin so → terms of the level."""
        return [text for text in (term.removeprefix(self.opening) for term in terms) if is_word_term(text)]

    def term(self, text: str) -> Term:
        """Articles with this term of the level."""
        return Term(self.field, self.opening + text)

    def any_of(self, texts: Iterable[str]) -> TermSet:
        """Articles with any of these terms of the level."""
        return TermSet(self.field, tuple(self.opening + text for text in texts))


def word_row(name: str, texts: tuple[str, ...], *, slop: int = 0) -> Clause:
    """These words one after another; with slop, two words where the second is at most so far from its place."""
    field = _field(name)
    if len(texts) == 1:
        return Term(field, texts[0])
    if name != _BODY:
        return PhraseClause(field, texts, slop)
    return PhraseClause(
        field, texts, TERMS_PER_TOKEN * slop, tuple(range(0, TERMS_PER_TOKEN * len(texts), TERMS_PER_TOKEN))
    )


def near_words(name: str, pair: tuple[str, str], slop: int) -> Clause:
    """Two different words in any order with at most `slop` others between them."""
    return any_of(word_row(name, pair, slop=slop), word_row(name, pair[::-1], slop=slop))


def exact_row(name: str, texts: tuple[str, ...], frequencies: Frequencies | None = None, *, gap: int = 1) -> Clause:
    """Tokens written so, each `gap` tokens behind the one before. Frequencies spare the ways in which an index has no
    token written.
    """
    if name != _BODY:
        field, places = f"{name}_exact", tuple(range(0, gap * len(texts), gap))
        return PhraseClause(field, texts, places=places if gap > 1 else ()) if len(texts) > 1 else Term(field, texts[0])
    field = _field(name)
    ways = [_known_ways(field, text, frequencies) for text in texts]
    if prod(map(len, ways)) > _MOST_WAYS:
        half = len(texts) // 2
        first, second = texts[: half + 1], texts[half:]
        return all_of(exact_row(name, first, frequencies, gap=gap), exact_row(name, second, frequencies, gap=gap))
    return any_of(*(_laid_out(field, row, gap) for row in product(*ways)))


def near_exact(name: str, pair: tuple[str, str], slop: int, frequencies: Frequencies | None = None) -> Clause:
    """Two different tokens written so, in any order with at most `slop` others between them."""
    if name != _BODY:
        return any_of(*(PhraseClause(f"{name}_exact", row, slop) for row in (pair, pair[::-1])))
    gaps = range(1, slop + 2)
    return any_of(*(exact_row(name, row, frequencies, gap=gap) for row in (pair, pair[::-1]) for gap in gaps))


def rows_of_near(name: str, slop: int) -> int:
    """How many rows `near_exact` asks for, each as many times as a token may be written."""
    return 2 * (slop + 1) if name == _BODY else 2


def near_loosely(name: str, pair: tuple[str, str], slop: int, frequencies: Frequencies | None = None) -> Clause:
    """Articles with two different tokens written so, and a word of each, written however, near one of the other: all
    that `near_exact` finds and some more, by a few clauses where those are hundreds.
    """
    if name != _BODY:
        return near_exact(name, pair, slop, frequencies)
    field = _field(name)
    ways = [[way[0] for way in _known_ways(field, text, frequencies)] for text in pair]
    orders = (order for one, other in product(*ways) for order in ((one, other), (other, one)))
    near = any_of(*(_loose(field, *order, slop) for order in orders))
    return all_of(*(exact_row(name, (text,), frequencies) for text in pair), near)


def anywhere(name: str, texts: Iterable[str], *, exact: bool) -> Clause:
    """Articles with all of these terms of the level exact, or word, wherever they stand."""
    found = [listing for listing in listings(name) if listing.exact == exact or name == _BODY]
    return all_of(*(any_of(*(listing.term(text) for listing in found)) for text in dict.fromkeys(texts)))


def listings(name: str) -> tuple[Listing, ...]:
    """Where the words of a text or of names are listed."""
    if name == _BODY:
        return Listing(_field(name), exact=False), Listing(_field(name), exact=True, opening=OTHER_FORM)
    if name in NAME_FIELDS:
        return (Listing(_field(name), exact=False),)
    return Listing(_field(name), exact=False), Listing(f"{name}_exact", exact=True)


def _field(name: str) -> str:
    return f"{name}_word"


def _ways(text: str) -> tuple[_Way, _Way]:
    """A token is written like its word, or otherwise."""
    return ((0, text), (1, same_form(text))), ((1, other_form(text)),)


def _known_ways(field: str, text: str, frequencies: Frequencies | None) -> list[_Way]:
    """Those ways in which the index has the token written."""
    return [way for way in _ways(text) if not frequencies or all(frequencies(field, _terms(way)))]


def _loose(field: str, first: tuple[int, str], second: tuple[int, str], slop: int) -> Clause:
    """A term of one token, then one of another; each with how far behind its word it stands."""
    places = (0, TERMS_PER_TOKEN + second[0] - first[0])
    return PhraseClause(field, (first[1], second[1]), TERMS_PER_TOKEN * slop, places)


def _terms(way: _Way) -> tuple[str, ...]:
    return tuple(term for _, term in way)


def _laid_out(field: str, row: Iterable[_Way], gap: int) -> Clause:
    """The terms of these tokens at their places."""
    placed = [(TERMS_PER_TOKEN * gap * at + behind, term) for at, way in enumerate(row) for behind, term in way]
    first = placed[0][0]
    if len(placed) == 1:
        return Term(field, placed[0][1])
    return PhraseClause(field, tuple(term for _, term in placed), places=tuple(place - first for place, _ in placed))
