"""Estimates what the clauses of a query cost before they run, and limits what all clauses of one query may cost.

In: a clause and the document frequencies of its terms. Out: its estimated cost in microseconds of one core of 2020, and
an `Allowance` that says whether the query has that much left. An engine cannot be interrupted while it runs a clause,
so the cost is limited beforehand. The estimate depends on the index alone and not on measured time, so that a query has
the same answer on a busy machine. Called by `rewrite.py` and `cost_limiter.py`, which make cheaper clauses instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Final

from search.analysis.vocalisation import INNER_MARKS
from search.query.clauses import Clause, Combine, PhraseClause, Similar
from search.query.field_clauses import DocumentFrequencies
from search.query.tree import And, Not, Or, Prefix, Tree, Word

MOST_WORK: Final = 100_000.0  # microseconds; an ordinary phrase takes a few thousand, each `~2` some thirty thousand
MOST_EXPANSIONS: Final = 256  # terms to which one prefix is expanded, or vocalised terms that one word is compared with
MOST_PREFIX_TERMS: Final = 1_024  # terms to which all prefixes of a query together are expanded
MOST_VOCALISED_TERMS: Final = 4_096  # vocalised terms that all words of a query together are compared with
MOST_NAMES: Final = 16  # words of a query whose other spellings are looked up
MOST_READINGS: Final = 64  # further readings that all words of a query together are searched by
MOST_SYNONYMS: Final = 128  # words of synonyms that are added to a query

# Measured with Tantivy at 89,568 articles: 730,000 words in bodies, three segments.
_SIMILAR: Final = {1: 1_000.0, 2: 8_000.0}  # `~1` and `~2`: looking up the terms of one field within that edit distance
_PHRASE: Final = 100.0  # a phrase, whatever its terms
_READ_POSITIONS: Final = 0.3  # reading the positions of a phrase's rarest term in one article


class Allowance:
    """What one query may still cost.

    work                estimated microseconds; spent by `spend`
    terms_per_prefix    terms to which each prefix of the query may be expanded
    vocalised_per_word  vocalised terms that each word typed with harakat may be compared with
    """

    def __init__(self, tree: Tree, work: float = MOST_WORK) -> None:
        self._left = work
        self._names = MOST_NAMES
        self._readings = MOST_READINGS
        self._tree = tree

    @cached_property
    def terms_per_prefix(self) -> int:
        return _share(MOST_PREFIX_TERMS, sum(isinstance(leaf, Prefix) for leaf in _leaves(self._tree)))

    @cached_property
    def vocalised_per_word(self) -> int:
        having = (isinstance(leaf, Word) and _has_harakat(leaf) for leaf in _leaves(self._tree))
        return _share(MOST_VOCALISED_TERMS, sum(having))

    def spend(self, cost: float) -> bool:
        """Spend this cost, in microseconds, and return True, unless nothing is left.

        The last clause may cost more than is left, so that a single phrase is searched in an archive of any size.
        """
        if cost and self._left <= 0:
            return False
        self._left -= cost
        return True

    def spend_if_covered(self, cost: float) -> bool:
        """Spend this cost and return True only if at least as much is left; for clauses that have a cheaper version."""
        return cost <= self._left and self.spend(cost)

    def spend_name(self) -> bool:
        """Return whether the other spellings of one more name may be looked up."""
        self._names -= 1
        return self._names >= 0

    def spend_readings(self, wanted: int) -> bool:
        """Return whether so many further readings of one more word may be searched; its readings go together."""
        if wanted > self._readings:
            return False
        self._readings -= wanted
        return True


def cost(clause: Clause, frequencies: DocumentFrequencies | None) -> float:
    """Return the estimated microseconds for finding the articles of a clause; 0 for cheap clauses, such as a term.

    Without document frequencies a phrase is taken to cost nothing.
    """
    match clause:
        case PhraseClause(field, texts):
            return _PHRASE + _READ_POSITIONS * min(frequencies(field, texts)) if frequencies else 0.0
        case Similar(_, _, distance):
            return _SIMILAR[distance]
        case Combine(must, should, must_not):
            return sum(cost(part, frequencies) for part in (*must, *should, *must_not))
        case _:
            return 0.0


def cached_frequencies(frequencies: DocumentFrequencies) -> DocumentFrequencies:
    """Return the same function with a cache, so that the frequency of each term is looked up once."""
    known: dict[tuple[str, str], int] = {}

    def count(field: str, texts: tuple[str, ...]) -> list[int]:
        new = tuple(text for text in texts if (field, text) not in known)
        if new:
            known.update(zip(((field, text) for text in new), frequencies(field, new), strict=True))
        return [known[field, text] for text in texts]

    return count


def _share(total: int, among: int) -> int:
    return min(MOST_EXPANSIONS, total // max(1, among))


def _has_harakat(word: Word) -> bool:
    return INNER_MARKS.search(word.text) is not None


def _leaves(tree: Tree) -> Iterator[Tree]:
    match tree:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _leaves(part)
        case Not(part):
            yield from _leaves(part)
        case _:
            yield tree
