"""A pool of bytes that holds the coded terms of all chunks, each where its offset says, in units of four bytes.

In: terms joined by spaces, or letters by the array. Out: offset and size of each, and units gathered by many of them.
Terms are padded with spaces to whole units, so that few numbers move them. Called by `vocabulary.py`.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from search.analysis.alphabet import encode_terms
from search.analysis.hashing import Places
from search.analysis.pairs import LIKEWISE, OTHERWISE

Numbers = NDArray[np.int32]
Units = NDArray[np.uint32]

UNIT: Final = 4  # bytes
_SPACE: Final = ord(" ")
_LIKEWISE: Final = np.frombuffer(LIKEWISE.encode(), np.uint8)


class Pool:
    """Grows as it is filled. `used`: units that hold something."""

    def __init__(self) -> None:
        self._units = np.zeros(2**16, np.uint32)
        self.used = 0
        self._fresh: list[bytes] = []  # stored, but not moved to where they belong
        self._places: dict[str, tuple[int, int]] = {}

    def keep(self, terms: str) -> tuple[int, int]:
        """Return offset and size of terms that were perhaps stored before."""
        place = self._places.get(terms)
        if place is None:
            place = self._places[terms] = self.store(terms)
        return place

    def store(self, terms: str) -> tuple[int, int]:
        """Store terms, a space or more behind them; return offset and size in units."""
        if not terms:
            return 0, 0
        raw = encode_terms(terms).encode()
        begin, size = self.used, len(raw) // UNIT + 1
        self._fresh.append(raw.ljust(size * UNIT))
        self.used = begin + size
        return begin, size

    def put_pairs(self, letters: NDArray[np.uint8], begins: Places, words: Places, ends: Places) -> Numbers:
        """Store pairs (pairs.py) of tokens `letters[begin:end]` whose terms at the level word are `letters[word:end]`;
        return a row of offset and size for each.
        """
        self._settle()
        apart = (words > begins).nonzero()[0]
        lengths = ends - words
        whole = lengths + len(f" {OTHERWISE}")
        whole[apart] += ends[apart] - begins[apart]
        sizes = whole // UNIT + 1
        offsets = self.used + sizes.cumsum() - sizes
        padded = np.full(UNIT * int(sizes.sum()), _SPACE, np.uint8)
        at = (offsets - self.used) * UNIT
        _lay(padded, at, letters, words, ends)
        at += lengths + 1
        padded[at] = _LIKEWISE[letters[words] % len(_LIKEWISE)]
        padded[at[apart]] = ord(OTHERWISE)
        _lay(padded, at[apart] + 1, letters, begins[apart], ends[apart])
        self.used += len(padded) // UNIT
        self._write(padded.view(np.uint32))
        return np.stack([offsets, sizes], axis=1).astype(np.int32)

    def gather(self, offsets: Numbers, sizes: Numbers, ends: Numbers) -> Units:
        """Return the units at one offset after another; `ends`: the sums of their sizes."""
        self._settle()
        places = (offsets - ends + sizes).repeat(sizes)
        places += np.arange(len(places), dtype=np.int32)
        return self._units.take(places)

    def _settle(self) -> None:
        if self._fresh:
            units = np.frombuffer(b"".join(self._fresh), np.uint32)
            self._fresh.clear()
            self._write(units)

    def _write(self, units: Units) -> None:
        """Fills the last of the units that are used."""
        if self.used > len(self._units):
            self._units = np.concatenate([self._units, np.zeros(self.used, np.uint32)])
        self._units[self.used - len(units) : self.used] = units


def _lay(target: NDArray[np.uint8], at: Places, letters: NDArray[np.uint8], begins: Places, ends: Places) -> None:
    """Copies each `letters[begin:end]` to its place in the target."""
    lengths = ends - begins
    steps = np.arange(int(lengths.sum())) - (lengths.cumsum() - lengths).repeat(lengths)
    target[at.repeat(lengths) + steps] = letters[begins.repeat(lengths) + steps]
