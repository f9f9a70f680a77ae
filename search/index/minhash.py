"""Text → sketch: what an article leaves behind by which a near-duplicate of it is found and measured.

In: the hashes of the `word` terms of texts, as `BulkAnalyzer` gives them. Out: a `Sketch` each, or None where a text is
too short to tell. Called by `search/index/documents.py` and `search/index/near_duplicates.py`. Everything is arithmetic
modulo 2**64 on whole chunks of an archive, without a Python object a word.

A shingle is five words in a row, its hash 64 bits. The hashes lie on a circle; a MinHash value is the first of an
article's hashes at or after a fixed edge of that circle (one permutation, rotated: two articles agree at an edge with
probability J, their Jaccard similarity). Two such values make a band, so a band agrees with probability J**2. Of the 8
bands at least one agrees with 1 - (1 - J**2)**8, 0.9997 at J = 0.8 and 0.995 at 0.7; at least two with 0.996 and 0.96,
but with 0.003 at J = 0.1.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np

from search.analysis.batch.hashing import POWERS, Hashes, mixed

SHINGLE: Final = 5  # words
BANDS: Final = 8
ROWS: Final = 2  # MinHash values in a band
LOWEST: Final = 256  # hashes kept of an article: up to that many shingles J is exact, its deviation 0.03 beyond
LONGEST: Final = 45_000  # words of an article that count
_CHUNK: Final = 2**14  # words hashed at once: the arrays of a chunk stay in the processor's cache
_FEW_WORDS: Final = 20  # fewer say too little for shingles

_WORD: Final = 0xD1342543DE82EF95
_SEED: Final = np.uint64(0xD6E8FEB86659FD93)
_UPPER: Final = 1 if sys.byteorder == "little" else 0  # the place of the upper half of 64 bits
_BAND_BITS: Final = 48  # enough that no two of millions of articles share a band by chance
_EDGES: Final = np.arange(BANDS * ROWS, dtype=np.uint64) * np.uint64(2**64 // (BANDS * ROWS))
_BAND_SEEDS: Final = np.arange(1, BANDS + 1, dtype=np.uint64) * _SEED


class Sketch(NamedTuple):
    """bands: two near-duplicates share at least one; key: 63 bits, equal for equal texts.

    low: the lowest hashes of the text, upper half, each once, sorted; all of them where not `cut`. 32 bits each, as
    bytes: a sketch goes from one process to another.
    """

    bands: tuple[int, ...]
    key: int
    low: bytes
    cut: bool


class Text(NamedTuple):
    """The hashes of words; `whole`: too short for shingles, so that only an equal text is a near-duplicate."""

    words: Hashes
    whole: bool = False


def text_of(title: Hashes, body: Hashes) -> Text:
    """What is compared of an article: its body, or if that is short, title and body as a whole."""
    title, body = map(_present, (title, body))
    if len(body) < _FEW_WORDS:
        return Text(np.concatenate([title, body]), whole=True)
    return Text(body)


def sketches(texts: Sequence[Text]) -> list[Sketch | None]:
    """The sketch of each text; None where it has fewer words than a shingle."""
    return [sketch for chunk in _chunks(texts) for sketch in _sketch_chunk(chunk)]


def similarity(one: Sketch, other: Sketch) -> float:
    """The Jaccard similarity of the shingles of two texts: exact for two short ones, else estimated."""
    first, second = np.frombuffer(one.low, np.uint32), np.frombuffer(other.low, np.uint32)
    if one.cut or other.cut:
        limit = min(low[-1] for low, cut in ((first, one.cut), (second, other.cut)) if cut)
        first, second = (low[: low.searchsorted(limit, "right")] for low in (first, second))
    if not len(first) or not len(second):
        return 0.0
    common = int(np.count_nonzero(first.take(first.searchsorted(second), mode="clip") == second))
    return common / (len(first) + len(second) - common)


def band_terms(sketch: Sketch) -> tuple[str, ...]:
    """The bands as terms of an index."""
    return tuple(map(str, sketch.bands))


def _present(hashes: Hashes) -> Hashes:
    return hashes if np.count_nonzero(hashes) == len(hashes) else hashes[hashes != 0]


def _chunks(texts: Sequence[Text]) -> Iterator[list[Text]]:
    """The texts in order, as many at once as fit a chunk."""
    chunk: list[Text] = []
    words = 0
    for text in texts:
        size = min(len(text.words), LONGEST)
        if chunk and words + size > _CHUNK:
            yield chunk
            chunk, words = [], 0
        chunk.append(text)
        words += size
    if chunk:
        yield chunk


def _sketch_chunk(texts: Sequence[Text]) -> list[Sketch | None]:
    words = np.concatenate([text.words[:LONGEST] for text in texts])
    bounds = np.cumsum([0, *(min(len(text.words), LONGEST) for text in texts)]).tolist()
    shingles = _hash_shingles(words)
    hashes = [
        _hash_whole(words[first:end]) if text.whole else shingles[first : max(first, end - SHINGLE + 1)]
        for text, first, end in zip(texts, bounds, bounds[1:], strict=False)
    ]
    return _sketch_hashes(hashes)


def _hash_shingles(words: Hashes) -> Hashes:
    """The hash of the five words from each word on; those that reach beyond a text mean nothing."""
    count = max(0, len(words) - SHINGLE + 1)
    hashes = words[:count].copy()
    for place in range(1, SHINGLE):
        hashes *= np.uint64(_WORD)
        hashes += words[place : place + count]
    return mixed(hashes)


def _hash_whole(words: Hashes) -> Hashes:
    """One hash of all words, as if they were one shingle; none for fewer words than a shingle has."""
    if len(words) < SHINGLE:
        return words[:0]
    return mixed(np.array([(words * POWERS[: len(words)]).sum()], np.uint64) + _SEED)


def _sketch_hashes(hashes: Sequence[Hashes]) -> list[Sketch | None]:
    """The sketch of each set of hashes, which are sorted in place; None for an empty one."""
    filled = [own for own in hashes if len(own)]
    if not filled:
        return [None] * len(hashes)
    for own in filled:
        own.sort()
    least = np.array([own.take(own.searchsorted(_EDGES), mode="wrap") for own in filled])
    rows = least.reshape(len(filled), ROWS, BANDS)  # the values of a band come from far edges
    folded = mixed(mixed(rows[:, 0] + _BAND_SEEDS) + rows[:, 1])
    bands = iter((folded >> np.uint64(64 - _BAND_BITS)).tolist())
    return [_sketch(own, next(bands)) if len(own) else None for own in hashes]


def _sketch(hashes: Hashes, bands: Sequence[int]) -> Sketch:
    low = hashes[:LOWEST].view(np.uint32)[_UPPER::2]
    different = low[1:] != low[:-1]
    if np.count_nonzero(different) < len(different):
        low = np.append(low[:1], low[1:][different])
    return Sketch(tuple(bands), int(np.bitwise_xor.reduce(hashes)) >> 1, low.tobytes(), len(hashes) > LOWEST)
