"""A pool of bytes that holds the encoded terms of all chunks that an indexer has met.

In: terms, as strings or as arrays of letters. Out: the offset and size of each in the pool, counted in blocks of four
bytes; and for many offsets the blocks that lie there, put together. Terms are padded with spaces to whole blocks, so
that numpy moves four letters at a time. Called by `chunk_vocabulary.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from search.analysis.batch.hashing import Offsets
from search.analysis.term_encoding import encode_terms
from search.analysis.token_pairs import OTHER_FORM, SAME_FORM_SIGNS

Numbers = NDArray[np.int32]
Letters = NDArray[np.uint8]  # encoded letters (term_encoding.py) of words that lie one after another
Blocks = NDArray[np.uint32]  # four encoded letters each

Index = TypeVar("Index", bound=np.signedinteger[Any])

BLOCK: Final = 4  # bytes
SPACE: Final = ord(" ")
_BREAK: Final = "\n"  # separates strings of terms; no term holds it
_SAME_FORM_SIGNS: Final = np.frombuffer(SAME_FORM_SIGNS.encode(), np.uint8)


def runs(begins: NDArray[Index], sizes: NDArray[Index], ends: NDArray[Index]) -> NDArray[Index]:
    """Return the indices in runs of these sizes that begin at these indices; `ends`: the running sums of the sizes."""
    found: NDArray[Index] = (begins - ends + sizes).repeat(sizes)
    found += np.arange(len(found), dtype=found.dtype)
    return found


class TermPool:
    """A pool that grows as it is filled. `used`: how many blocks hold terms."""

    def __init__(self) -> None:
        self._blocks = np.zeros(2**16, np.uint32)
        self.used = 0

    def put(self, terms: Sequence[str]) -> Numbers:
        """Store strings of terms that are joined by spaces, each with a space or more behind it.

        Return an array of shape (len(terms), 2): offset and size in blocks; 0 and 0 for an empty string.
        """
        letters = np.frombuffer(encode_terms(_BREAK.join((*terms, ""))).encode(), np.uint8)
        ends = (letters == ord(_BREAK)).nonzero()[0]
        begins = ends.copy()
        begins[1:] = ends[:-1] + 1
        begins[:1] = 0
        sizes = np.where(ends > begins, (ends - begins) // BLOCK + 1, 0)
        offsets, padded = self._reserve(sizes)
        _copy(padded, (offsets - self.used) * BLOCK, letters, begins, ends)
        return self._append(padded, offsets, sizes)

    def put_pairs(self, letters: Letters, begins: Offsets, words: Offsets, ends: Offsets) -> Numbers:
        """Store the pair (token_pairs.py) of each of many tokens.

        A token's term at the level exact is `letters[begin:end]`, that at the level word `letters[word:end]`. Return an
        array of shape (tokens, 2): offset and size in blocks.
        """
        apart = (words > begins).nonzero()[0]  # the tokens of which particles were taken off
        lengths = ends - words
        whole = lengths + len(f" {OTHER_FORM}")
        whole[apart] += ends[apart] - begins[apart]
        sizes = whole // BLOCK + 1
        offsets, padded = self._reserve(sizes)
        at = (offsets - self.used) * BLOCK
        _copy(padded, at, letters, words, ends)
        at += lengths + 1
        padded[at] = _SAME_FORM_SIGNS[letters[words] % len(_SAME_FORM_SIGNS)]
        padded[at[apart]] = ord(OTHER_FORM)
        _copy(padded, at[apart] + 1, letters, begins[apart], ends[apart])
        return self._append(padded, offsets, sizes)

    def gather(self, offsets: Numbers, sizes: Numbers, ends: Numbers) -> Blocks:
        """Return the blocks that lie at the offsets, one run after another; `ends`: the running sums of their sizes."""
        return self._blocks.take(runs(offsets, sizes, ends))

    def _reserve(self, sizes: Offsets) -> tuple[Offsets, Letters]:
        """Return the offsets that runs of these sizes will have, and as many blocks of spaces to write them into."""
        ends = sizes.cumsum()
        return self.used + ends - sizes, np.full(BLOCK * int(sizes.sum()), SPACE, np.uint8)

    def _append(self, padded: Letters, offsets: Offsets, sizes: Offsets) -> Numbers:
        blocks = padded.view(np.uint32)
        used = self.used + len(blocks)
        if used > len(self._blocks):
            self._blocks = np.concatenate([self._blocks, np.zeros(used, np.uint32)])
        self._blocks[self.used : used] = blocks
        self.used = used
        return np.stack([np.where(sizes, offsets, 0), sizes], axis=1).astype(np.int32)


def _copy(target: Letters, at: Offsets, letters: Letters, begins: Offsets, ends: Offsets) -> None:
    """Copy each `letters[begin:end]` into the target, from the offset `at` of the same index on."""
    lengths = ends - begins
    within = np.arange(int(lengths.sum())) - (lengths.cumsum() - lengths).repeat(lengths)
    target[at.repeat(lengths) + within] = letters[begins.repeat(lengths) + within]
