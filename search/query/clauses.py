"""Clauses: the queries that an engine executes, as a tree over index terms of the fields of `search/schema.py`.

`search/query/rewrite.py` makes the clauses that match, `search/ranking` those that score; each engine translates
them into queries of its library. For the same clause every engine matches exactly the same articles; scores may differ
in the last digits, since each engine computes BM25 itself.
"""

from __future__ import annotations

import msgspec


class Term(msgspec.Struct, frozen=True, gc=False):
    """Matches articles with this term; scores BM25 in a TERMS field, 1 in a KEYWORD field."""

    field: str
    text: str


class TermSet(msgspec.Struct, frozen=True, gc=False):
    """Matches articles with any of these terms; scores 1. For a prefix's expansions and for lists of ids."""

    field: str
    texts: tuple[str, ...]


class PhraseClause(msgspec.Struct, frozen=True, gc=False):
    """Matches two or more terms of a POSITIONS field at given distances; scores BM25 of the phrase as one term.

    positions   the position of each term relative to the first, ascending from 0; () for one after another
    slop        above 0 only for exactly two different terms: they match where
                abs(position of the second - position of the first - positions[1]) <= slop
    """

    field: str
    texts: tuple[str, ...]
    slop: int = 0
    positions: tuple[int, ...] = ()

    @property
    def term_positions(self) -> tuple[int, ...]:
        """The position of each term relative to the first, also where `positions` is ()."""
        return self.positions or tuple(range(len(self.texts)))


class Similar(msgspec.Struct, frozen=True, gc=False):
    """Matches articles with a term at most `distance` (1 or 2) edits (Levenshtein) from `text`; scores 1."""

    field: str
    text: str
    distance: int = 1


class Between(msgspec.Struct, frozen=True, gc=False):
    """Matches articles whose NUMBER field lies within the bounds, both included (None: unbounded); scores 1."""

    field: str
    low: int | None = None
    high: int | None = None


class Combine(msgspec.Struct, frozen=True, gc=False):
    """Matches all of `must`, none of `must_not` and at least `least` of `should`; scores the sum of what matches.

    Without `must` and `should` it matches no article, whatever `must_not` holds. Without `must` at least one of
    `should` has to match; with `must` and `least` 0, `should` only adds to the score.
    """

    must: tuple[Clause, ...] = ()
    should: tuple[Clause, ...] = ()
    must_not: tuple[Clause, ...] = ()
    least: int = 0


class Boost(msgspec.Struct, frozen=True, gc=False):
    """Matches the articles of the clause, their scores multiplied by `factor` (> 0)."""

    clause: Clause
    factor: float


class Constant(msgspec.Struct, frozen=True, gc=False):
    """Matches the articles of the clause, each with the score `score` (>= 0)."""

    clause: Clause
    score: float = 0.0


class Everything(msgspec.Struct, frozen=True, gc=False):
    """Matches every article; scores 1."""


class Nothing(msgspec.Struct, frozen=True, gc=False):
    """Matches no article."""


Clause = Term | TermSet | PhraseClause | Similar | Between | Combine | Boost | Constant | Everything | Nothing


def any_of(*clauses: Clause) -> Clause:
    """Return the clause for articles that match at least one of the clauses; Nothing if there are none."""
    return clauses[0] if len(clauses) == 1 else Combine(should=clauses, least=1) if clauses else Nothing()


def all_of(*clauses: Clause) -> Clause:
    """Return the clause for articles that match every clause; Everything if there are none."""
    return clauses[0] if len(clauses) == 1 else Combine(must=clauses) if clauses else Everything()


def filtered(clause: Clause, *filters: Clause) -> Clause:
    """Return the clause for its articles that match every filter; the filters do not change the scores."""
    return Combine(must=(clause, *(Constant(f, 0.0) for f in filters))) if filters else clause
