"""A query word typed with harakat → vocalised terms of the index that agree with it, and those that contradict it.

In: a token of the query and the terms of the field `marked`, which holds the words that articles write with harakat
(see search/analysis/vocalisation.py). Out: terms of that field, and clauses over it. Called by `rewrite.py`.
"""

from __future__ import annotations

from collections.abc import Callable

from search.analysis.analyzer import AnalyzedToken
from search.analysis.fold import fold, strip_marks
from search.analysis.vocalisation import INNER_MARKS, vocalisation_agrees, vocalised_prefix, written_of
from search.query.clauses import Clause, Combine, TermSet
from search.query.costs import Allowance

# A field, the beginning of a term, how many at most → the commonest such terms, each with its document frequency.
TermLookup = Callable[[str, str, int], list[tuple[str, int]]]


def vocalised_terms(
    token: AnalyzedToken, terms: TermLookup, allowance: Allowance, *, exact: bool
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the vocalised terms whose harakat agree with those of a token, and those whose harakat contradict them.

    Of the index's vocalised terms of the word as many of the commonest are compared as the query is allowed; with
    `exact` only those of the token's exact term. Both are empty for a token without harakat.
    """
    if not INNER_MARKS.search(token.text):
        return (), ()
    found = [text for text, _ in terms("marked", vocalised_prefix(token.word), allowance.vocalised_per_word)]
    if exact:
        found = [term for term in found if fold(strip_marks(written_of(term))) == token.exact]
    agreeing = tuple(term for term in found if vocalisation_agrees(token.text, written_of(term)))
    return agreeing, tuple(term for term in found if term not in agreeing)


def without_contradicting(clause: Clause, agreeing: tuple[str, ...], others: tuple[str, ...]) -> Clause:
    """Return the clause without the articles that have a contradicting vocalised term and none that agrees."""
    contradicting: Clause = TermSet("marked", others)
    if agreeing:
        contradicting = Combine(must=(contradicting,), must_not=(TermSet("marked", agreeing),))
    return Combine(must=(clause,), must_not=(contradicting,))
