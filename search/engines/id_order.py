"""The order of articles that nothing else tells apart: by id, the same in every engine and after every rebuild.

An engine sorts by what it keeps as numbers. So each article has a number drawn from its id, and an open index works out
once which number belongs to which place in the alphabet. Called by the engines.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import Final

import numpy as np
import numpy.typing as npt

# Articles of one moment, or without any, that are put in the order of their ids. Where more match, they are put in the
# order of their numbers, which an engine finds without reading all of them.
MOST_BY_ID: Final = 100_000


def id_number(id: str) -> int:
    """A number from 0 to 2**63 - 1 drawn from an id; two ids of one archive practically never share one."""
    return int.from_bytes(blake2b(id.encode("utf-8", "surrogatepass"), digest_size=8).digest()) >> 1


class IdOrder:
    """The ids of one open index in alphabetical order, looked up by their numbers."""

    def __init__(self, ids: Iterable[str]) -> None:
        numbers = np.fromiter(map(id_number, sorted(ids)), dtype=np.int64)
        self._ranks = np.argsort(numbers)
        self._numbers = numbers[self._ranks]

    def ranks(self, numbers: Sequence[int]) -> npt.NDArray[np.int64]:
        """For each number the place of its id in the alphabet; every number must be one of this index's ids."""
        return self._ranks[np.searchsorted(self._numbers, np.asarray(numbers, dtype=np.int64))]
