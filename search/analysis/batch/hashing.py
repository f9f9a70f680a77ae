"""Hashes of all words of a text at once: arithmetic modulo 2**64 on arrays, without a Python object a word.

In: a text as its UTF-16 units, and where its words begin and end. Out: 64 bits a word, the same wherever it stands. A
word's hash is a polynomial of its letters; sums over the whole text give it, the place divided out by an inverse.
Called by `vocabulary.py`; `search/duplicates_sketch.py` makes shingles of the hashes.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]
Offsets = NDArray[np.int64]

LONGEST: Final = 2**20  # units of the longest text

_LONGEST_LINES: Final = 2**16  # letters of lines that are hashed at once
_BREAK: Final = "\n"
_BASE: Final = 0x9E3779B97F4A7C15  # odd, so that it has an inverse modulo 2**64
_MIX: Final = np.uint64(0xD6E8FEB86659FD93)
_HALF: Final = np.uint64(32)


def hash_words(letters: NDArray[np.uint16], begins: Offsets, ends: Offsets) -> Hashes:
    """Return the hash of each word `letters[begin:end]`, of a text of at most LONGEST units."""
    sums = np.zeros(len(letters) + 1, np.uint64)
    np.cumsum(letters.astype(np.uint64) * POWERS[: len(letters)], out=sums[1:])
    return mixed((sums[ends] - sums[begins]) * _INVERSES[begins])


def hash_lines(lines: Sequence[str]) -> Hashes:
    """Return the hash of each line as one word, 0 for an empty one. Of a line that is too long the beginning counts."""
    joined = _BREAK + _BREAK.join(lines) + _BREAK
    if len(joined) > _LONGEST_LINES:
        if len(lines) > 1:
            half = len(lines) // 2
            return np.concatenate([hash_lines(lines[:half]), hash_lines(lines[half:])])
        joined = joined[: _LONGEST_LINES - 1] + _BREAK
    letters = np.frombuffer(joined.encode("utf-16-le", "surrogatepass"), np.dtype("<u2"))
    breaks = (letters == ord(_BREAK)).nonzero()[0]
    return hash_words(letters, breaks[:-1] + 1, breaks[1:])


def mixed(hashes: Hashes) -> Hashes:
    """Return hashes of which every bit depends on every bit (the finaliser of MurmurHash3, shortened)."""
    hashes = hashes ^ (hashes >> _HALF)
    hashes *= _MIX
    hashes ^= hashes >> _HALF
    return hashes


def _powers(base: int, count: int) -> Hashes:
    """Return 1, base, base**2 … modulo 2**64."""
    powers = np.ones(count, np.uint64)
    known = 1
    while known < count:  # each round multiplies what is known
        more = powers[known : 2 * known]
        np.multiply(powers[: len(more)], np.uint64(pow(base, known, 2**64)), out=more)
        known *= 2
    return powers


POWERS: Final = _powers(_BASE, LONGEST + 1)
_INVERSES: Final = _powers(pow(_BASE, -1, 2**64), LONGEST + 1)
