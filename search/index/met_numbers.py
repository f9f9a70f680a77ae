"""Numbers that were met, of which it is remembered in bounded memory that they were: a Bloom filter.

In: numbers, such as the bands of the articles that a run wrote. Out: which of other numbers may be among them, so that
an index is asked for these alone. Called by `near_duplicates.py` and `indexer/intake.py`.

B. Bloom, Space/Time Trade-offs in Hash Coding with Allowable Errors (1970): each number sets four bits, which its hash
chooses. A number whose bits are not all set was never met. Of those that were not met 1 in 400 seems to have been, at
most: there are 16 bits for each number that is remembered.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from search.analysis.batch.hashing import Hashes, mixed

_ROOM: Final = 16  # bits for each number
_BITS_OF_EACH: Final = 4
_OF_BIT: Final = np.left_shift(np.uint8(1), np.arange(8, dtype=np.uint8))


class MetNumbers:
    """Numbers of 64 bits that were met. most: how many are remembered, a power of two, in twice as many bytes."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._bytes = np.zeros(most * _ROOM // 8, np.uint8)
        self._last = np.uint64(most * _ROOM - 1)
        self._count = 0

    @property
    def is_full(self) -> bool:
        """Whether more were met than are remembered well: then it is better to ask the index."""
        return self._count > self._most

    def add(self, numbers: Hashes) -> None:
        """Remember these numbers."""
        self._count += len(numbers)
        for at in self._places(numbers):
            np.bitwise_or.at(self._bytes, at >> 3, _OF_BIT[at & 7])

    def may_have(self, numbers: Hashes) -> NDArray[np.bool_]:
        """Return for each number whether it may have been met: True for all that were."""
        found = np.ones(len(numbers), np.bool_)
        for at in self._places(numbers):
            found &= self._bytes[at >> 3] & _OF_BIT[at & 7] != 0
        return found

    def _places(self, numbers: Hashes) -> Iterator[NDArray[np.int64]]:
        """Give the bits of each number, four arrays: in steps as wide as the upper half of its hash.

        A. Kirsch and M. Mitzenmacher, Less Hashing, Same Performance: Building a Better Bloom Filter (2006).
        """
        hashes = mixed(numbers)
        steps = (hashes >> np.uint64(32)) | np.uint64(1)
        for _ in range(_BITS_OF_EACH):
            yield (hashes & self._last).astype(np.int64)
            hashes = hashes + steps
