"""What an engine executes: a tree of index terms over the fields of `search/schema.py`.

`search/query/rewrite.py` and `search/ranking.py` make it, engines translate it. Every engine matches exactly the
same articles for the same clause; scores may differ in the last digits (each engine computes its own BM25).
"""

from __future__ import annotations

import msgspec


class Term(msgspec.Struct, frozen=True):
    """Articles with this term in this TERMS or KEYWORD field; scores BM25 (a KEYWORD scores a constant 1)."""

    field: str
    text: str


class TermSet(msgspec.Struct, frozen=True):
    """Articles with any of these terms; scores a constant 1. For expansions: prefixes, many ids."""

    field: str
    texts: tuple[str, ...]


class PhraseClause(msgspec.Struct, frozen=True):
    """Two or more terms of a POSITIONS field at certain distances; scores BM25 of the whole.

    places: how far behind the first each stands, 0 for itself, rising; () for one after another. slop > 0 is for
    exactly two different terms: they match where
    abs(position of the second - position of the first - its place) <= slop.
    """

    field: str
    texts: tuple[str, ...]
    slop: int = 0
    places: tuple[int, ...] = ()

    @property
    def offsets(self) -> tuple[int, ...]:
        """The places, also where they were left out."""
        return self.places or tuple(range(len(self.texts)))


class Similar(msgspec.Struct, frozen=True):
    """Terms at most `distance` (1 or 2) single-letter edits (Levenshtein) from `text`; scores a constant 1."""

    field: str
    text: str
    distance: int = 1


class Between(msgspec.Struct, frozen=True):
    """Articles whose NUMBER field lies within the inclusive bounds (None: open); scores a constant 1."""

    field: str
    low: int | None = None
    high: int | None = None


class Combine(msgspec.Struct, frozen=True):
    """All of `must`, none of `must_not`, at least `least` of `should`; the score is the sum of those that match.

    With neither must nor should it matches nothing, whatever must_not says. Without must at least one of should has
    to match; with must and `least` 0, should only adds to the score.
    """

    must: tuple[Clause, ...] = ()
    should: tuple[Clause, ...] = ()
    must_not: tuple[Clause, ...] = ()
    least: int = 0


class Boost(msgspec.Struct, frozen=True):
    """The same articles, the score multiplied by `factor` (> 0)."""

    clause: Clause
    factor: float


class Constant(msgspec.Struct, frozen=True):
    """The same articles, each with the score `score` (>= 0)."""

    clause: Clause
    score: float = 0.0


class Everything(msgspec.Struct, frozen=True):
    """Every article, score 1."""


class Nothing(msgspec.Struct, frozen=True):
    """No article."""


Clause = Term | TermSet | PhraseClause | Similar | Between | Combine | Boost | Constant | Everything | Nothing


def any_of(*clauses: Clause) -> Clause:
    """Articles that match at least one of the clauses; Nothing for none."""
    return clauses[0] if len(clauses) == 1 else Combine(should=clauses, least=1) if clauses else Nothing()


def all_of(*clauses: Clause) -> Clause:
    """Articles that match every clause; Everything for none."""
    return clauses[0] if len(clauses) == 1 else Combine(must=clauses) if clauses else Everything()


def filtered(clause: Clause, *filters: Clause) -> Clause:
    """The clause's articles and scores, only where every filter matches; filters add nothing to the score."""
    return Combine(must=(clause, *(Constant(f, 0.0) for f in filters))) if filters else clause
