"""Remarks for the reader about how a query was read, such as a quote that is not closed.

In: a kind of remark and the part of the query that it is about. Out: `Remark`s, without repetitions. Called by the
lexer, the parser, the rewriter and the expander; `search/pages/sentences.py` has the sentence of each kind.
"""

from __future__ import annotations

from typing import Final

from search.query.operators import MOST_CHARACTERS, MOST_DEPTH, MOST_SLOP, MOST_WORDS
from search.query.tree import NoteValues, Remark

_MOST_OF_A_KIND: Final = 3
_LONGEST_PIECE: Final = 40  # characters
_LIMITS: Final = {
    "cut-length": MOST_CHARACTERS,
    "cut-words": MOST_WORDS,
    "deep-parentheses": MOST_DEPTH,
    "near-cut": MOST_SLOP,
}
KINDS: Final = frozenset(
    {
        *_LIMITS,
        "unclosed-quote",
        "stray-quote",
        "unclosed-parenthesis",
        "stray-parenthesis",
        "stray-operator",
        "empty-field",
        "bad-date",
        "short-prefix",
        "prefix-cut",
        "short-fuzzy",
        "fuzzy-cut",
        "only-negative",
        "budget-similar",
        "budget-near",
        "budget-phrase",
        "budget-exact",
        "budget-without",
        "budget-names",
        "budget-readings",
        "budget-synonyms",
        "empty",
    }
)


class Remarks:
    """Collects the remarks on one query in order, each once and at most three of a kind."""

    def __init__(self) -> None:
        self._found: dict[Remark, None] = {}

    def add(self, kind: str, piece: str = "") -> None:
        """Add a remark of one of the KINDS about a piece of the query, of which 40 characters are shown."""
        shown = piece if len(piece) <= _LONGEST_PIECE else piece[:_LONGEST_PIECE] + "…"
        values: NoteValues = (("piece", shown),) if shown else ()
        if kind in _LIMITS:
            values += (("limit", _LIMITS[kind]),)
        if sum(remark.kind == kind for remark in self._found) < _MOST_OF_A_KIND:
            self._found[Remark(kind, values)] = None

    def build(self) -> tuple[Remark, ...]:
        """Return the remarks in the order in which they were added."""
        return tuple(self._found)
