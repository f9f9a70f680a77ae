"""Which words are a few letters away from one of several: rapidfuzz counts, for highlights and for the engine Whoosh.

Levenshtein over letters (code points): insert, delete, replace; exchanging two neighbours costs two. Called by
`search/results/highlighter.py` and `search/engines/whoosh/scores.py`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein


def similar_among(words: Sequence[str], asked: Sequence[tuple[str, int]]) -> list[int]:
    """The places in `words` of those that are at most so many edits from one of the asked, in order."""
    if not words or not asked:
        return []
    most = max(distance for _, distance in asked)
    texts = [text for text, _ in asked]
    apart = process.cdist(texts, words, scorer=Levenshtein.distance, score_cutoff=most, dtype=np.uint16)
    limits = np.array([[distance] for _, distance in asked], dtype=np.uint16)
    return [int(place) for place in np.flatnonzero((apart <= limits).any(axis=0))]
