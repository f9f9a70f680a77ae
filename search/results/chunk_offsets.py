"""Cuts a text at its white space into chunks, and gives the offset of each chunk that is asked for.

In: any text. Out: its chunks, numbered from 0, and their offsets in characters. Called by
`search/results/highlighter.py` and `passages.py`: of the hundreds of chunks of an article few are highlighted, so
offsets are computed on demand, from the lengths of the chunks and the gaps wider than one character.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Final

BLOCK_LENGTH: Final = 100_000  # characters; nearly every article is shorter
_LONGEST_CHUNK: Final = 1_000  # characters before the end of a block in which white space is looked for
_WIDE: Final = re.compile(r"^\s+|\s\s+")
_SPACES: Final = "\n\r\t\xa0"  # beside the space
_SPACES_IN_A_ROW: Final = re.compile(" +")


class Chunks:
    """The chunks of a text. texts: each chunk as it stands in the text, in order."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.texts = text.split()
        self._letters = list(accumulate(map(len, self.texts)))  # of the chunks up to and with each

    def __len__(self) -> int:
        return len(self.texts)

    def start(self, number: int) -> int:
        """Return the offset of the first character of a chunk."""
        return self.end(number) - len(self.texts[number])

    def end(self, number: int) -> int:
        """Return the offset one past the last character of a chunk."""
        behind, more = self._wide
        return self._end(number) + (more[bisect_right(behind, number)] if behind else 0)

    def number_at(self, offset: int) -> int:
        """Return the number of the last chunk that begins at this offset or before it; -1 if none does."""
        return bisect_right(range(len(self)), offset, key=self.start) - 1

    def first_of_lines(self, first: int, last: int) -> Sequence[int]:
        """Return which chunks from one (1 or more) to another begin a line, by their numbers."""
        if "\n" not in self.text[self.end(first - 1) : self.start(last)]:
            return ()
        return [at for at in range(first, last + 1) if "\n" in self.text[self.end(at - 1) : self.start(at)]]

    def _end(self, number: int) -> int:
        """Return where the chunk would end if every gap were one character wide and none stood before the first."""
        return self._letters[number] + number

    @cached_property
    def _wide(self) -> tuple[list[int], list[int]]:
        """Two lists for `end`: the numbers of the chunks after wider gaps, ascending, and the characters that the first
        0, 1, 2 … of these gaps add to the offsets, one item longer."""
        if not self.texts or len(self.text) == self._end(len(self) - 1):
            return [], [0]
        behind, more = [], [0]
        for start, end in self._wider():
            number = bisect_left(range(len(self)), start - more[-1], key=self._end)
            behind.append(number + 1 if start else 0)
            more.append(more[-1] + end - start - (1 if start else 0))
        return behind, more

    def _wider(self) -> list[tuple[int, int]]:
        """Return where gaps of more than one character begin and end, and the gap before the first chunk.

        What most texts have between chunks is found as plain strings, a tenth of what a regular expression takes.
        """
        text = whole = self.text.rstrip()
        for space in _SPACES:
            text = text.replace(space, " ")
        found = [first.span()] if (first := _SPACES_IN_A_ROW.match(text)) else []
        at = text.find("  ", found[0][1] if found else 0)
        while at >= 0:
            found.append((at, _end_of_spaces(text, at)))
            at = text.find("  ", found[-1][1])
        more = sum(end - start - (1 if start else 0) for start, end in found)
        if self._end(len(self) - 1) + more == len(whole):
            return found
        return [each.span() for each in _WIDE.finditer(whole)]


def blocks(text: str, longest: int = BLOCK_LENGTH) -> Iterator[tuple[int, int]]:
    """Yield the start and end offsets of consecutive blocks that make up the whole text, of at most `longest`
    characters each. A block begins at white space where there is any in the last `_LONGEST_CHUNK` characters before.
    """
    start = 0
    while start < len(text):
        end = len(text) if start + longest >= len(text) else _cut(text, start, start + longest)
        yield start, end
        start = end


def _end_of_spaces(text: str, start: int) -> int:
    """Return where the spaces end of which the first is at this offset."""
    found = _SPACES_IN_A_ROW.match(text, start)
    return found.end() if found else start


def _cut(text: str, start: int, end: int) -> int:
    return next((at for at in range(end, max(start, end - _LONGEST_CHUNK), -1) if text[at].isspace()), end)
