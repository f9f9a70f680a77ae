"""How many articles of an index are copies of others: no search has more copies among its matches than these.

In: an engine. Out: a number, once it is known. `search/extent.py` asks for it where more articles match than a list can
show: less all copies of the index they are often still enough to fill it, and then no copies need be counted. Counting
all takes as long as some thirty such lists (0.19 s of 600,000 articles), so it is done when as many were asked for, or
before a site serves (`OpenIndex.warm`).
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from search.engines.base import Engine
from search.query.clauses import Between
from search.whole_answers import answered

_WORTH: Final = 24  # lists
_A_PART: Final = 30_000  # articles, so that their groups are surely fewer than an engine counts values
_GROUPS: Final = 2**63  # numbers of groups; they are digests, so that equal shares of them have about as many articles


class AllCopies:
    """The copies of one open index. Safe to share between threads.

    countable: whether the engine counts them in little time
    """

    def __init__(self, engine: Engine, *, countable: bool) -> None:
        self._engine = engine
        self._countable = countable
        self._asked = 0
        self._number: int | None = None

    def known(self) -> int | None:
        """Return how many articles there are beside one of each group; None while it is not worth counting."""
        if self._number is None:
            self._asked += 1
            if self._asked > _WORTH:
                self.count()
        return self._number

    def count(self) -> None:
        """Count them now, where that takes little time."""
        if self._countable and self._number is None:
            number, is_whole = answered(self._count)
            self._number = number if is_whole else None

    def _count(self) -> int:
        parts = -(-self._engine.documents // _A_PART)
        bounds = [_GROUPS * part // parts for part in range(parts)] + [_GROUPS]
        return sum(self._between(low, high - 1) for low, high in pairwise(bounds))

    def _between(self, first: int, last: int) -> int:
        sizes = self._engine.counts(Between("group", first, last), ("group",), least=2)["group"]
        return sum(sizes.values()) - len(sizes)
