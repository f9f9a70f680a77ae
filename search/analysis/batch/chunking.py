"""Where the chunks of a text begin and end: it is cut at whatever never stands inside a token.

In: a padded text as UTF-16 units. Out: the places of its chunks, and what is written there. Called by `vocabulary.py`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from search.analysis import letters as ar
from search.analysis.batch.hashing import Offsets
from search.analysis.tokens import LETTER_CLASS, SEPARATOR_CLASS

PAD: Final = "\n"  # parts texts, and no chunk holds it

_ALL_UNITS: Final = "".join(map(chr, range(2**16)))
_APART, _WITHIN, _DIGIT, _SEPARATOR = range(4)


def chunk_offsets(letters: NDArray[np.uint16]) -> tuple[Offsets, Offsets]:
    """Return where the chunks of a text begin and end that has a PAD at either end."""
    classes = _classes().take(letters)
    separators = (classes == _SEPARATOR).nonzero()[0]
    between = (classes[separators - 1] == _DIGIT) & (classes[separators + 1] == _DIGIT)
    classes[separators[~between]] = _APART
    inside = classes != _APART
    edges = (inside[1:] != inside[:-1]).nonzero()[0] + 1
    return edges[0::2], edges[1::2]


def chunk_texts(letters: NDArray[np.uint16], begins: Offsets, ends: Offsets) -> list[str]:
    """Return the chunks `letters[begin:end]`."""
    units = letters.tobytes()
    spans = zip((2 * begins).tolist(), (2 * ends).tolist(), strict=True)
    return [units[begin:end].decode("utf-16-le", "surrogatepass") for begin, end in spans]


@cache
def _classes() -> NDArray[np.uint8]:
    """The class of each UTF-16 unit: what stands within tokens, digits, separators of digits, and all else."""
    classes = np.full(2**16, _APART, np.uint8)
    within = rf"[\w{LETTER_CLASS}{ar.MARK_CLASS}{ar.INVISIBLE_CLASS}\ud800-\udfff]+"
    for characters, meant in ((within, _WITHIN), (r"\d+", _DIGIT)):
        for run in re.finditer(characters, _ALL_UNITS):
            classes[run.start() : run.end()] = meant
    classes[ord("_")] = _APART
    classes[[ord(separator) for separator in SEPARATOR_CLASS]] = _SEPARATOR
    return classes
