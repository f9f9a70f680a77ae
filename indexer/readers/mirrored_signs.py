"""Brackets and quotation marks of a page that look into the wrong direction → the same lines with them mended.

Called by `pdf_order.py`. Programs that draw Arabic mirror such signs, and what reads their files may mirror them once
more. Which is which shows beside them: a word begins behind an opening sign and ends before a closing one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_PAIRS: Final = (("«", "»"), ("(", ")"), ("[", "]"))
_OPENS: Final = re.compile(r"(?:^|[\s\u0640:،])(?P<sign>[«»()\[\]])(?=\w)")
_CLOSES: Final = re.compile(r"\w(?P<sign>[«»()\[\]])(?=$|[\s،؛.:!؟])")


def with_signs_mended(lines: Sequence[str]) -> list[str]:
    """The lines of a page; of each pair the signs are turned where most of them look into the wrong direction."""
    turned = dict[int, str]()
    opening = [found["sign"] for line in lines for found in _OPENS.finditer(line)]
    closing = [found["sign"] for line in lines for found in _CLOSES.finditer(line)]
    for first, last in _PAIRS:
        right = opening.count(first) + closing.count(last)
        if opening.count(last) + closing.count(first) > right:
            turned |= {ord(first): last, ord(last): first}
    return [_with_pairs(line.translate(turned) if turned else line) for line in lines]


def _with_pairs(line: str) -> str:
    """A line in which both signs of a pair look into one direction, with the second, or first, of them turned."""
    for opening, closing in _PAIRS:
        marks = [at for at, letter in enumerate(line) if letter in (opening, closing)]
        if len(marks) == 2 and line[marks[0]] == line[marks[1]]:
            line = f"{line[: marks[0]]}{opening}{line[marks[0] + 1 : marks[1]]}{closing}{line[marks[1] + 1 :]}"
    return line
