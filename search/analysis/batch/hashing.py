"""64-bit hashes of all words of a text at once, by numpy, without a Python object for each word.

In: a text as an array of UTF-16 units, and the offsets at which its words begin and end. Out: one hash for each word,
which does not depend on the word's offset. Called by `chunk_vocabulary.py`, `lemma_lookup.py` and the program that
stamps the lemma table; the near-duplicate search makes shingles of the hashes.

The hash of a word is a polynomial of its letters modulo 2**64, as in Rabin and Karp's rolling hash: the difference of
two prefix sums over the whole text, times the inverse of the power of the base that stands at the word's offset.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

Units = NDArray[np.uint16]  # UTF-16 units of a text, in order
Hashes = NDArray[np.uint64]
Offsets = NDArray[np.int64]  # offsets into an array of units or letters, or indices of chunks

_LONGEST_LINES: Final = 2**16  # characters of the lines that are hashed at once
_BREAK: Final = "\n"
_BASE: Final = 0x9E3779B97F4A7C15  # odd, so that it has an inverse modulo 2**64
_MIX: Final = np.uint64(0xD6E8FEB86659FD93)
_HALF: Final = np.uint64(32)


def hash_words(units: Units, begins: Offsets, ends: Offsets) -> Hashes:
    """Return the hash of each word `units[begin:end]` (as many as `begins`) of a text."""
    sums = np.zeros(len(units) + 1, np.uint64)
    np.cumsum(units.astype(np.uint64) * powers(len(units)), out=sums[1:])
    return mixed((sums[ends] - sums[begins]) * _INVERSES.first(len(units) + 1)[begins])


def hash_lines(lines: Sequence[str]) -> Hashes:
    """Return the hash of each line, hashed as one word; 0 for an empty line.

    Of a line of more than 65,534 characters only the beginning is hashed.
    """
    joined = _BREAK + _BREAK.join(lines) + _BREAK
    if len(joined) > _LONGEST_LINES:
        if len(lines) > 1:
            half = len(lines) // 2
            return np.concatenate([hash_lines(lines[:half]), hash_lines(lines[half:])])
        joined = joined[: _LONGEST_LINES - 1] + _BREAK
    units = np.frombuffer(joined.encode("utf-16-le", "surrogatepass"), np.dtype("<u2"))
    breaks = (units == ord(_BREAK)).nonzero()[0]
    return hash_words(units, breaks[:-1] + 1, breaks[1:])


def powers(count: int) -> Hashes:
    """Return the first `count` powers of the base modulo 2**64."""
    return _POWERS.first(count)


def mixed(hashes: Hashes) -> Hashes:
    """Return the hashes with their bits mixed, so that every bit of the result depends on many bits of the hash (a
    shortened form of the last step of Appleby's MurmurHash3).
    """
    hashes = hashes ^ (hashes >> _HALF)
    hashes *= _MIX
    hashes ^= hashes >> _HALF
    return hashes


class _Powers:
    """The powers of a base modulo 2**64: 1, base, base**2 …; as many are worked out as were asked for."""

    def __init__(self, base: int) -> None:
        self._base = base
        self._known = np.ones(1, np.uint64)

    def first(self, count: int) -> Hashes:
        """Return the first `count` powers."""
        while len(self._known) < count:  # each round multiplies what is known
            more = self._known * np.uint64(pow(self._base, len(self._known), 2**64))
            self._known = np.concatenate([self._known, more])
        return self._known[:count]


_POWERS: Final = _Powers(_BASE)
_INVERSES: Final = _Powers(pow(_BASE, -1, 2**64))
