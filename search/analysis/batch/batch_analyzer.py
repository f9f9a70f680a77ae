"""Many texts → their index terms: what the indexer calls, batch by batch.

In: texts. Out: `TextTerms` each, those of the tokens of `Analyzer.tokens` have. The texts of a batch are joined and
cut into pieces; `vocabulary.py` gives the terms of each piece by arrays. A dictionary look-up waits for memory once a
word; here a thousand words wait at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from threading import Lock
from typing import Final, NamedTuple

import numpy as np

from search.analysis.analyzer import Analyzer
from search.analysis.batch.chunk_vocabulary import FIELDS, PAIR, STEM, ChunkVocabulary, Piece
from search.analysis.batch.chunking import PAD
from search.analysis.batch.hashing import Hashes, Offsets
from search.analysis.batch.term_pool import UNIT, Numbers
from search.analysis.month_context import MAYBE_MONTH, resolve_month_terms
from search.analysis.term_encoding import decode_terms, encode_terms
from search.analysis.token_pairs import exact_terms, pair_terms, word_terms

LEAD_WORDS: Final = 30

_PIECE: Final = 2**18  # letters at once
_SLACK: Final = 2**10  # how far back a piece may end, so that it ends between words


class TextTerms(NamedTuple):
    """Space-joined index terms of one text, coded (alphabet.py), for an engine field that splits on white space; runs
    of spaces may occur.

    pairs   the levels word and exact (pairs.py)
    lead    the stem level of the first words
    vocalised  words written with harakat inside, each once, as terms `word|written`; by them the index knows whether
            an article's vocalisation contradicts a reader's
    hashes  of the level word, one for each chunk; 0 where it has no term
    """

    pairs: str
    stem: str
    lead: str
    vocalised: tuple[str, ...]
    hashes: Hashes

    @property
    def word(self) -> str:
        """The level word by itself."""
        return " ".join(word_terms(self.pairs))

    @property
    def exact(self) -> str:
        """The level exact by itself."""
        return " ".join(exact_terms(self.pairs))


class BatchAnalyzer:
    """Analysis of batches of texts. Safe to share between threads."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._vocabulary = ChunkVocabulary(analyzer)
        self._lock = Lock()

    def terms(self, texts: Sequence[str]) -> list[TextTerms]:
        """Return the terms of each text."""
        if not texts:
            return []
        joined = PAD.join(texts)
        starts = np.cumsum([0, *(len(text) + len(PAD) for text in texts)])
        with self._lock:
            pieces = [self._vocabulary.read(begin, joined[begin:end]) for begin, end in _pieces(joined)]
        return self._cut(_Gathered(pieces), starts)

    def _cut(self, whole: _Gathered, starts: Offsets) -> list[TextTerms]:
        """The terms of each text, out of those of all."""
        first = whole.begins.searchsorted(starts)
        bounds = [ends[first].tolist() for ends in whole.ends]
        leads = whole.ends[STEM][np.minimum(first[:-1] + LEAD_WORDS, first[1:])].tolist()
        pairs, stem = whole.written
        found = [
            TextTerms(
                pairs[p:p_end].decode(),
                stem[s:s_end].decode(),
                stem[s:lead_end].decode(),
                (),
                whole.hashes[begin:end],
            )
            for p, p_end, s, s_end, begin, end, lead_end in zip(
                *(edge for row in (*bounds, first.tolist()) for edge in (row, row[1:])), leads, strict=False
            )
        ]
        for text, places in _by_text(whole.doubtful, first):
            found[text] = self._settled(found[text], whole, places, first[text], first[text + 1])
        for text, places in _by_text(whole.vocalised, first):
            terms = dict.fromkeys(term for place in places for term in whole.marks[place])
            found[text] = found[text]._replace(vocalised=tuple(terms))
        return found

    def _settled(self, terms: TextTerms, whole: _Gathered, places: Offsets, first: int, end: int) -> TextTerms:
        """The terms of a text with doubtful months, which the words around them settle."""
        pairs, stem, lead = [], [], terms.lead
        done = first
        for begin, after in _surroundings(places, whole.filled, first, end):
            settled = self._settle(whole.text(PAIR, begin, after), whole.text(STEM, begin, after))
            pairs += [whole.text(PAIR, done, begin), settled[0]]
            stem += [whole.text(STEM, done, begin), settled[1]]
            done = after
        pairs.append(whole.text(PAIR, done, end))
        stem.append(whole.text(STEM, done, end))
        if MAYBE_MONTH in lead:
            lead = self._settle(whole.text(PAIR, first, min(first + LEAD_WORDS, end)), lead)[1]
        return terms._replace(pairs=" ".join(pairs), stem=" ".join(stem), lead=lead)

    def _settle(self, pairs: str, stem: str) -> tuple[str, str]:
        coded = decode_terms(pairs)
        word, stem = resolve_month_terms(" ".join(word_terms(coded)), decode_terms(stem), self._analyzer.month_stems)
        return encode_terms(pair_terms(word.split(), exact_terms(coded))), encode_terms(stem)


