"""Many texts → their index terms: what the indexer calls, batch by batch.

In: texts. Out: `Terms` each, the same that the tokens of `Analyzer.tokens` have. A text is cut into chunks at
whatever never stands inside a token. Each different chunk is analysed once and gets a number; its terms lie in one pool
of bytes. From there on all is arithmetic on arrays: the hashes of a batch's chunks, their numbers by an open-addressed
table, their terms gathered from the pool. A dictionary look-up waits for memory once a word; here a thousand wait at
once, so a batch of known words takes half the time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from threading import Lock
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.analysis import letters as ar
from search.analysis.alphabet import decode_terms, encode_terms
from search.analysis.analyzer import Analyzer
from search.analysis.fold import PLAIN_ARABIC
from search.analysis.hashing import Hashes, Places, hash_words
from search.analysis.levels import Levels
from search.analysis.month_pairs import SIGN, settle_terms
from search.analysis.tokens import LETTER_CLASS, SEPARATOR_CLASS

LEAD_WORDS: Final = 30

Numbers = NDArray[np.int32]
Classes = NDArray[np.uint8]

_PIECE: Final = 2**16  # letters at once: the arrays of a piece stay in the processor's cache
_SLACK: Final = 2**10  # how far back a piece may end, so that it ends between words
_CHUNKS: Final = 2**19  # remembered; then all are forgotten and learned anew
_POOL_UNITS: Final = 2**24  # 64 MB, of which that many chunks of usual length need a third
_SLOTS: Final = 2**21
_UNIT: Final = 4  # bytes: terms are padded with spaces to whole units, so that few numbers move them
_APART, _WITHIN, _DIGIT, _SEPARATOR = range(4)
_LEVELS: Final = 3
_EXACT, _WORD, _STEM = range(_LEVELS)
_DOUBTFUL, _MARKED = 1, 2  # flags of a chunk
_NEIGHBOURS: Final = 2  # chunks around a doubtful month that may settle it; the nearest may be without terms
_PAD: Final = "\n"


class Terms(NamedTuple):
    """Space-joined index terms of one text, coded (alphabet.py), for an engine field that splits on white space; runs
    of spaces may occur.

    lead    the stem level of the first words
    marked  the words written with harakat inside, each once, as terms `word|written`; by them the index knows whether
            an article's vocalisation contradicts a reader's
    hashes  of the level word, one for each chunk; 0 where it has no term
    """

    exact: str
    word: str
    stem: str
    lead: str
    marked: tuple[str, ...]
    hashes: Hashes


class BulkAnalyzer:
    """Analysis of batches of texts. Safe to share between threads."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._vocabulary = _Vocabulary(analyzer)
        self._lock = Lock()

    def terms(self, texts: Sequence[str]) -> list[Terms]:
        """Return the terms of each text."""
        if not texts:
            return []
        joined = _PAD.join(texts)
        starts = np.cumsum([0, *(len(text) + len(_PAD) for text in texts)])
        with self._lock:
            pieces = [self._vocabulary.read(begin, joined[begin:end]) for begin, end in _pieces(joined)]
        return self._cut(_Gathered(pieces), starts)

    def _cut(self, whole: _Gathered, starts: Places) -> list[Terms]:
        """The terms of each text, out of those of all."""
        first = whole.begins.searchsorted(starts)
        bounds = [ends[first].tolist() for ends in whole.ends]
        leads = whole.ends[_STEM][np.minimum(first[:-1] + LEAD_WORDS, first[1:])].tolist()
        exact, word, stem = whole.written
        found = [
            Terms(
                exact[e:e_end].decode(),
                word[w:w_end].decode(),
                stem[s:s_end].decode(),
                stem[s:lead_end].decode(),
                (),
                whole.hashes[begin:end],
            )
            for e, e_end, w, w_end, s, s_end, begin, end, lead_end in zip(
                *(edge for row in (*bounds, first.tolist()) for edge in (row, row[1:])), leads, strict=False
            )
        ]
        for text, places in _by_text(whole.doubtful, first):
            found[text] = self._settled(found[text], whole, places, first[text], first[text + 1])
        for text, places in _by_text(whole.marked, first):
            terms = dict.fromkeys(term for place in places for term in whole.marks[place])
            found[text] = found[text]._replace(marked=tuple(terms))
        return found

    def _settled(self, terms: Terms, whole: _Gathered, places: Places, first: int, end: int) -> Terms:
        """The terms of a text with doubtful months, which the words around them settle."""
        word, stem, lead = [], [], terms.lead
        done = first
        for begin, after in _surroundings(places, first, end):
            settled = self._settle(whole.text(_WORD, begin, after), whole.text(_STEM, begin, after))
            word += [whole.text(_WORD, done, begin), settled[0]]
            stem += [whole.text(_STEM, done, begin), settled[1]]
            done = after
        word.append(whole.text(_WORD, done, end))
        stem.append(whole.text(_STEM, done, end))
        if SIGN in lead:
            lead = self._settle(whole.text(_WORD, first, min(first + LEAD_WORDS, end)), lead)[1]
        return terms._replace(word=" ".join(word), stem=" ".join(stem), lead=lead)

    def _settle(self, word: str, stem: str) -> tuple[str, str]:
        word, stem = settle_terms(decode_terms(word), decode_terms(stem), self._analyzer.month_stems)
        return encode_terms(word), encode_terms(stem)


