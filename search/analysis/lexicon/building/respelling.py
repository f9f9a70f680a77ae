"""Respells words that AraMorph's dictionaries lack because they are written with a common error.

In: a written word. Out: the word, then other spellings to look up where it has no reading, likeliest first. Called by
`candidates.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_MAKSURA_INSIDE: Final = re.compile("ى(?=.)")
_THREE_LAMS: Final = re.compile("للل")
_PLURAL_ALEF: Final = re.compile("وا(?=(?:ه|ها|هم|نا|ني)$)")
_ALEF_HAMZAS: Final = "أإآ"


def spellings(word: str) -> Iterator[str]:
    """Yield the word itself, then repaired forms of it."""
    yield word
    plain = _THREE_LAMS.sub("لل", _MAKSURA_INSIDE.sub("ا", word), count=1)  # علىه, للليل
    if plain != word:
        yield plain
    without_alef = _PLURAL_ALEF.sub("و", plain)  # قالواها
    if without_alef != plain:
        yield without_alef
    if word.startswith("ا"):  # الى, ان: AraMorph knows most of these itself
        for hamza in _ALEF_HAMZAS:
            yield hamza + word[1:]
