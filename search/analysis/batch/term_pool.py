"""A pool of bytes that holds the coded terms of all chunks, each where its offset says, in units of four bytes.

In: terms joined by spaces, or letters by the array. Out: offset and size of each, and units gathered by many of them.
Terms are padded with spaces to whole units, so that few numbers move them. Called by `vocabulary.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from search.analysis.batch.hashing import Offsets
from search.analysis.term_encoding import encode_terms
from search.analysis.token_pairs import OTHER_FORM, SAME_FORM_SIGNS

Numbers = NDArray[np.int32]
Units = NDArray[np.uint32]

UNIT: Final = 4  # bytes
_SPACE: Final = ord(" ")
_BREAK: Final = "\n"  # no term holds it
_LIKEWISE: Final = np.frombuffer(SAME_FORM_SIGNS.encode(), np.uint8)


class TermPool:
    """Grows as it is filled. `used`: units that hold something."""

    def __init__(self) -> None:
        self._units = np.zeros(2**16, np.uint32)
        self.used = 0

    def put(self, terms: Sequence[str]) -> Numbers:
        """Store terms joined by spaces, a space or more behind them; return a row of offset and size in units for each
        of the strings, 0 and 0 for an empty one.
        """
        letters = np.frombuffer(encode_terms(_BREAK.join((*terms, ""))).encode(), np.uint8)
        ends = (letters == ord(_BREAK)).nonzero()[0]
        begins = ends.copy()
        begins[1:] = ends[:-1] + 1
        begins[:1] = 0
        sizes = np.where(ends > begins, (ends - begins) // UNIT + 1, 0)
        offsets, padded = self._blank(sizes)
        _lay(padded, (offsets - self.used) * UNIT, letters, begins, ends)
        return self._append(padded, offsets, sizes)

    def put_pairs(self, letters: NDArray[np.uint8], begins: Offsets, words: Offsets, ends: Offsets) -> Numbers:
        """Store pairs (pairs.py) of tokens `letters[begin:end]` whose terms at the level word are `letters[word:end]`;
        return a row of offset and size for each.
        """
        apart = (words > begins).nonzero()[0]
        lengths = ends - words
        whole = lengths + len(f" {OTHER_FORM}")
        whole[apart] += ends[apart] - begins[apart]
        sizes = whole // UNIT + 1
        offsets, padded = self._blank(sizes)
        at = (offsets - self.used) * UNIT
        _lay(padded, at, letters, words, ends)
        at += lengths + 1
        padded[at] = _LIKEWISE[letters[words] % len(_LIKEWISE)]
        padded[at[apart]] = ord(OTHER_FORM)
        _lay(padded, at[apart] + 1, letters, begins[apart], ends[apart])
        return self._append(padded, offsets, sizes)

    def gather(self, offsets: Numbers, sizes: Numbers, ends: Numbers) -> Units:
        """Return the units at one offset after another; `ends`: the sums of their sizes."""
        places = (offsets - ends + sizes).repeat(sizes)
        places += np.arange(len(places), dtype=np.int32)
        return self._units.take(places)

    def _blank(self, sizes: Offsets) -> tuple[Offsets, NDArray[np.uint8]]:
        """Offsets for what has these sizes, and as many spaces."""
        ends = sizes.cumsum()
        return self.used + ends - sizes, np.full(UNIT * int(sizes.sum()), _SPACE, np.uint8)

    def _append(self, padded: NDArray[np.uint8], offsets: Offsets, sizes: Offsets) -> Numbers:
        units = padded.view(np.uint32)
        used = self.used + len(units)
        if used > len(self._units):
            self._units = np.concatenate([self._units, np.zeros(used, np.uint32)])
        self._units[self.used : used] = units
        self.used = used
        return np.stack([np.where(sizes, offsets, 0), sizes], axis=1).astype(np.int32)


def _lay(target: NDArray[np.uint8], at: Offsets, letters: NDArray[np.uint8], begins: Offsets, ends: Offsets) -> None:
    """Copies each `letters[begin:end]` to its place in the target."""
    lengths = ends - begins
    steps = np.arange(int(lengths.sum())) - (lengths.cumsum() - lengths).repeat(lengths)
    target[at.repeat(lengths) + steps] = letters[begins.repeat(lengths) + steps]
