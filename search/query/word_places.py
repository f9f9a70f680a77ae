"""Where the words of a chunk without white space are: what a reader means as one word, be it several tokens.

In: a chunk such as «النفط،الغاز» or COVID-19. Out: places in it, the punctuation between them left out. A word of
several tokens is searched as they follow one another. Called by `lexer.py`.
"""

from __future__ import annotations

from typing import Final

from search.analysis import letters as ar
from search.analysis.tokens import spans

# What keeps two tokens one word: COVID-19, AT&T, user@example, هاشتاغ_طويل; and within numbers 10:30, 15/7/2017.
_JOINS: Final = frozenset("-_'’@&+")
_JOINS_NUMBERS: Final = frozenset("/:.,")
_ERA_LETTERS: Final = frozenset((ar.MEEM, ar.HEH, ar.HEH + ar.TATWEEL))


def word_places(chunk: str) -> list[tuple[int, int]]:
    """Where the words of a chunk are: tokens, those that belong together joined."""
    found: list[tuple[int, int]] = []
    address = "://" in chunk
    left, stop = "", 0  # the token before
    for start, end in spans(chunk):
        right = chunk[start:end]
        if start == stop and left[-1:].isdecimal() and right in _ERA_LETTERS:
            continue  # 2017م, 1438ه: no word of its own
        if found and (address or _joined(left, chunk[stop:start], right)):
            found[-1] = found[-1][0], end
        else:
            found.append((start, end))
        left, stop = right, end
    return found


def _joined(left: str, gap: str, right: str) -> bool:
    if gap == ".":  # U.S., أ.ف.ب and example.org are one word; a full stop without its space makes none
        return (left.isascii() and right.isascii()) or len(left) == len(right) == 1
    return gap in _JOINS or (gap in _JOINS_NUMBERS and left[-1].isdecimal() and right[0].isdecimal())
