"""A query word typed with harakat → how articles write it with theirs, and what is to be left out for it.

In: a token and the index's terms. Out: terms of the field `marked`, and clauses. Called by `rewrite.py`.
"""

from __future__ import annotations

from collections.abc import Callable

from search.analysis.analyzer import AnalyzedToken
from search.analysis.fold import fold, strip_marks
from search.analysis.vocalisation import INNER_MARKS, vocalisation_agrees, vocalised_prefix, written_of
from search.query.clauses import Clause, Combine, TermSet

Terms = Callable[[str, str, int], list[tuple[str, int]]]


def writings(token: AnalyzedToken, terms: Terms, *, most: int, exact: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The commonest vocalised writings of a word typed with harakat: those that agree, and those that contradict."""
    if not INNER_MARKS.search(token.text):
        return (), ()
    found = [text for text, _ in terms("marked", vocalised_prefix(token.word), most)]
    if exact:
        found = [term for term in found if fold(strip_marks(written_of(term))) == token.exact]
    agreeing = tuple(term for term in found if vocalisation_agrees(token.text, written_of(term)))
    return agreeing, tuple(term for term in found if term not in agreeing)


def not_contradicted(clause: Clause, agreeing: tuple[str, ...], others: tuple[str, ...]) -> Clause:
    """Its articles with a writing that agrees, or with none of the others."""
    contradicting: Clause = TermSet("marked", others)
    if agreeing:
        contradicting = Combine(must=(contradicting,), must_not=(TermSet("marked", agreeing),))
    return Combine(must=(clause,), must_not=(contradicting,))
