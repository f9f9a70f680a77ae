"""Looks many words up in the lemma table at once, by arrays: does for a batch what `levels.py` does for one word.

In: a text as an array of UTF-16 units, and the offsets at which chunks of it begin and end. Out: those of the chunks
that are one stamped Arabic word of the lemma table, with or without harakat, and their terms as encoded letters. Called
by `chunk_vocabulary.py` for chunks it has not met: three of four are in the table, and take a twentieth of the time
this way. All others are left to the analyser; so are the few words of the table that have no stamp because their terms
are not their letters folded one by one (months, countries, مائة).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.analysis.batch.hashing import Hashes, Offsets, Units, hash_words
from search.analysis.batch.term_pool import Letters, runs
from search.analysis.fold import MARKED_ARABIC, PLAIN_ARABIC, fold_letters, strip_marks
from search.analysis.lexicon.layout import SET_MASK, STAMP_MASK, STAMP_SHIFT
from search.analysis.lexicon.lemmas import LemmaTable
from search.analysis.term_encoding import encode_terms
from search.analysis.vocalisation import MARKS_INSIDE

# Classes of units: no part of an Arabic word, a letter, a mark, and a mark that between two letters tells the word from
# other words of the same letters.
_OTHER, _LETTER, _MARK, _INNER_MARK = range(4)
_UNSTAMPED: Final = np.uint32(0)
_LAST: Final = np.uint64(2**64 - 1)  # stands behind all hashes, so that a binary search always ends at an entry


@lru_cache(maxsize=2)
def lemma_lookup(lemmas: LemmaTable) -> LemmaLookup:
    """Return the look-up over a table, which is made once for each table, in some hundredths of a second."""
    return LemmaLookup(lemmas)


class KnownWords(NamedTuple):
    """The chunks that are words of the table, in order. All arrays but `letters` have one item for each of them.

    chunks     the index of the chunk among those that were asked for
    starts     the offset at which the word's letters begin in `letters`
    ends       the offset at which they end
    letters    the folded letters of all words, one word after another, encoded as in an index (term_encoding.py)
    particles  how many letters the particles in front of the word take up
    sets       the number of the word's reading set in the lemma table
    words      the hash of its term at the level word
    vocalised  whether the chunk has harakat that tell it from other words of the same letters
    """

    chunks: Offsets
    starts: Offsets
    ends: Offsets
    letters: Letters
    particles: Offsets
    sets: Offsets
    words: Hashes
    vocalised: NDArray[np.bool_]

    def words_at(self, numbers: Offsets) -> list[str]:
        """Return the encoded terms at the level word of the items with these indices."""
        letters = self.letters.tobytes().decode("ascii")
        starts = self.starts[numbers] + self.particles[numbers]
        return [letters[start:end] for start, end in zip(starts.tolist(), self.ends[numbers].tolist(), strict=True)]


class LemmaLookup:
    """The words of a lemma table, sorted by their hashes. `sets`: how many reading sets the table has."""

    def __init__(self, lemmas: LemmaTable) -> None:
        hashes, entries = (np.asarray(array) for array in lemmas.arrays())
        order = hashes.argsort()
        self._hashes = np.append(hashes[order], _LAST)
        self._entries = np.append(entries[order], _UNSTAMPED)
        self.sets = lemmas.sets

    def find(self, units: Units, begins: Offsets, ends: Offsets) -> KnownWords:
        """Return those of the chunks `units[begin:end]` that are stamped words of the table."""
        chunks = _put_together(units, begins, ends)
        classes = _classes()[chunks.units]
        arabic = np.minimum.reduceat(classes, chunks.starts) > _OTHER
        vocalised = _any_inner_mark(classes, chunks.starts)
        bare = chunks.only(classes == _LETTER)
        entries = self._look_up(hash_words(*bare))
        known = (arabic & (entries & STAMP_MASK != _UNSTAMPED)).nonzero()[0]
        found, entries = _put_together(bare.units, bare.starts[known], bare.ends[known]), entries[known]
        particles = ((entries & STAMP_MASK) >> STAMP_SHIFT).astype(np.int64) - 1
        return KnownWords(
            chunks=known,
            starts=found.starts,
            ends=found.ends,
            letters=_codes()[found.units],
            particles=particles,
            sets=(entries & SET_MASK).astype(np.int64),
            words=hash_words(_folds()[found.units], found.starts + particles, found.ends),
            vocalised=vocalised[known],
        )

    def _look_up(self, hashes: Hashes) -> NDArray[np.uint32]:
        at = self._hashes.searchsorted(hashes)
        return np.where(self._hashes[at] == hashes, self._entries[at], _UNSTAMPED)


class _Words(NamedTuple):
    """Words whose units stand one word after another: `units[start:end]` is one."""

    units: Units
    starts: Offsets
    ends: Offsets

    def only(self, kept: NDArray[np.bool_]) -> _Words:
        """Return the words without the units for which `kept` is false."""
        before = np.concatenate([[0], kept.cumsum()])
        return _Words(self.units[kept], before[self.starts], before[self.ends])


def _put_together(units: Units, begins: Offsets, ends: Offsets) -> _Words:
    """Return the words `units[begin:end]` without what stands between them."""
    sizes = ends - begins
    after = sizes.cumsum()
    return _Words(units[runs(begins, sizes, after)], after - sizes, after)


def _any_inner_mark(classes: NDArray[np.uint8], starts: Offsets) -> NDArray[np.bool_]:
    """Return for each chunk whether one of `vocalisation.INNER_MARKS` stands between two of its letters."""
    marks = ((classes[:-1] == _INNER_MARK) & (classes[1:] == _LETTER)).nonzero()[0]
    chunks = starts.searchsorted(marks, "right") - 1
    first = starts[chunks]
    letters = np.concatenate([[0], (classes == _LETTER).cumsum()])
    inside = (letters[marks] > letters[first]) & (np.append(starts, len(classes))[chunks + 1] > marks + 1)
    found = np.zeros(len(starts), np.bool_)
    found[chunks[inside]] = True
    return found


@cache
def _classes() -> NDArray[np.uint8]:
    """Return the class of each of the 65,536 UTF-16 units."""
    classes = np.full(2**16, _OTHER, np.uint8)
    for code in map(ord, "".join(MARKED_ARABIC.findall("".join(map(chr, range(2**16)))))):
        if PLAIN_ARABIC.fullmatch(chr(code)):
            classes[code] = _LETTER
        elif not strip_marks(chr(code)):
            classes[code] = _INNER_MARK if chr(code) in MARKS_INSIDE else _MARK
    return classes


@cache
def _folds() -> Units:
    """Return the folded letter of each letter, by its UTF-16 unit; other units stay."""
    folds = np.arange(2**16, dtype=np.uint16)
    for code in _letters():
        folds[code] = ord(fold_letters(chr(code)))
    return folds


@cache
def _codes() -> Letters:
    """Return the encoding of the folded letter of each letter, by its UTF-16 unit; 0 for other units."""
    codes = np.zeros(2**16, np.uint8)
    for code in _letters():
        codes[code] = ord(encode_terms(fold_letters(chr(code))))
    return codes


def _letters() -> Iterable[int]:
    return map(int, (_classes() == _LETTER).nonzero()[0])
