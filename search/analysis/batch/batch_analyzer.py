"""Analyses many texts at once into their index terms, by arrays: what the indexer calls, batch by batch.

In: texts. Out: their `TextTerms`, which are those of the tokens of `Analyzer.tokens`. The texts of a batch are joined
and cut into pieces; `chunk_vocabulary.py` gives the terms of each piece; here they are cut into the terms of each text.
A look-up in a dictionary waits for the computer's memory once for each word; arrays fetch a thousand words at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from threading import Lock
from typing import Final, NamedTuple

import numpy as np

from search.analysis.amounts import PERCENT
from search.analysis.analyzer import Analyzer
from search.analysis.batch.chunk_vocabulary import FIELDS, PAIR, STEM, ChunkVocabulary
from search.analysis.batch.chunking import PAD
from search.analysis.batch.hashing import Hashes, Offsets
from search.analysis.batch.joined_pieces import JoinedPieces
from search.analysis.batch.per_cent import write_per_cent
from search.analysis.context import AFTER, BEFORE, IN_DOUBT, readings, without_tags
from search.analysis.memo import Memo
from search.analysis.term_encoding import decode_terms, encode_terms
from search.analysis.token_pairs import OTHER_FORM, TERMS_PER_TOKEN, exact_terms, pair_terms, word_terms

LEAD_WORDS: Final = 30

_PIECE: Final = 2**19  # characters of the longest piece
_TERMS: Final = 2**8  # terms that neighbours give words, of which there are few
_SLACK: Final = 2**10  # how many characters shorter a piece may be, so that it ends between words


class TextTerms(NamedTuple):
    """The index terms of one text, encoded (term_encoding.py) and joined by spaces, of which several may follow each
    other: engines split such a field at white space.

    pairs      the levels word and exact together (token_pairs.py)
    stem       the level stem
    lead       the level stem of the first LEAD_WORDS chunks
    vocalised  the words written with harakat inside, each once, as terms `word|written`; by them the index knows
               whether an article's harakat contradict a reader's
    hashes     for each chunk of the text, the hash of its terms at the level word; 0 if it has none
    """

    pairs: str
    stem: str
    lead: str
    vocalised: tuple[str, ...]
    hashes: Hashes

    @property
    def word(self) -> str:
        """The terms at the level word alone."""
        return " ".join(word_terms(self.pairs))

    @property
    def exact(self) -> str:
        """The terms at the level exact alone."""
        return " ".join(exact_terms(self.pairs))


class BatchAnalyzer:
    """Analyses batches of texts with an analyser's rules and tables. Safe to share between threads."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._vocabulary = ChunkVocabulary(analyzer)
        self._lock = Lock()
        self._stems = Memo(self._stems_of, limit=_TERMS)

    def terms(self, texts: Sequence[str]) -> list[TextTerms]:
        """Return the terms of each text."""
        if not texts:
            return []
        joined = PAD.join(texts)
        starts = np.cumsum([0, *(len(text) + len(PAD) for text in texts)])
        with self._lock:
            pieces = [self._vocabulary.read(begin, joined[begin:end]) for begin, end in _pieces(joined)]
        whole = JoinedPieces(joined, pieces, starts)
        if len(whole.in_doubt):
            terms = {PAIR: _pair(PERCENT, PERCENT), STEM: " ".join(self._stems[PERCENT])}
            write_per_cent(whole, terms, lead=LEAD_WORDS)
        return self._cut(whole)

    def _cut(self, whole: JoinedPieces) -> list[TextTerms]:
        """Return the terms of each text."""
        first = whole.first
        bounds = [ends[first].tolist() for ends in whole.ends]
        leads = whole.ends[STEM][np.minimum(first[:-1] + LEAD_WORDS, first[1:])].tolist()
        pairs, stem = map(whole.terms, range(FIELDS))
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
        for text, chunks in _by_text(whole.in_doubt, first):
            found[text] = self._in_context(found[text], whole, chunks, first[text], first[text + 1])
        for text, chunks in _by_text(whole.vocalised, first):
            terms = dict.fromkeys(term for chunk in chunks for term in whole.vocalised_terms[chunk])
            found[text] = found[text]._replace(vocalised=tuple(terms))
        return found

    def _in_context(self, terms: TextTerms, whole: JoinedPieces, chunks: Offsets, first: int, end: int) -> TextTerms:
        """Return the terms of the text of the chunks from `first` to `end`, with those of `chunks`, which neighbours
        decide, read beside the words around them.
        """
        pairs, stem, lead = [], [], terms.lead
        done = first
        for begin, after in _with_neighbours(chunks, whole.filled, first, end):
            read = self._read(whole, begin, after)
            pairs += [whole.terms_of(PAIR, done, begin), read[0]]
            stem += [whole.terms_of(STEM, done, begin), read[1]]
            done = after
        pairs.append(whole.terms_of(PAIR, done, end))
        stem.append(whole.terms_of(STEM, done, end))
        if IN_DOUBT in lead:
            lead = self._read(whole, first, min(first + LEAD_WORDS, end))[1]
        return terms._replace(pairs=" ".join(pairs), stem=" ".join(stem), lead=lead)

    def _read(self, whole: JoinedPieces, first: int, end: int) -> tuple[str, str]:
        """Return the pairs and the stems of the chunks from `first` to `end`, read beside one another."""
        decoded = decode_terms(whole.terms_of(PAIR, first, end)).split()
        words = decoded[::TERMS_PER_TOKEN]
        one_each = len(words) == end - first and whole.hashes[first:end].all()
        if not one_each or whole.is_replaced(first, end):  # a chunk of several tokens or of none
            return self._analysed(whole.text(first, end))
        pairs, stems = list[str](), list[str]()
        done = first
        for begin, after, term in readings(words):
            pairs.append(whole.terms_of(PAIR, done, first + begin))
            stems.append(whole.terms_of(STEM, done, first + begin))
            exact = decoded[TERMS_PER_TOKEN * begin + 1].removeprefix(OTHER_FORM)
            if term is None:
                pairs.append(_pair(words[begin][1:], exact))
                stems += without_tags(whole.terms_of(STEM, first + begin, first + after).rstrip())
            else:
                pairs.append(_pair(term, exact if after == begin + 1 else term))
                stems += self._stems[term]
            done = first + after
        pairs.append(whole.terms_of(PAIR, done, end))
        stems.append(whole.terms_of(STEM, done, end))
        return " ".join(pairs), " ".join(stems)

    def _stems_of(self, term: str) -> tuple[str, ...]:
        return tuple(map(encode_terms, self._analyzer.stems_of_term(term)))

    def _analysed(self, text: str) -> tuple[str, str]:
        """Return the pairs and the stems of a part of a text."""
        tokens = self._analyzer.tokens(text)
        pairs = pair_terms((token.word for token in tokens), (token.exact for token in tokens))
        return encode_terms(pairs), encode_terms(" ".join(stem for token in tokens for stem in token.stems))


