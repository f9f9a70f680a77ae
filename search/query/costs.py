"""What the clauses of one query may cost, decided before they run: an engine cannot be interrupted.

In: how often the terms of a clause stand in the index. Out: an estimate in microseconds of one core of 2020, and an
`Allowance` that says whether there is still room for it. The estimate counts and does not measure, so that the same
query has the same answer on a busy machine. Called by `rewrite.py`, which makes something cheaper where there is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from search.analysis.vocalisation import INNER_MARKS
from search.query.clauses import Clause, Combine, PhraseClause, Similar
from search.query.tree import And, Not, Or, Prefix, Tree, Word
from search.query.written import Frequencies

MOST_WORK: Final = 100_000.0  # microseconds; an ordinary phrase takes a few thousand, each `~2` some thirty thousand
MOST_EXPANSIONS: Final = (
    256  # terms that one prefix may stand for, or vocalised writings that one word is compared with
)
ALL_PREFIXED: Final = 1_024  # terms that all prefixes of a query may stand for
ALL_MARKED: Final = 4_096  # vocalised writings that all words of a query are compared with
MOST_NAMES: Final = 16  # words of a query whose other spellings are sought
MOST_SYNONYMS: Final = 128  # words of synonyms that all words of a query gain

# Measured with Tantivy at 89,568 articles: 730,000 words in bodies, three segments.
_SIMILAR: Final = {1: 1_000.0, 2: 8_000.0}  # walking the words of one field that are so near
_SEQUENCE: Final = 100.0
_PLACES: Final = 0.3  # reading where the rarest term of a row stands in one article


class Allowance:
    """What is left for one query. `work`: microseconds, as estimated."""

    def __init__(self, tree: Tree, work: float = MOST_WORK) -> None:
        self._left = work
        self._names = MOST_NAMES
        leaves = list(_leaves(tree))
        self.prefixed = _share(ALL_PREFIXED, sum(isinstance(leaf, Prefix) for leaf in leaves))
        self.marked = _share(ALL_MARKED, sum(isinstance(leaf, Word) and _marked(leaf) for leaf in leaves))

    def takes(self, cost: float) -> bool:
        """Whether there is room for work of this cost, which is then used up. The last to get in may exceed what is
        left, so that a single phrase is searched on an archive of any size.
        """
        if cost and self._left <= 0:
            return False
        self._left -= cost
        return True

    def holds(self, cost: float) -> bool:
        """The same for work of which there is a cheaper kind: nothing exceeds what is left."""
        return cost <= self._left and self.takes(cost)

    def takes_name(self) -> bool:
        """Whether the other spellings of one more name may be sought."""
        self._names -= 1
        return self._names >= 0


def cost(clause: Clause, frequencies: Frequencies | None) -> float:
    """What it takes to find the articles of a clause; 0 for what is cheap, such as a term. Without frequencies no row
    of words costs anything.
    """
    match clause:
        case PhraseClause(field, texts):
            return _SEQUENCE + _PLACES * min(frequencies(field, texts)) if frequencies else 0.0
        case Similar(_, _, distance):
            return _SIMILAR[distance]
        case Combine(must, should, must_not):
            return sum(cost(part, frequencies) for part in (*must, *should, *must_not))
        case _:
            return 0.0


def remembered(frequencies: Frequencies) -> Frequencies:
    """The same, each term looked up once."""
    known: dict[tuple[str, str], int] = {}

    def count(field: str, texts: tuple[str, ...]) -> list[int]:
        new = tuple(text for text in texts if (field, text) not in known)
        if new:
            known.update(zip(((field, text) for text in new), frequencies(field, new), strict=True))
        return [known[field, text] for text in texts]

    return count


def _share(all_of_them: int, among: int) -> int:
    return min(MOST_EXPANSIONS, all_of_them // max(1, among))


def _marked(word: Word) -> bool:
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
