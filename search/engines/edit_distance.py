"""Words → those within a given edit distance of one of several query words.

The distance is Levenshtein's over code points, computed by rapidfuzz: inserting, deleting and replacing a letter cost
one, swapping two neighbours costs two. Called by `search/results/highlighter.py` and `search/engines/whoosh/scores.py`.
"""

from __future__ import annotations

from collections.abc import Sequence


def indices_within_distance(words: Sequence[str], asked: Sequence[tuple[str, int]]) -> list[int]:
    """Return the ascending indices of `words` within the distance of one of `asked`, which are (word, distance)."""
    if not words or not asked:
        return []
    import numpy as np  # only a query with ~ needs them
    from rapidfuzz import process
    from rapidfuzz.distance import Levenshtein

    most = max(distance for _, distance in asked)
    texts = [text for text, _ in asked]
    apart = process.cdist(texts, words, scorer=Levenshtein.distance, score_cutoff=most, dtype=np.uint16)
    limits = np.array([[distance] for _, distance in asked], dtype=np.uint16)
    return [int(index) for index in np.flatnonzero((apart <= limits).any(axis=0))]
