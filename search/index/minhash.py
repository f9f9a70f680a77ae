"""The words of an article → its sketch, by which near-duplicates of it are found and their similarity is estimated.

In: for each text the hashes of its `word` terms (uint64, shape (words,)), as `BatchAnalyzer` gives them. Out: a
`Sketch` each, or None for a text of fewer than five words. Called by `documents.py` and `near_duplicates.py`. All texts
of a batch are computed in whole arrays, modulo 2**64.

A shingle is five words in a row; its hash has 64 bits. J is the Jaccard similarity of the sets of shingles of two
texts. A sketch has two parts:

Bands, by which candidates are looked up. One-permutation hashing (Li, Owen and Zhang, 2012) divides the range of hashes
into 16 equal bins and takes the lowest hash of each. An empty bin takes the value of the next bin that is not empty,
going round at the end, which is densification by rotation (Shrivastava and Li, 2014). The values here are whole hashes
and not offsets within a bin, so a value that was taken over needs no constant added to tell from how far. Two texts
have the same value for a bin with probability J. Two bins make a band, the same with probability J**2. Of the 8 bands
at least one is the same with probability 1 - (1 - J**2)**8: 0.9997 at J = 0.8 and 0.995 at 0.7; at least two with 0.996
and 0.96, but with 0.003 at J = 0.1.

The 256 lowest hashes, by which J is estimated: a bottom-k sketch (Broder, 1997), exact for shorter texts.
"""

from __future__ import annotations

import sys
from base64 import b64encode
from collections.abc import Iterator, Sequence
from string import ascii_lowercase, ascii_uppercase, digits
from typing import Final, NamedTuple

import msgspec
import numpy as np

from search.analysis.batch.hashing import Hashes, mixed, powers

SHINGLE: Final = 5  # words
BANDS: Final = 8
ROWS: Final = 2  # bins in a band
LOWEST: Final = 256  # lowest hashes kept of a text: J is exact up to so many shingles, its standard error 0.03 beyond
LONGEST: Final = 45_000  # words of a text; the rest is ignored
_BATCH: Final = 2**14  # words hashed at once: their arrays fit in the processor's cache
_FEW_WORDS: Final = 20  # a body with fewer is compared as a whole, together with its title

