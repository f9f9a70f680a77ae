"""A chunk of a query without white space → the offsets of the words in it, as a reader counts words.

In: a chunk such as «النفط،الغاز» (two words) or COVID-19 (one word of two tokens). Out: the start and end offset of
each word, in characters; punctuation between words belongs to none. A word of several tokens is searched as a phrase
of them. Called by `lexer.py` and `compose.py`.
"""

from __future__ import annotations

from typing import Final

from search.analysis import letters as ar
from search.analysis.amounts import SIGNS
from search.analysis.tokens import spans

# Characters that join two tokens to one word: COVID-19, AT&T, user@example, هاشتاغ_طويل; and between digits, as in
# 10:30 and 15/7/2017.
_JOINS: Final = frozenset("-_'’@&+")
_JOINS_NUMBERS: Final = frozenset("/:.,")
_ERA_LETTERS: Final = frozenset((ar.MEEM, ar.HEH, ar.HEH + ar.TATWEEL))


def word_offsets(chunk: str) -> list[tuple[int, int]]:
    """Return the start and end offset of each word: those of its token, or of the tokens that are joined to it."""
    found: list[tuple[int, int]] = []
    address = "://" in chunk
    left, stop = "", 0  # the text and the end offset of the token before
    for start, end in spans(chunk):
        right = chunk[start:end]
        if start == stop and left[-1:].isdecimal() and right in _ERA_LETTERS:
            continue  # the era letter of 2017م or 1438ه is not a word
        if found and (address or _are_one_word(left, chunk[stop:start], right)):
            found[-1] = found[-1][0], end
        else:
            found.append((start, end))
        left, stop = right, end
    return found


def _are_one_word(left: str, gap: str, right: str) -> bool:
    if (
        gap == "."
    ):  # U.S., أ.ف.ب and example.org are one word; a full stop whose space is missing does not join two words
        return (left.isascii() and right.isascii()) or len(left) == len(right) == 1
    if not gap and (left in SIGNS or right in SIGNS):  # 50% and $100
        return left[-1:].isdecimal() or right[:1].isdecimal()
    return gap in _JOINS or (gap in _JOINS_NUMBERS and left[-1].isdecimal() and right[0].isdecimal())
