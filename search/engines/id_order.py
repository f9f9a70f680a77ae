"""The order of articles with equal dates: alphabetical by id, the same in every engine and after every rebuild.

In: the ids of an open index. Out: the alphabetical rank of each. An engine sorts by numbers that it stores. So each
article stores a number computed from its id, and an open index computes once the rank that each number stands for.
Called by the engines.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

# Articles of one moment, or without a date, that are sorted by id at most. If more match, they are sorted by the number
# of their id, which an engine does without reading all of them.
MOST_BY_ID: Final = 100_000
NUMBER_BITS: Final = 63  # of the number of an id


def id_number(id: str) -> int:
    """Return a number from 0 to 2**63 - 1 for an id, by hashing; two ids of an archive practically never share one."""
    return int.from_bytes(blake2b(id.encode("utf-8", "surrogatepass"), digest_size=8).digest()) >> (64 - NUMBER_BITS)


class IdOrder:
    """The ids of one open index in alphabetical order, looked up by their numbers."""

    def __init__(self, ids: Iterable[str]) -> None:
        import numpy as np  # when ids are sorted: a command that finds by relevance does without

        numbers = np.fromiter(map(id_number, sorted(ids)), dtype=np.int64)
        self._ranks = np.argsort(numbers)
        self._numbers = numbers[self._ranks]

    def ranks(self, numbers: Sequence[int]) -> npt.NDArray[np.int64]:
        """Return the alphabetical rank of the id of each number, shape (len(numbers),); all must be of this index."""
        import numpy as np

        return self._ranks[np.searchsorted(self._numbers, np.asarray(numbers, dtype=np.int64))]
