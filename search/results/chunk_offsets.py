"""A text cut at its white space, and where in it each piece stands: worked out only for those that are asked for.

In: any text. Out: its chunks by number, and their places. Called by `search/results/highlighter.py`, which looks at
hundreds of chunks for the few that are highlighted.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate
from typing import Final

STRETCH: Final = 100_000  # characters; nearly every article is shorter
_LONGEST_CHUNK: Final = 1_000  # characters in which a white space is looked for
_WIDE: Final = re.compile(r"^\s+|\s\s+")


class Chunks:
    """The chunks of a text. `written`: what stands between its white space, in order."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.written = text.split()
        self._letters = list(accumulate(map(len, self.written)))  # of the chunks up to and with each

    def __len__(self) -> int:
        return len(self.written)

    def start(self, number: int) -> int:
        """Where a chunk begins."""
        return self.end(number) - len(self.written[number])

    def end(self, number: int) -> int:
        """Where a chunk ends."""
        behind, more = self._wide
        return self._end(number) + (more[bisect_right(behind, number)] if behind else 0)

    def number(self, place: int) -> int:
        """The last chunk that begins at this place of the text or before it."""
        return bisect_right(range(len(self)), place, key=self.start) - 1

    def gap(self, number: int) -> str:
        """The white space before a chunk that is not the first."""
        return self.text[self.end(number - 1) : self.start(number)]

    def _end(self, number: int) -> int:
        """Where the chunk would end if one character stood between any two."""
        return self._letters[number] + number

    @cached_property
    def _wide(self) -> tuple[list[int], list[int]]:
        """The numbers of the chunks behind wider gaps; how much the gaps before the first of them, the second … add."""
        if not self.written or len(self.text) == self._end(len(self) - 1):
            return [], [0]
        behind, more = [], [0]
        for start, end in self._wider():
            number = bisect_left(range(len(self)), start - more[-1], key=self._end)
            behind.append(number + 1 if start else 0)
            more.append(more[-1] + end - start - (1 if start else 0))
        return behind, more

    def _wider(self) -> Iterator[tuple[int, int]]:
        return (found.span() for found in _WIDE.finditer(self.text))


def stretches(text: str, longest: int = STRETCH) -> Iterator[tuple[int, int]]:
    """A text from its first character to its last in stretches, none of which begins within a chunk but one that is
    longer itself."""
    start = 0
    while start < len(text):
        end = len(text) if start + longest >= len(text) else _cut(text, start, start + longest)
        yield start, end
        start = end


def _cut(text: str, start: int, end: int) -> int:
    return next((at for at in range(end, max(start, end - _LONGEST_CHUNK), -1) if text[at].isspace()), end)