class _Piece(NamedTuple):
    """What is known of the chunks of one piece, in order.

    begins   where they begin in the whole
    ends     at each level, how many units their terms take up to the end of each
    units    at each level, the units of their terms
    doubtful places of the chunks that name a month or not; marked: of those with harakat inside, with their terms
    hashes   of the terms of the level word, 0 for none
    """

    begins: Places
    ends: list[Numbers]
    units: list[NDArray[np.uint32]]
    doubtful: Places
    marked: dict[int, tuple[str, ...]]
    hashes: Hashes


class _Gathered:
    """All pieces as one; `ends` in bytes, with a 0 in front."""

    def __init__(self, pieces: Sequence[_Piece]) -> None:
        before = np.cumsum([0, *(len(piece.begins) for piece in pieces)]).tolist()
        self.begins = np.concatenate([piece.begins for piece in pieces])
        self.hashes = np.concatenate([piece.hashes for piece in pieces])
        self.ends = [_joined_ends([piece.ends[level] for piece in pieces]) for level in range(_LEVELS)]
        self.written = [b"".join([piece.units[level].tobytes() for piece in pieces]) for level in range(_LEVELS)]
        self.doubtful = np.concatenate([piece.doubtful + passed for piece, passed in zip(pieces, before, strict=False)])
        self.marks = {
            place + passed: terms
            for piece, passed in zip(pieces, before, strict=False)
            for place, terms in piece.marked.items()
        }
        self.marked = np.array(list(self.marks), np.int64)

    def text(self, level: int, first: int, end: int) -> str:
        """The terms of the chunks from `first` to `end`."""
        ends = self.ends[level]
        return self.written[level][ends[first] : ends[end]].decode()


def _joined_ends(ends: Sequence[Numbers]) -> Places:
    """The ends of all pieces, in bytes of the whole, with a 0 in front."""
    passed, joined = np.int64(0), [np.zeros(1, np.int64)]
    for own in ends:
        joined.append(own + passed)
        passed += own[-1] if len(own) else 0
    return np.concatenate(joined) * _UNIT


def _by_text(places: Places, first: Places) -> Iterator[tuple[int, Places]]:
    """The places of each text that has some."""
    texts, cuts = np.unique(first.searchsorted(places, "right") - 1, return_index=True)
    yield from zip(texts.tolist(), np.split(places, cuts[1:]), strict=False)


def _surroundings(places: Places, first: int, end: int) -> Iterator[tuple[int, int]]:
    """The places with their neighbours, as stretches that do not overlap."""
    begin, after = -1, -1
    for place in places.tolist():
        if begin >= 0 and place - _NEIGHBOURS > after:
            yield begin, after
            begin = -1
        if begin < 0:
            begin = max(place - _NEIGHBOURS, first)
        after = min(place + _NEIGHBOURS + 1, end)
    yield begin, after


