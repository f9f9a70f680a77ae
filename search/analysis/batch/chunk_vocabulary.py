"""The different chunks of the texts that an indexer has read, by numbers: what analysis by arrays remembers.

In: pieces of text. Out: a `Piece` each: the terms of its chunks as they lie one after another. Each different chunk is
analysed once, by `listed.py` or the analyser, and gets a number; its terms lie in one pool of bytes. From there on all
is arithmetic on arrays: the hashes of a piece's chunks, their numbers by an open-addressed table, their terms gathered
from the pool. Called by `bulk.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.analysis.analyzer import Analyzer
from search.analysis.batch.chunking import PAD, chunk_offsets, chunk_texts
from search.analysis.batch.hashing import Hashes, Offsets, hash_lines, hash_words
from search.analysis.batch.lemma_lookup import KnownWords, lemma_lookup
from search.analysis.batch.term_pool import Numbers, TermPool, Units
from search.analysis.fold import PLAIN_ARABIC
from search.analysis.levels import Levels
from search.analysis.month_context import MAYBE_MONTH
from search.analysis.term_encoding import encode_terms
from search.analysis.token_pairs import pair_terms
from search.analysis.vocalisation import vocalised_term

FIELDS: Final = 2
PAIR, STEM = range(FIELDS)  # what is kept of each chunk: its tokens' pairs (pairs.py) and their stems

_CHUNKS: Final = 2**19  # remembered; then all are forgotten and learned anew
_POOL_UNITS: Final = 2**24  # 64 MB, of which that many chunks of usual length need a third
_SLOTS: Final = 2**21
_FLAGS: Final = 2 * FIELDS  # column of a row
_HASH: Final = slice(6, 8)  # columns of a row
_DOUBTFUL, _MARKED = 1, 2  # flags of a chunk


class Piece(NamedTuple):
    """What is known of the chunks of one piece, in order.

    begins   where they begin in the whole
    ends     for pairs and stems, how many units they take up to the end of each chunk
    units    for pairs and stems, the units
    doubtful places of the chunks that name a month or not; marked: of those with harakat inside, with their terms
    hashes   of the terms of the level word, 0 for none
    """

    begins: Offsets
    ends: list[Numbers]
    units: list[Units]
    doubtful: Offsets
    vocalised: dict[int, tuple[str, ...]]
    hashes: Hashes


class ChunkVocabulary:
    """hash → number → a row of what is known of a chunk."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        lemmas = analyzer.stamped_lemmas
        self._listed = lemma_lookup(lemmas) if lemmas else None
        self._forget()

    def _forget(self) -> None:
        self._numbers = np.zeros(_SLOTS, np.int32)  # slot → number of a chunk; 0: free
        self._hashes = np.zeros(_CHUNKS + 1, np.uint64)
        # Offset in the pool and size in units of its pairs, and of its stems; its flags; the hash of its words.
        self._rows = np.zeros((_CHUNKS + 1, 8), np.int32)
        self._known = 0
        self._pool = TermPool()
        self._stems = np.zeros((self._listed.sets if self._listed else 0, 2), np.int32)  # reading set → its place there
        self._marked: dict[int, tuple[str, ...]] = {}

    def read(self, start: int, text: str) -> Piece:
        """Number the chunks of a piece that starts there, and gather their terms."""
        padded = (PAD + text + PAD).encode("utf-16-le", "surrogatepass")
        letters = np.frombuffer(padded, np.dtype("<u2"))
        begins, chunk_ends = chunk_offsets(letters)
        numbers = self._look_up(hash_words(letters, begins, chunk_ends), letters, begins, chunk_ends)
        rows = self._rows.take(numbers, axis=0)
        ends, units = [], []
        for field in range(FIELDS):
            sizes = rows[:, 2 * field + 1]
            ends.append(sizes.cumsum(dtype=np.int32))
            units.append(self._pool.gather(rows[:, 2 * field], sizes, ends[-1]))
        flags = rows[:, _FLAGS]
        flagged = flags.nonzero()[0]
        doubtful = flagged[(flags[flagged] & _DOUBTFUL) != 0]
        marked = {
            place: self._marked[int(numbers[place])] for place in flagged[(flags[flagged] & _MARKED) != 0].tolist()
        }
        if len(letters) != len(text) + 2 * len(PAD):  # letters beyond 16 bits are two units each
            begins = begins - np.cumsum((letters >= 0xDC00) & (letters < 0xE000))[begins]
        words = rows[:, _HASH].view(np.uint64).ravel()
        return Piece(begins + (start - len(PAD)), ends, units, doubtful, marked, words)

    def _look_up(self, hashes: Hashes, letters: NDArray[np.uint16], begins: Offsets, ends: Offsets) -> Numbers:
        numbers = self._find(hashes)
        unknown = (numbers == 0).nonzero()[0]
        if not len(unknown):
            return numbers
        new, first = np.unique(hashes[unknown], return_index=True)
        if self._known and (self._known + len(new) > _CHUNKS or self._pool.used > _POOL_UNITS):
            self._forget()
            return self._look_up(hashes, letters, begins, ends)
        places = unknown[first]
        self._learn(letters, begins[places], ends[places], new)
        numbers[unknown] = self._find(hashes[unknown])
        return numbers

    def _find(self, hashes: Hashes) -> Numbers:
        """The numbers of these chunks, 0 for the unknown."""
        slots = (hashes & np.uint64(_SLOTS - 1)).astype(np.int64)
        found = self._numbers.take(slots)
        left = ((self._hashes.take(found) != hashes) & (found != 0)).nonzero()[0]
        while len(left):
            slots[left] = slots[left] + 1 & _SLOTS - 1
            found[left] = self._numbers[slots[left]]
            left = left[(self._hashes[found[left]] != hashes[left]) & (found[left] != 0)]
        return found

    def _learn(self, letters: NDArray[np.uint16], begins: Offsets, ends: Offsets, hashes: Hashes) -> None:
        """Analyses new chunks and files them under their hashes."""
        rest = np.ones(len(begins), np.bool_)
        if self._listed:
            listed = self._listed.find(letters, begins, ends)
            rest[listed.places] = False
            marked = listed.places[listed.vocalised]
            texts = chunk_texts(letters, begins[marked], ends[marked])
            self._file(hashes[listed.places], self._listed_rows(listed, texts), listed.words)
        left = rest.nonzero()[0]
        if len(left):
            chunks = chunk_texts(letters, begins[left], ends[left])
            found = [self._analyzer.chunk_levels(chunk) for chunk in chunks]
            words = hash_lines([word for _, word, _ in found])
            self._file(hashes[left], self._asked_rows(chunks, found), words)

    def _file(self, hashes: Hashes, rows: NDArray[np.int32], words: Hashes) -> None:
        """Numbers new chunks; `rows` and `words` hold what is known of them."""
        numbers = np.arange(self._known + 1, self._known + len(hashes) + 1, dtype=np.int32)
        self._known += len(hashes)
        self._rows[numbers, : rows.shape[1]] = rows
        self._rows[numbers, _HASH] = words.view(np.int32).reshape(-1, 2)
        self._hashes[numbers] = hashes
        slots = (hashes & np.uint64(_SLOTS - 1)).astype(np.int64)
        while len(numbers):
            free = self._numbers[slots] == 0
            self._numbers[slots[free]] = numbers[free]
            left = self._numbers[slots] != numbers  # the slot was taken, or another of these took it
            numbers, slots = numbers[left], slots[left] + 1 & _SLOTS - 1

    def _listed_rows(self, listed: KnownWords, vocalised: Sequence[str]) -> NDArray[np.int32]:
        """The rows of words of the lemma table, of which these chunks are vocalised."""
        rows = np.zeros((len(listed.places), _FLAGS + 1), np.int32)
        rows[:, 0:2] = self._pool.put_pairs(
            listed.letters, listed.starts, listed.starts + listed.particles, listed.ends
        )
        new = np.unique(listed.sets[self._stems[listed.sets, 1] == 0])
        self._stems[new] = self._pool.put(self._analyzer.stems_of_sets(new.tolist()))
        rows[:, 2:4] = self._stems[listed.sets]
        flagged = listed.vocalised.nonzero()[0]
        rows[flagged, _FLAGS] = _MARKED
        for number, word, text in zip(flagged.tolist(), listed.words_at(flagged), vocalised, strict=True):
            self._marked[self._known + 1 + number] = (encode_terms(vocalised_term(word, text)),)
        return rows

    def _asked_rows(self, chunks: Sequence[str], found: Sequence[Levels]) -> NDArray[np.int32]:
        """The rows of chunks of which the analyser said this."""
        rows = np.zeros((len(chunks), _FLAGS + 1), np.int32)
        rows[:, 0:2] = self._pool.put([pair_terms(word.split(), exact.split()) for exact, word, _ in found])
        rows[:, 2:4] = self._pool.put([stem for _, _, stem in found])
        for number, (chunk, (_, word, _)) in enumerate(zip(chunks, found, strict=True)):
            flags = _DOUBTFUL if MAYBE_MONTH in word else 0
            if not PLAIN_ARABIC.fullmatch(chunk):
                flags |= self._flag_marked(self._known + 1 + number, chunk)
            rows[number, _FLAGS] = flags
        return rows

    def _flag_marked(self, number: int, chunk: str) -> int:
        """Remembers the terms of the words that a chunk vocalises."""
        marked = self._analyzer.chunk_vocalised(chunk)
        if not marked:
            return 0
        self._marked[number] = tuple(map(encode_terms, marked))
        return _MARKED
