"""A long text in portions that a page can show, none of which begins inside a word if that can be helped.

In: a text and a place in it. Out: the portion that holds the place. Called by `search/service.py` for the article page;
the whole of a text of five million characters would take a browser and this process seconds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

LONGEST: Final = 40_000  # characters; of 89,568 real articles one is longer
_ENDS: Final = ("\n", ". ", " ")  # where a portion had better end


@dataclass(frozen=True, slots=True)
class Portion:
    """The characters from start to end, the number of this portion from 1 on, and where all portions begin."""

    start: int
    end: int
    number: int
    starts: tuple[int, ...]


def portion_at(text: str, place: int, *, longest: int = LONGEST) -> Portion:
    """The portion of the text with the character at `place`; the last one for a place beyond the end."""
    starts = (0, *_cuts(text, longest))
    number = max(n for n, start in enumerate(starts, 1) if start <= max(0, place))
    end = starts[number] if number < len(starts) else len(text)
    return Portion(starts[number - 1], end, number, starts)


def _cuts(text: str, longest: int) -> Iterator[int]:
    at = 0
    while len(text) - at > longest:
        at = _cut(text, at + longest // 2, at + longest)
        yield at


def _cut(text: str, least: int, most: int) -> int:
    for end in _ENDS:
        found = text.rfind(end, least, most)
        if found >= 0:
            return found + len(end)
    return most