class _Vocabulary:
    """The different chunks seen so far: hash → number → a row of what is known of it."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._forget()

    def _forget(self) -> None:
        self._numbers = np.zeros(_SLOTS, np.int32)  # slot → number of a chunk; 0: free
        self._hashes = np.zeros(_CHUNKS + 1, np.uint64)
        self._words = np.zeros(_CHUNKS + 1, np.uint64)  # hashes of the terms of the level word
        # Offset of its terms in the pool and their size in units, level after level; its flags; and up to 32 bytes.
        self._rows = np.zeros((_CHUNKS + 1, 2 * _LEVELS + 2), np.int32)
        self._known = 0
        self._pool = np.zeros(2**16, np.uint32)
        self._used = 0  # of the pool's units
        self._fresh: list[bytes] = []
        self._places: dict[str, tuple[int, int]] = {}  # terms of the levels word and stem → offset and size
        self._marked: dict[int, tuple[str, ...]] = {}

    def read(self, start: int, text: str) -> _Piece:
        """Number the chunks of a piece that starts there, and gather their terms."""
        padded = (_PAD + text + _PAD).encode("utf-16-le", "surrogatepass")
        letters = np.frombuffer(padded, np.dtype("<u2"))
        begins, chunk_ends = _chunks(letters)
        numbers = self._look_up(hash_words(letters, begins, chunk_ends), padded, begins, chunk_ends)
        rows = self._rows.take(numbers, axis=0)
        ends, units = [], []
        for level in range(_LEVELS):
            sizes = rows[:, 2 * level + 1]
            ends.append(sizes.cumsum(dtype=np.int32))
            units.append(self._gather(rows[:, 2 * level], sizes, ends[-1]))
        flags = rows[:, 2 * _LEVELS]
        flagged = flags.nonzero()[0]
        doubtful = flagged[(flags[flagged] & _DOUBTFUL) != 0]
        marked = {
            place: self._marked[int(numbers[place])] for place in flagged[(flags[flagged] & _MARKED) != 0].tolist()
        }
        if len(letters) != len(text) + 2 * len(_PAD):  # letters beyond 16 bits are two units each
            begins = begins - np.cumsum((letters >= 0xDC00) & (letters < 0xE000))[begins]
        return _Piece(begins + (start - len(_PAD)), ends, units, doubtful, marked, self._words.take(numbers))

    def _gather(self, offsets: Numbers, sizes: Numbers, ends: Numbers) -> NDArray[np.uint32]:
        """The units of one chunk after another."""
        places = (offsets - ends + sizes).repeat(sizes)
        places += np.arange(len(places), dtype=np.int32)
        return self._pool.take(places)

    def _look_up(self, hashes: Hashes, padded: bytes, begins: Places, ends: Places) -> Numbers:
        numbers = self._find(hashes)
        unknown = (numbers == 0).nonzero()[0]
        if not len(unknown):
            return numbers
        new, first = np.unique(hashes[unknown], return_index=True)
        if self._known and (self._known + len(new) > _CHUNKS or self._used > _POOL_UNITS):
            self._forget()
            return self._look_up(hashes, padded, begins, ends)
        places = unknown[first]
        spans = zip((2 * begins[places]).tolist(), (2 * ends[places]).tolist(), strict=True)
        self._learn([padded[begin:end].decode("utf-16-le", "surrogatepass") for begin, end in spans], new)
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

    def _learn(self, chunks: Sequence[str], hashes: Hashes) -> None:
        """Analyses new chunks and files them under their hashes."""
        found = [self._analyzer.chunk_levels(chunk) for chunk in chunks]
        rows = [
            self._row(self._known + number, chunk, levels)
            for number, (chunk, levels) in enumerate(zip(chunks, found, strict=True), 1)
        ]
        numbers = np.arange(self._known + 1, self._known + len(chunks) + 1, dtype=np.int32)
        self._known += len(chunks)
        self._rows[numbers, : len(rows[0])] = rows
        self._fill_pool()
        self._hashes[numbers] = hashes
        self._words[numbers] = _hash_lines([levels[_WORD] for levels in found])
        slots = (hashes & np.uint64(_SLOTS - 1)).astype(np.int64)
        while len(numbers):
            free = self._numbers[slots] == 0
            self._numbers[slots[free]] = numbers[free]
            left = self._numbers[slots] != numbers  # the slot was taken, or another of these took it
            numbers, slots = numbers[left], slots[left] + 1 & _SLOTS - 1

    def _row(self, number: int, chunk: str, levels: Levels) -> tuple[int, ...]:
        exact, word, stem = levels
        at_exact = self._store(exact)
        at_word = at_exact if word is exact else self._places.get(word) or self._keep(word)
        at_stem = self._places.get(stem) or self._keep(stem)
        flags = _DOUBTFUL if SIGN in word else 0
        if not PLAIN_ARABIC.fullmatch(chunk) and (marked := self._analyzer.chunk_marked(chunk)):
            self._marked[number] = tuple(map(encode_terms, marked))
            flags |= _MARKED
        return (*at_exact, *at_word, *at_stem, flags)

    def _keep(self, terms: str) -> tuple[int, int]:
        place = self._places[terms] = self._store(terms)
        return place

    def _store(self, terms: str) -> tuple[int, int]:
        """Puts terms into the pool, a space or more behind them; returns offset and size in units."""
        if not terms:
            return 0, 0
        raw = encode_terms(terms).encode()
        begin, size = self._used, len(raw) // _UNIT + 1
        self._fresh.append(raw.ljust(size * _UNIT))
        self._used = begin + size
        return begin, size

    def _fill_pool(self) -> None:
        """Moves the terms stored last to where they belong."""
        units = np.frombuffer(b"".join(self._fresh), np.uint32)
        self._fresh.clear()
        if self._used > len(self._pool):
            self._pool = np.concatenate([self._pool, np.zeros(self._used, np.uint32)])
        self._pool[self._used - len(units) : self._used] = units


def _hash_lines(lines: Sequence[str]) -> Hashes:
    """A hash of each line as a whole, 0 for an empty one. Of a line that is too long the beginning counts."""
    joined = _PAD + _PAD.join(lines) + _PAD
    if len(joined) > _PIECE:  # a ligature is one letter of a piece, and up to eighteen of its terms
        if len(lines) > 1:
            half = len(lines) // 2
            return np.concatenate([_hash_lines(lines[:half]), _hash_lines(lines[half:])])
        joined = joined[: _PIECE - 1] + _PAD
    letters = np.frombuffer(joined.encode("utf-16-le", "surrogatepass"), np.dtype("<u2"))
    breaks = (letters == ord(_PAD)).nonzero()[0]
    return hash_words(letters, breaks[:-1] + 1, breaks[1:])


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Where to cut a text so that no piece is long and, unless a word is, none ends within a word."""
    begin = 0
    while len(text) - begin > _PIECE:
        end = begin + _PIECE
        cut = max(text.rfind(" ", end - _SLACK, end), text.rfind(_PAD, end - _SLACK, end)) + 1 or end
        yield begin, cut
        begin = cut
    yield begin, len(text)


def _chunks(letters: NDArray[np.uint16]) -> tuple[Places, Places]:
    """Where the chunks of a padded text begin and end."""
    classes = _classes().take(letters)
    separators = (classes == _SEPARATOR).nonzero()[0]
    between = (classes[separators - 1] == _DIGIT) & (classes[separators + 1] == _DIGIT)
    classes[separators[~between]] = _APART
    inside = classes != _APART
    edges = (inside[1:] != inside[:-1]).nonzero()[0] + 1
    return edges[0::2], edges[1::2]


@cache
def _classes() -> Classes:
    """The class of each UTF-16 unit: what stands within tokens, digits, separators of digits, and all else."""
    within = re.compile(rf"[\w{LETTER_CLASS}{ar.MARK_CLASS}{ar.INVISIBLE_CLASS}\ud800-\udfff]")
    classes = np.full(2**16, _APART, np.uint8)
    for code in range(2**16):
        if within.match(chr(code)):
            classes[code] = _DIGIT if chr(code).isdecimal() else _WITHIN
    classes[ord("_")] = _APART
    classes[[ord(separator) for separator in SEPARATOR_CLASS]] = _SEPARATOR
    return classes