_WORD: Final = 0xD1342543DE82EF95
_SEED: Final = np.uint64(0xD6E8FEB86659FD93)
_UPPER: Final = 1 if sys.byteorder == "little" else 0  # the index of the upper 32 bits of a hash
_BAND_BITS: Final = 36  # so many that once in 8,000 times an article has a band of one of a million others by chance
_TERM_LETTERS: Final = _BAND_BITS // 6  # of a band in base64, but with
# those signs of ASCII that stand for no Arabic letter in the terms of documents (term_encoding.py): there are 64
_SIGNS: Final = bytes.maketrans(
    f"{ascii_uppercase}{ascii_lowercase}{digits}+/".encode(), bytes((*range(33, 65), *range(95, 127)))
)
_BIN_STARTS: Final = np.arange(BANDS * ROWS, dtype=np.uint64) * np.uint64(2**64 // (BANDS * ROWS))
_BAND_SEEDS: Final = np.arange(1, BANDS + 1, dtype=np.uint64) * _SEED


class Sketch(msgspec.Struct, frozen=True, gc=False):
    """The sketch of a text.

    bands  8 numbers of 36 bits; near-duplicates have at least one in common
    key    63 bits, equal for equal sets of shingles
    low    the upper 32 bits of the lowest hashes, ascending, each once: uint32 as bytes, since processes exchange it
    cut    whether the text has more hashes than LOWEST, so that `low` is only a part of them
    """

    bands: tuple[int, ...]
    key: int
    low: bytes
    cut: bool


class Text(NamedTuple):
    """The hashes of the words of a text; whole: it is short, and only an equal text is a near-duplicate of it."""

    words: Hashes
    whole: bool = False


def text_of(title: Hashes, body: Hashes) -> Text:
    """Return the words by which an article is compared: its body, or title and body if the body is short."""
    title, body = map(_present, (title, body))
    if len(body) < _FEW_WORDS:
        return Text(np.concatenate([title, body]), whole=True)
    return Text(body)


def sketches(texts: Sequence[Text]) -> list[Sketch | None]:
    """Return the sketch of each text; None for a text with fewer words than a shingle."""
    return [sketch for batch in _batches(texts) for sketch in _sketch_batch(batch)]


def similarity(one: Sketch, other: Sketch) -> float:
    """Return the Jaccard similarity of two texts, from 0 to 1: exact if neither sketch is cut, else an estimate.

    The estimate compares the hashes up to the highest one that both sketches are complete to.
    """
    first, second = np.frombuffer(one.low, np.uint32), np.frombuffer(other.low, np.uint32)
    if one.cut or other.cut:
        limit = min(low[-1] for low, cut in ((first, one.cut), (second, other.cut)) if cut)
        first, second = (low[: low.searchsorted(limit, "right")] for low in (first, second))
    if not len(first) or not len(second):
        return 0.0
    common = int(np.count_nonzero(first.take(first.searchsorted(second), mode="clip") == second))
    return common / (len(first) + len(second) - common)


def band_terms(sketch: Sketch) -> tuple[str, ...]:
    """Return the bands as terms of the field `bands`, six signs of 64 each.

    A band is like no other, so each letter by which its term is longer is a node of its own in an engine's dictionary:
    as decimals of 48 bits the bands had three of five nodes of all fields.
    """
    joined = 0
    for band in sketch.bands:
        joined = joined << _BAND_BITS | band
    letters = b64encode(joined.to_bytes(BANDS * _BAND_BITS // 8, "big")).translate(_SIGNS).decode("ascii")
    return tuple(letters[at : at + _TERM_LETTERS] for at in range(0, len(letters), _TERM_LETTERS))


def _present(hashes: Hashes) -> Hashes:
    """The hashes without zeros, which stand for chunks without a term."""
    return hashes if np.count_nonzero(hashes) == len(hashes) else hashes[hashes != 0]


def _batches(texts: Sequence[Text]) -> Iterator[list[Text]]:
    """The texts in order, in batches of at most _BATCH words (a longer text alone)."""
    batch: list[Text] = []
    words = 0
    for text in texts:
        size = min(len(text.words), LONGEST)
        if batch and words + size > _BATCH:
            yield batch
            batch, words = [], 0
        batch.append(text)
        words += size
    if batch:
        yield batch


def _sketch_batch(texts: Sequence[Text]) -> list[Sketch | None]:
    words = np.concatenate([text.words[:LONGEST] for text in texts])
    bounds = np.cumsum([0, *(min(len(text.words), LONGEST) for text in texts)]).tolist()
    shingles = _hash_shingles(words)
    hashes = [
        _hash_whole(words[first:end]) if text.whole else shingles[first : max(first, end - SHINGLE + 1)]
        for text, first, end in zip(texts, bounds, bounds[1:], strict=False)
    ]
    return _sketch_hashes(hashes)


def _hash_shingles(words: Hashes) -> Hashes:
    """The hash of each five words in a row, shape (words - 4,); hashes across two texts are not used."""
    count = max(0, len(words) - SHINGLE + 1)
    hashes = words[:count].copy()
    for offset in range(1, SHINGLE):
        hashes *= np.uint64(_WORD)
        hashes += words[offset : offset + count]
    return mixed(hashes)


def _hash_whole(words: Hashes) -> Hashes:
    """One hash of all words, shape (1,); shape (0,) for fewer words than a shingle has."""
    if len(words) < SHINGLE:
        return words[:0]
    return mixed(np.array([(words * powers(len(words))).sum()], np.uint64) + _SEED)


def _sketch_hashes(hashes: Sequence[Hashes]) -> list[Sketch | None]:
    """The sketch of each array of hashes, which is sorted in place; None for an empty one."""
    filled = [own for own in hashes if len(own)]
    if not filled:
        return [None] * len(hashes)
    for own in filled:
        own.sort()
    least = np.array([own.take(own.searchsorted(_BIN_STARTS), mode="wrap") for own in filled])
    rows = least.reshape(len(filled), ROWS, BANDS)  # the two bins of a band are far from each other
    folded = mixed(mixed(rows[:, 0] + _BAND_SEEDS) + rows[:, 1])
    bands = iter((folded >> np.uint64(64 - _BAND_BITS)).tolist())
    return [_sketch(own, next(bands)) if len(own) else None for own in hashes]


def _sketch(hashes: Hashes, bands: Sequence[int]) -> Sketch:
    low = hashes[:LOWEST].view(np.uint32)[_UPPER::2]
    different = low[1:] != low[:-1]
    if np.count_nonzero(different) < len(different):
        low = np.append(low[:1], low[1:][different])
    return Sketch(tuple(bands), int(np.bitwise_xor.reduce(hashes)) >> 1, low.tobytes(), len(hashes) > LOWEST)
