"""Where the chunks of a text stand between white space, and which letters each has, found by arrays.

In: any text. Out: the offsets of its chunks, and for each a mask: a bit for each letter of `LASTING` that stands in it,
and for other kinds of characters. Called by `chunks_by_stem.py` for texts to be highlighted: of the hundreds of chunks
of an article no string is made but of those that may be meant.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.analysis import letters as ar
from search.analysis.stem_letters import BITS, FOREIGN, ODD, PLAIN

_POINTS: Final = 0x1_0000  # characters from the last of these on are alike: none of them is a letter or white space
_WHITE: Final = np.uint32(1 << 31)
_ODD: Final = np.uint32(ODD)
_MARK: Final = np.uint32(ODD << 1)  # a mark or an invisible sign

Offsets = NDArray[np.int64]
Masks = NDArray[np.uint32]


class LetteredChunks(NamedTuple):
    """The chunks of a text: where each begins and ends, and its mask."""

    starts: Offsets
    ends: Offsets
    masks: Masks

    def having(self, text: str, wanted: Iterable[int]) -> tuple[list[int], list[str]]:
        """Return the numbers of the chunks that have all bits of one of these masks or odd letters, and their texts."""
        masks = self.masks
        found = masks & _ODD != 0
        bits, has = np.empty_like(masks), np.empty_like(found)
        for mask in map(np.uint32, wanted):
            np.equal(np.bitwise_and(masks, mask, out=bits), mask, out=has)
            np.logical_or(found, has, out=found)
        numbers = found.nonzero()[0]
        edges = zip(self.starts[numbers].tolist(), self.ends[numbers].tolist(), strict=True)
        return numbers.tolist(), [text[start:end] for start, end in edges]


class TextChunks(NamedTuple):
    """Those of the chunks of several texts that one text has, from `first` to `last`; it begins at `begin`."""

    chunks: LetteredChunks
    first: int
    last: int
    begin: int

    def edges(self) -> tuple[Sequence[int], Sequence[int]]:
        """Return where each chunk begins in this text, and one past where it ends."""
        starts, ends = (each[self.first : self.last] - self.begin for each in (self.chunks.starts, self.chunks.ends))
        return starts.data, ends.data

    def odd(self) -> list[int]:
        """Return the numbers of the chunks that have marks, invisible signs or odd letters."""
        found: list[int] = (self.chunks.masks[self.first : self.last] & (_ODD | _MARK)).nonzero()[0].tolist()
        return found


class LetteredTexts:
    """The chunks of several texts, numbered on from one text to the next."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._text = "\n".join(texts)
        self._chunks = lettered(self._text)
        self._begins = list(accumulate((len(text) + 1 for text in texts), initial=0))
        self._firsts: list[int] = self._chunks.starts.searchsorted(self._begins).tolist()

    def each(self) -> list[TextChunks]:
        """Return the chunks of each text."""
        edges = zip(self._begins, pairwise(self._firsts), strict=False)
        return [TextChunks(self._chunks, first, last, begin) for begin, (first, last) in edges]

    def having(self, wanted: Iterable[int]) -> tuple[list[int], list[str]]:
        """Return what `LetteredChunks.having` returns."""
        return self._chunks.having(self._text, wanted)

    def parted(self, numbers: Sequence[int]) -> list[list[int]]:
        """Return the sorted numbers of some chunks parted by text, those of each text numbered from 0."""
        cuts = [bisect_left(numbers, first) for first in self._firsts]
        texts = zip(self._firsts, pairwise(cuts), strict=False)
        return [[number - first for number in numbers[begin:end]] for first, (begin, end) in texts]


def lettered(text: str) -> LetteredChunks:
    """Return the chunks of a text with their letters."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    bits = _TABLE.take(points, mode="clip")
    within = np.zeros(len(bits) + 2, dtype=np.bool_)  # whether a character is within a chunk
    np.less(bits, _WHITE, out=within[1:-1])
    edges = (within[1:] != within[:-1]).nonzero()[0]
    starts, ends = edges[0::2], edges[1::2]
    return LetteredChunks(starts, ends, np.bitwise_or.reduceat(bits, starts) if len(starts) else bits[:0])


def _table() -> Masks:
    """Return the bits of each character."""
    characters = "".join(map(chr, range(_POINTS)))
    table = np.full(_POINTS, FOREIGN, dtype=np.uint32)
    table[_places(PLAIN, characters)] = 0
    table[0x66E:0x2000] |= np.uint32(ODD)
    table[0x2C00:] |= np.uint32(ODD)
    table[_places(re.compile(r"\s"), characters)] = _WHITE
    for letter, bit in BITS.items():
        table[ord(letter)] = bit
    table[_places(re.compile(f"[{ar.MARK_CLASS}{ar.INVISIBLE_CLASS}]"), characters)] |= _MARK
    return table


def _places(pattern: re.Pattern[str], characters: str) -> list[int]:
    return [found.start() for found in pattern.finditer(characters)]


_TABLE: Final = _table()
