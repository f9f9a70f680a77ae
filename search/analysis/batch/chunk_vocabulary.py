"""Remembers the terms of every different chunk that an indexer has read, and puts together the terms of a text.

In: pieces of text. Out: a `Piece` each: the terms of its chunks, one chunk after another. Each different chunk is
analysed once, by `lemma_lookup.py` or the analyser, and gets a number; its terms lie in a pool of bytes
(`term_pool.py`). From then on all is arithmetic on arrays: the hashes of a piece's chunks, their numbers by a hash
table with open addressing, their terms gathered from the pool. Called by `batch_analyzer.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.analysis.analyzer import Analyzer
from search.analysis.batch.chunking import PAD, chunk_offsets, chunk_texts
from search.analysis.batch.hashing import Hashes, Offsets, Units, hash_lines, hash_words
from search.analysis.batch.lemma_lookup import KnownWords, lemma_lookup
from search.analysis.batch.term_pool import Blocks, Numbers, TermPool
from search.analysis.context import IN_DOUBT
from search.analysis.levels import Levels
from search.analysis.term_encoding import encode_terms
from search.analysis.token_pairs import pair, pair_terms
from search.analysis.vocalisation import MARKS_INSIDE, vocalised_term

FIELDS: Final = 2
PAIR, STEM = range(FIELDS)  # what is kept of each chunk: the pairs of its tokens (token_pairs.py) and their stems

_CHUNKS: Final = 2**19  # that many are remembered; then all are forgotten and learned anew
_POOL_BLOCKS: Final = 2**24  # 64 MB, of which that many chunks of usual length need a third
_SLOTS: Final = 2**21

# The columns of a row: offset and size in the pool of the pairs, of the stems; flags; the hash of the words.
_FLAGS: Final = 2 * FIELDS
_HASH: Final = slice(6, 8)
_DOUBTFUL, _VOCALISED, _SEVERAL = 1, 2, 4  # flags of a chunk


class Piece(NamedTuple):
    """The chunks of one piece of text, in order. `begins`, `hashes` and each of `ends` have one item for each chunk.

    begins        the offset at which the chunk begins in the whole text, in characters
    ends          for pairs and for stems, how many blocks the terms take up to the end of the chunk
    blocks        for pairs and for stems, the terms of all chunks, in blocks of four bytes
    in_doubt      the indices of the chunks with words that their neighbours decide (context.py)
    several       the indices of the chunks of several tokens
    vocalised     index of a chunk that has harakat inside words → the terms of those words for the field `marked`
    hashes        the hash of the chunk's terms at the level word; 0 if it has none
    """

    begins: Offsets
    ends: list[Numbers]
    blocks: list[Blocks]
    in_doubt: Offsets
    several: Offsets
    vocalised: dict[int, tuple[str, ...]]
    hashes: Hashes


class ChunkVocabulary:
    """A hash table from the hash of a chunk to its number, and rows by number of what is known of the chunk."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        lemmas = analyzer.stamped_lemmas
        self._lookup = lemma_lookup(lemmas) if lemmas else None
        self._forget()

    def _forget(self) -> None:
        self._numbers = np.zeros(_SLOTS, np.int32)  # slot of the hash table → number of a chunk; 0: free
        self._hashes = np.zeros(_CHUNKS + 1, np.uint64)
        self._rows = np.zeros((_CHUNKS + 1, 8), np.int32)
        self._known = 0  # how many chunks have a number; the first is 1
        self._pool = TermPool()
        # Number of a reading set of the lemma table → offset and size of its keys in the pool; size 0: not there yet.
        self._stems = np.zeros((self._lookup.sets if self._lookup else 0, 2), np.int32)
        self._vocalised: dict[int, tuple[str, ...]] = {}

    def read(self, start: int, text: str) -> Piece:
        """Return the terms of the chunks of a piece that begins at the offset `start` of the whole text."""
        padded = (PAD + text + PAD).encode("utf-16-le", "surrogatepass")
        units = np.frombuffer(padded, np.dtype("<u2"))
        begins, chunk_ends = chunk_offsets(units)
        numbers = self._look_up(hash_words(units, begins, chunk_ends), units, begins, chunk_ends)
        rows = self._rows.take(numbers, axis=0)
        ends, blocks = [], []
        for field in range(FIELDS):
            sizes = rows[:, 2 * field + 1]
            ends.append(sizes.cumsum(dtype=np.int32))
            blocks.append(self._pool.gather(rows[:, 2 * field], sizes, ends[-1]))
        flags = rows[:, _FLAGS]
        flagged = flags.nonzero()[0]
        in_doubt, several = (flagged[(flags[flagged] & flag) != 0] for flag in (_DOUBTFUL, _SEVERAL))
        vocalised = {
            index: self._vocalised[int(numbers[index])]
            for index in flagged[(flags[flagged] & _VOCALISED) != 0].tolist()
        }
        if len(units) != len(text) + 2 * len(PAD):  # characters beyond 16 bits are two units each
            begins = begins - np.cumsum((units >= 0xDC00) & (units < 0xE000))[begins]
        hashes = rows[:, _HASH].view(np.uint64).ravel()
        return Piece(begins + (start - len(PAD)), ends, blocks, in_doubt, several, vocalised, hashes)

    def _look_up(self, hashes: Hashes, units: Units, begins: Offsets, ends: Offsets) -> Numbers:
        """Return the numbers of the chunks `units[begin:end]`; analyse those that have none yet."""
        numbers = self._find(hashes)
        unknown = (numbers == 0).nonzero()[0]
        if not len(unknown):
            return numbers
        new, first = np.unique(hashes[unknown], return_index=True)
        if self._known and (self._known + len(new) > _CHUNKS or self._pool.used > _POOL_BLOCKS):
            self._forget()
            return self._look_up(hashes, units, begins, ends)
        chunks = unknown[first]
        self._learn(units, begins[chunks], ends[chunks], new)
        numbers[unknown] = self._find(hashes[unknown])
        return numbers

    def _find(self, hashes: Hashes) -> Numbers:
        """Return the number of each chunk with one of these hashes; 0 if it has none."""
        slots = (hashes & np.uint64(_SLOTS - 1)).astype(np.int64)
        found = self._numbers.take(slots)
        left = ((self._hashes.take(found) != hashes) & (found != 0)).nonzero()[0]
        while len(left):
            slots[left] = slots[left] + 1 & _SLOTS - 1
            found[left] = self._numbers[slots[left]]
            left = left[(self._hashes[found[left]] != hashes[left]) & (found[left] != 0)]
        return found

    def _learn(self, units: Units, begins: Offsets, ends: Offsets, hashes: Hashes) -> None:
        """Analyse the chunks `units[begin:end]`, which are new, and enter them into the hash table."""
        rest = np.ones(len(begins), np.bool_)
        if self._lookup:
            known = self._lookup.find(units, begins, ends)
            rest[known.chunks] = False
            vocalised = known.chunks[known.vocalised]
            texts = chunk_texts(units, begins[vocalised], ends[vocalised])
            self._enter(hashes[known.chunks], self._rows_of_known(known, texts), known.words)
        left = rest.nonzero()[0]
        if len(left):
            chunks = chunk_texts(units, begins[left], ends[left])
            found = [self._analyzer.chunk_levels(chunk) for chunk in chunks]
            words = hash_lines([word for _, word, _ in found])
            self._enter(hashes[left], self._rows_of_analysed(chunks, found), words)

    def _enter(self, hashes: Hashes, rows: NDArray[np.int32], words: Hashes) -> None:
        """Give new chunks the next numbers, and enter them into the hash table.

        `rows` has their columns up to the flags; `words` the hashes of their terms at the level word.
        """
        numbers = np.arange(self._known + 1, self._known + len(hashes) + 1, dtype=np.int32)
        self._known += len(hashes)
        self._rows[numbers, : rows.shape[1]] = rows
        self._rows[numbers, _HASH] = words.view(np.int32).reshape(-1, 2)
        self._hashes[numbers] = hashes
        slots = (hashes & np.uint64(_SLOTS - 1)).astype(np.int64)
        while len(numbers):
            free = self._numbers[slots] == 0
            self._numbers[slots[free]] = numbers[free]
            left = self._numbers[slots] != numbers  # the slot was taken, or another of these chunks took it
            numbers, slots = numbers[left], slots[left] + 1 & _SLOTS - 1

    def _rows_of_known(self, known: KnownWords, vocalised: Sequence[str]) -> NDArray[np.int32]:
        """Return the rows of chunks that the lemma table knows; `vocalised`: the texts of those of them that are."""
        rows = np.zeros((len(known.chunks), _FLAGS + 1), np.int32)
        rows[:, 0:2] = self._pool.put_pairs(known.letters, known.starts, known.starts + known.particles, known.ends)
        new = np.unique(known.sets[self._stems[known.sets, 1] == 0])
        self._stems[new] = self._pool.put(self._analyzer.stems_of_sets(new.tolist()))
        rows[:, 2:4] = self._stems[known.sets]
        flagged = known.vocalised.nonzero()[0]
        rows[flagged, _FLAGS] = _VOCALISED
        for index, word, text in zip(flagged.tolist(), known.words_at(flagged), vocalised, strict=True):
            self._vocalised[self._known + 1 + index] = (encode_terms(vocalised_term(word, text)),)
        return rows

    def _rows_of_analysed(self, chunks: Sequence[str], found: Sequence[Levels]) -> NDArray[np.int32]:
        """Return the rows of chunks for which the analyser found these terms."""
        rows = np.zeros((len(chunks), _FLAGS + 1), np.int32)
        rows[:, 0:2] = self._pool.put([_pairs(word, exact) for exact, word, _ in found])
        rows[:, 2:4] = self._pool.put([stem for _, _, stem in found])
        for index, (chunk, (_, word, _)) in enumerate(zip(chunks, found, strict=True)):
            flags = (_DOUBTFUL if IN_DOUBT in word else 0) | (_SEVERAL if " " in word else 0)
            if not MARKS_INSIDE.isdisjoint(chunk):
                flags |= self._remember_vocalised(self._known + 1 + index, chunk)
            rows[index, _FLAGS] = flags
        return rows

    def _remember_vocalised(self, number: int, chunk: str) -> int:
        """Remember the terms of the vocalised words of a chunk, under its number; return the flag, 0 if it has none."""
        vocalised = self._analyzer.chunk_vocalised(chunk)
        if not vocalised:
            return 0
        self._vocalised[number] = tuple(map(encode_terms, vocalised))
        return _VOCALISED


def _pairs(word: str, exact: str) -> str:
    """Return the pairs of a chunk, mostly one token, whose terms are these."""
    return pair_terms(word.split(), exact.split()) if " " in word else pair(word, exact) if word else ""
