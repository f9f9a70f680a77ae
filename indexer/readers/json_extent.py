"""Where an object in a JSON text ends, or where it goes wrong: asked of the standard library's own scanner.

In: a text and where an object begins in it; bytes as Latin-1 do, for all that JSON's grammar knows is ASCII. Out: an
`Extent`. Called by `json_document.py`. An object is looked at in slices that grow fourfold, so what is looked at of it
is at most some times its length.
"""

from __future__ import annotations

import json
from typing import Final, NamedTuple

_FIRST_SLICE: Final = 2048
_GROWTH: Final = 4
_LONGEST_TOKEN: Final = 12  # letters of -Infinity, or of an escaped pair: what may be cut in two at a slice's end
_UNENDED_STRING: Final = "Unterminated string"
_decoder = json.JSONDecoder(strict=False, parse_int=float)  # whole numbers of thousands of digits are no error here


class Extent(NamedTuple):
    """What became of an object.

    at       where it ends; else where it goes wrong
    problem  what is wrong there; "" where nothing is
    unended  whether more text might mend it
    looked   how many letters were looked at
    """

    at: int
    problem: str
    unended: bool
    looked: int


def extent(text: str, start: int, *, limit: int) -> Extent:
    """The extent of the object that begins at `start`; at most `limit` letters of it are looked at."""
    size, looked = _FIRST_SLICE, 0
    while True:
        piece = text[start : start + min(size, limit)]
        at, problem, unended = _scanned(piece)
        looked += at
        if not unended or size >= limit or start + size >= len(text):
            return Extent(start + at, problem, unended, looked)
        size *= _GROWTH


def _scanned(piece: str) -> tuple[int, str, bool]:
    try:
        _, end = _decoder.raw_decode(piece)
    except json.JSONDecodeError as error:
        unended = error.msg.startswith(_UNENDED_STRING) or error.pos >= len(piece) - _LONGEST_TOKEN
        return len(piece) if unended else error.pos, str(error), unended
    except RecursionError:
        return len(piece), "nested too deeply", False  # where, it does not say
    return end, "", False
