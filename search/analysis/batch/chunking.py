"""Cuts a text into chunks, by arrays. A chunk is a run of characters that can stand inside a token.

In: a text as an array of UTF-16 units, with a PAD before and behind it. Out: the offsets at which its chunks begin and
end, and their texts. No token reaches beyond its chunk, so chunks can be analysed one by one. Called by
`chunk_vocabulary.py`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from search.analysis import letters as ar
from search.analysis.amounts import SIGN_CLASS
from search.analysis.batch.hashing import Offsets, Units
from search.analysis.tokens import LETTER_CLASS, SEPARATOR_CLASS

PAD: Final = "\n"  # separates the texts of a batch; no chunk holds it

_ALL_UNITS: Final = "".join(map(chr, range(2**16)))
# Classes of units: between chunks, inside a chunk, a digit (inside too), and what is inside between two digits only.
_BETWEEN, _INSIDE, _DIGIT, _SEPARATOR = range(4)


def chunk_offsets(units: Units) -> tuple[Offsets, Offsets]:
    """Return the offsets at which the chunks begin and those at which they end; `units` has a PAD at either end."""
    classes = _classes().take(units)
    separators = (classes == _SEPARATOR).nonzero()[0]
    between = (classes[separators - 1] == _DIGIT) & (classes[separators + 1] == _DIGIT)
    classes[separators[~between]] = _BETWEEN
    inside = classes != _BETWEEN
    edges = (inside[1:] != inside[:-1]).nonzero()[0] + 1
    return edges[0::2], edges[1::2]


def chunk_texts(units: Units, begins: Offsets, ends: Offsets) -> list[str]:
    """Return the texts of the chunks `units[begin:end]`."""
    encoded = units.tobytes()
    spans = zip((2 * begins).tolist(), (2 * ends).tolist(), strict=True)
    return [encoded[begin:end].decode("utf-16-le", "surrogatepass") for begin, end in spans]


@cache
def _classes() -> NDArray[np.uint8]:
    """Return the class of each of the 65,536 UTF-16 units."""
    classes = np.full(2**16, _BETWEEN, np.uint8)
    inside = rf"[\w{SIGN_CLASS}{LETTER_CLASS}{ar.MARK_CLASS}{ar.INVISIBLE_CLASS}\ud800-\udfff]+"
    for characters, meant in ((inside, _INSIDE), (r"\d+", _DIGIT)):
        for run in re.finditer(characters, _ALL_UNITS):
            classes[run.start() : run.end()] = meant
    classes[ord("_")] = _BETWEEN
    classes[[ord(separator) for separator in SEPARATOR_CLASS]] = _SEPARATOR
    return classes