@lru_cache(maxsize=2**10)
def _pair(word: str, exact: str) -> str:
    """Return the encoded pair of one token."""
    return encode_terms(pair_terms((word,), (exact,)))


def _by_text(chunks: Offsets, first: Offsets) -> Iterator[tuple[int, Offsets]]:
    """Yield each text that some of the chunks belong to, with those chunks; `first`: the first chunk of each text."""
    texts, cuts = np.unique(first.searchsorted(chunks, "right") - 1, return_index=True)
    yield from zip(texts.tolist(), np.split(chunks, cuts[1:]), strict=False)


def _with_neighbours(chunks: Offsets, filled: Offsets, first: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield ranges of chunks, from `begin` to `after`, that do not overlap and in which each of the chunks has its
    neighbours: the nearest chunks before and behind it that have terms (`filled`), within the text.
    """
    at = filled.searchsorted(chunks)
    befores = np.maximum(filled[np.maximum(at - BEFORE, 0)], first)
    afters = np.minimum(filled[np.minimum(at + AFTER, len(filled) - 1)] + 1, end)
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
    """Yield the offsets at which pieces of a text begin and end. No piece is longer than _PIECE, and none ends within a
    word, unless the word is longer than _SLACK.
    """
    begin = 0
    while len(text) - begin > _PIECE:
        end = begin + _PIECE
        cut = max(text.rfind(" ", end - _SLACK, end), text.rfind(PAD, end - _SLACK, end)) + 1 or end
        yield begin, cut
        begin = cut
    yield begin, len(text)