class _Gathered:
    """All pieces as one; `ends` in bytes, with a 0 in front."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        before = np.cumsum([0, *(len(piece.begins) for piece in pieces)]).tolist()
        self.begins = np.concatenate([piece.begins for piece in pieces])
        self.hashes = np.concatenate([piece.hashes for piece in pieces])
        self.ends = [_joined_ends([piece.ends[field] for piece in pieces]) for field in range(FIELDS)]
        self.written = [b"".join([piece.units[field].tobytes() for piece in pieces]) for field in range(FIELDS)]
        self.doubtful = np.concatenate([piece.doubtful + passed for piece, passed in zip(pieces, before, strict=False)])
        self.filled = self.hashes.nonzero()[0]
        self.marks = {
            place + passed: terms
            for piece, passed in zip(pieces, before, strict=False)
            for place, terms in piece.vocalised.items()
        }
        self.vocalised = np.array(list(self.marks), np.int64)

    def text(self, field: int, first: int, end: int) -> str:
        """The terms of the chunks from `first` to `end`."""
        ends = self.ends[field]
        return self.written[field][ends[first] : ends[end]].decode()


def _joined_ends(ends: Sequence[Numbers]) -> Offsets:
    """The ends of all pieces, in bytes of the whole, with a 0 in front."""
    passed, joined = np.int64(0), [np.zeros(1, np.int64)]
    for own in ends:
        joined.append(own + passed)
        passed += own[-1] if len(own) else 0
    return np.concatenate(joined) * UNIT


def _by_text(places: Offsets, first: Offsets) -> Iterator[tuple[int, Offsets]]:
    """The places of each text that has some."""
    texts, cuts = np.unique(first.searchsorted(places, "right") - 1, return_index=True)
    yield from zip(texts.tolist(), np.split(places, cuts[1:]), strict=False)


def _surroundings(places: Offsets, filled: Offsets, first: int, end: int) -> Iterator[tuple[int, int]]:
    """The places with their neighbours, as stretches that do not overlap; `filled`: the places that have terms."""
    at = filled.searchsorted(places)
    befores = np.maximum(filled[np.maximum(at - 1, 0)], first)
    afters = np.minimum(filled[np.minimum(at + 1, len(filled) - 1)] + 1, end)
    begin, done = -1, -1
    for before, after in zip(befores.tolist(), afters.tolist(), strict=True):
        if begin >= 0 and before > done:
            yield begin, done
            begin = -1
        if begin < 0:
            begin = before
        done = after
    yield begin, done


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Where to cut a text so that no piece is long and, unless a word is, none ends within a word."""
    begin = 0
    while len(text) - begin > _PIECE:
        end = begin + _PIECE
        cut = max(text.rfind(" ", end - _SLACK, end), text.rfind(PAD, end - _SLACK, end)) + 1 or end
        yield begin, cut
        begin = cut
    yield begin, len(text)
