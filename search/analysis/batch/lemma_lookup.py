"""Many new words → what the lemma table says of them, by arrays: what `levels.py` does for one word, for a batch.

In: a text as UTF-16 units and where chunks of it begin and end. Out: those of the chunks that are one Arabic word of
the lemma table, perhaps with harakat, with their terms as coded letters. Called by `vocabulary.py`: three of four words
of an archive are in the table, and take a twentieth of the time this way. All others, and the few words of the table
that are not stamped, for their terms are not simply their letters (months, countries, مائة), are left to the analyser.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.analysis.batch.hashing import Hashes, Offsets, hash_words
from search.analysis.fold import MARKED_ARABIC, PLAIN_ARABIC, fold_letters, strip_marks
from search.analysis.lexicon.layout import SET_MASK, STAMP_MASK, STAMP_SHIFT
from search.analysis.lexicon.lemmas import LemmaTable
from search.analysis.term_encoding import encode_terms
from search.analysis.vocalisation import MARKS_INSIDE

Letters = NDArray[np.uint16]
_OTHER, _LETTER, _MARK, _INNER_MARK = range(4)  # classes of units; inner marks tell a word from others
_UNSTAMPED: Final = np.uint32(0)
_LAST: Final = np.uint64(2**64 - 1)  # behind all hashes, so that a search ends somewhere


@lru_cache(maxsize=2)
def lemma_lookup(lemmas: LemmaTable) -> LemmaLookup:
    """Return the words of a table; made once, in some hundredths of a second."""
    return LemmaLookup(lemmas)


class KnownWords(NamedTuple):
    """Chunks that are words of the table, in order; their letters one word after another, folded.

    places     which of the chunks asked for
    starts     where the letters of each begin; `ends`: where they end
    letters    folded letters, coded as terms are indexed
    particles  how many of the letters belong to particles
    sets       number of the reading set
    words      hashes of the terms of the level word
    vocalised  whether the chunk has harakat between its letters, that may tell it from other words of the same letters
    """

    places: Offsets
    starts: Offsets
    ends: Offsets
    letters: NDArray[np.uint8]
    particles: Offsets
    sets: Offsets
    words: Hashes
    vocalised: NDArray[np.bool_]

    def words_at(self, numbers: Offsets) -> list[str]:
        """The terms of the level word of some of them, coded."""
        letters = self.letters.tobytes().decode("ascii")
        starts = self.starts[numbers] + self.particles[numbers]
        return [letters[start:end] for start, end in zip(starts.tolist(), self.ends[numbers].tolist(), strict=True)]


class LemmaLookup:
    """The words of a lemma table by their hashes. `sets`: how many reading sets it has."""

    def __init__(self, lemmas: LemmaTable) -> None:
        hashes, entries = (np.asarray(array) for array in lemmas.arrays())
        order = hashes.argsort()
        self._hashes = np.append(hashes[order], _LAST)
        self._entries = np.append(entries[order], _UNSTAMPED)
        self.sets = lemmas.sets

    def find(self, units: Letters, begins: Offsets, ends: Offsets) -> KnownWords:
        """Return those of the chunks `units[begin:end]` that are words of the table."""
        chunks = _spread(units, begins, ends)
        classes = _classes()[chunks.letters]
        arabic = np.minimum.reduceat(classes, chunks.starts) > _OTHER
        vocalised = _any_inner_mark(classes, chunks.starts)
        bare = chunks.only(classes == _LETTER)
        entries = self._look_up(hash_words(*bare))
        places = (arabic & (entries & STAMP_MASK != _UNSTAMPED)).nonzero()[0]
        found, entries = _spread(bare.letters, bare.starts[places], bare.ends[places]), entries[places]
        particles = ((entries & STAMP_MASK) >> STAMP_SHIFT).astype(np.int64) - 1
        return KnownWords(
            places=places,
            starts=found.starts,
            ends=found.ends,
            letters=_codes()[found.letters],
            particles=particles,
            sets=(entries & SET_MASK).astype(np.int64),
            words=hash_words(_folds()[found.letters], found.starts + particles, found.ends),
            vocalised=vocalised[places],
        )

    def _look_up(self, hashes: Hashes) -> NDArray[np.uint32]:
        at = self._hashes.searchsorted(hashes)
        return np.where(self._hashes[at] == hashes, self._entries[at], _UNSTAMPED)


class _Words(NamedTuple):
    """Words, their letters one after another."""

    letters: Letters
    starts: Offsets
    ends: Offsets

    def only(self, kept: NDArray[np.bool_]) -> _Words:
        """The words without the other letters."""
        before = np.concatenate([[0], kept.cumsum()])
        return _Words(self.letters[kept], before[self.starts], before[self.ends])


def _spread(units: Letters, begins: Offsets, ends: Offsets) -> _Words:
    """The words `units[begin:end]`, and nothing between them."""
    sizes = ends - begins
    after = sizes.cumsum()
    places = (begins - after + sizes).repeat(sizes)
    places += np.arange(len(places))
    return _Words(units[places], after - sizes, after)


def _any_inner_mark(classes: NDArray[np.uint8], starts: Offsets) -> NDArray[np.bool_]:
    """Whether one of the marks (`vocalisation.INNER_MARKS`) stands between two letters of the same chunk."""
    places = ((classes[:-1] == _INNER_MARK) & (classes[1:] == _LETTER)).nonzero()[0]
    chunks = starts.searchsorted(places, "right") - 1
    first = starts[chunks]
    letters = np.concatenate([[0], (classes == _LETTER).cumsum()])
    inside = (letters[places] > letters[first]) & (np.append(starts, len(classes))[chunks + 1] > places + 1)
    found = np.zeros(len(starts), np.bool_)
    found[chunks[inside]] = True
    return found


@cache
def _classes() -> NDArray[np.uint8]:
    """The class of each UTF-16 unit."""
    classes = np.full(2**16, _OTHER, np.uint8)
    for code in map(ord, "".join(MARKED_ARABIC.findall("".join(map(chr, range(2**16)))))):
        if PLAIN_ARABIC.fullmatch(chr(code)):
            classes[code] = _LETTER
        elif not strip_marks(chr(code)):
            classes[code] = _INNER_MARK if chr(code) in MARKS_INSIDE else _MARK
    return classes


@cache
def _folds() -> Letters:
    """Letter → folded letter."""
    folds = np.arange(2**16, dtype=np.uint16)
    for code in _letters():
        folds[code] = ord(fold_letters(chr(code)))
    return folds


@cache
def _codes() -> NDArray[np.uint8]:
    """Letter → the code of the folded letter in an index term."""
    codes = np.zeros(2**16, np.uint8)
    for code in _letters():
        codes[code] = ord(encode_terms(fold_letters(chr(code))))
    return codes


def _letters() -> Iterable[int]:
    return map(int, (_classes() == _LETTER).nonzero()[0])
