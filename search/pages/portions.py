"""Divides a long body into portions of which an article page shows one; they begin after a line, sentence or word.

In: a text and an offset in it. Out: the portion with the character at that offset. Called by `search/service.py`
and `web/assistants`: the whole of a text of five million characters would take seconds, here and in the browser.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

LONGEST: Final = 40_000  # characters; of 89,568 real articles one is longer
_ENDS: Final = ("\n", ". ", " ")  # a portion ends after one of these, the first that it has in its second half


@dataclass(frozen=True, slots=True)
class Portion:
    """One portion of a text.

    start, end  its offsets in the text
    number      its number, from 1
    starts      the offsets at which all portions of the text begin
    """

    start: int
    end: int
    number: int
    starts: tuple[int, ...]


def portion_at(text: str, offset: int, *, longest: int = LONGEST) -> Portion:
    """Return the portion with the character at `offset`; for a negative offset the first, beyond the end the last."""
    starts = (0, *_cuts(text, longest))
    number = max(n for n, start in enumerate(starts, 1) if start <= max(0, offset))
    end = starts[number] if number < len(starts) else len(text)
    return Portion(starts[number - 1], end, number, starts)


def _cuts(text: str, longest: int) -> Iterator[int]:
    """Yield the offset at which each portion after the first begins."""
    end = portion_end(text, 0, longest)
    while end < len(text):
        yield end
        end = portion_end(text, end, longest)


def portion_end(text: str, start: int, longest: int) -> int:
    """Return the offset at which a portion ends that begins at `start` and has at most `longest` characters."""
    whole = len(text) - start <= longest
    return len(text) if whole else _cut(text, start + longest // 2, start + longest)


def _cut(text: str, least: int, most: int) -> int:
    for end in _ENDS:
        found = text.rfind(end, least, most)
        if found >= 0:
            return found + len(end)
    return most
