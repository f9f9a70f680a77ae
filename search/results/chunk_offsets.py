"""Cuts a text at its white space into chunks, and gives the offset of each chunk that is asked for.

In: any text. Out: its chunks, numbered from 0, and their offsets in characters. Called by
`search/results/highlighter.py` and `passages.py`: of the hundreds of chunks of an article few are highlighted, so a
chunk is cut out when it is asked for. Where arrays have found the chunks, they tell the offsets too.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Final

from search.analysis import letters as ar

if TYPE_CHECKING:
    from search.analysis.chunk_letters import TextChunks

BLOCK_LENGTH: Final = 100_000  # characters; nearly every article is shorter
_LONGEST_CHUNK: Final = 1_000  # characters before the end of a block in which white space is looked for
_CHUNK: Final = re.compile(r"\S+")
_MARKS: Final = re.compile(f"[{ar.MARK_CLASS}{ar.INVISIBLE_CLASS}]+")
FOREIGN_CLASS: Final = "\u066e-\u06ef\ufb50-\ufeff"  # letters of languages other than Arabic, and presentation forms
_ODD: Final = re.compile(f"[{ar.MARK_CLASS}{ar.INVISIBLE_CLASS}{FOREIGN_CLASS}]")


class Chunks:
    """The chunks of a text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._edges: tuple[Sequence[int], Sequence[int]] | None = None
        self.by_arrays: TextChunks | None = None  # the same chunks, where arrays have found them

    def __len__(self) -> int:
        return len(self.edges[0])

    @property
    def texts(self) -> list[str]:
        """Each chunk as it stands in the text, in order; cut out anew each time that this is asked for."""
        return self.text.split()

    @property
    def edges(self) -> tuple[Sequence[int], Sequence[int]]:
        """Where each chunk begins, and one past where it ends."""
        if self._edges is None and self.by_arrays:
            self._edges = self.by_arrays.edges()
        elif self._edges is None:
            spans = [found.span() for found in _CHUNK.finditer(self.text)]
            self._edges = [start for start, _ in spans], [end for _, end in spans]
        return self._edges

    def chunk(self, number: int) -> str:
        """Return a chunk."""
        starts, ends = self.edges
        return self.text[starts[number] : ends[number]]

    def start(self, number: int) -> int:
        """Return the offset of the first character of a chunk."""
        return self.edges[0][number]

    def end(self, number: int) -> int:
        """Return the offset one past the last character of a chunk."""
        return self.edges[1][number]

    def number_at(self, offset: int) -> int:
        """Return the number of the last chunk that begins at this offset or before it; -1 if none does."""
        return bisect_right(self.edges[0], offset) - 1

    def numbers_with(self, letters: str) -> set[int]:
        """Return the numbers of the chunks that have these letters, one after another and none of them white space."""
        starts, text = self._starts, self.text
        found, at = set[int](), text.find(letters)
        while at >= 0:
            number = bisect_right(starts, at)
            found.add(number - 1)
            at = text.find(letters, starts[number]) if number < len(starts) else -1
        return found

    @cached_property
    def odd(self) -> Sequence[tuple[int, str]]:
        """The chunks that have marks, invisible signs, letters of other languages or presentation forms: the number of
        each, and how it is written without marks and such signs."""
        if self.by_arrays:
            numbers = self.by_arrays.odd()
        else:
            numbers = sorted({self.number_at(found.start()) for found in _ODD.finditer(self.text)})
        return [(number, _MARKS.sub("", self.chunk(number))) for number in numbers]

    @cached_property
    def _starts(self) -> Sequence[int]:
        starts = self.edges[0]
        return starts.tolist() if isinstance(starts, memoryview) else starts  # a list is searched in half the time


def blocks(text: str, longest: int = BLOCK_LENGTH) -> Iterator[tuple[int, int]]:
    """Yield the start and end offsets of consecutive blocks that make up the whole text, of at most `longest`
    characters each. A block begins at white space where there is any in the last `_LONGEST_CHUNK` characters before.
    """
    start = 0
    while start < len(text):
        end = len(text) if start + longest >= len(text) else _cut(text, start, start + longest)
        yield start, end
        start = end


def _cut(text: str, start: int, end: int) -> int:
    return next((at for at in range(end, max(start, end - _LONGEST_CHUNK), -1) if text[at].isspace()), end)
