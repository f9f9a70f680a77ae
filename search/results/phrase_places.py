"""Finds the parts of a text that may be a phrase of the query, so that few chunks are analysed token by token.

In: phrases as terms at the level word or exact, and the chunks of a text. Out: the numbers of the first and the last
chunk of each part. Called by `search/results/highlighter.py`. Of each phrase the word with the longest run of letters
that stand as they are (`form_filter.py`) is looked for in the text, and only what stands around it is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Final

from search.analysis.amounts import CURRENCY_CODES, SIGNS
from search.analysis.analyzer import Analyzer
from search.analysis.context import DECIDED_BY_NEIGHBOURS, IN_DOUBT, outcomes
from search.analysis.fold import fold
from search.analysis.letters import FOLDED_ALPHABET
from search.analysis.levels import Levels
from search.analysis.months import CANONICAL_MONTH
from search.analysis.word_rules import NAME_PARTS
from search.results.chunk_offsets import Chunks
from search.results.form_filter import FormFilter, longest_run
from search.results.passages import positions

_EXACT, _WORD = 0, 1  # places in `Levels`
_ALPHABET: Final = frozenset(FOLDED_ALPHABET)
# Terms that tables give words of other letters.
_FROM_TABLES: Final = frozenset(
    (*CANONICAL_MONTH.values(), *SIGNS.values(), *CURRENCY_CODES.values(), *map(fold, NAME_PARTS.values()))
)

_FEW: Final = 4  # chunks around which reading costs less than looking for another word of the phrase

Place = tuple[int, int]  # the numbers of the first and the last chunk
Phrase = tuple[str, ...]


class PhrasePlaces:
    """Looks for these phrases, of terms at the level word and of terms at the level exact."""

    def __init__(self, analyzer: Analyzer, phrases: Sequence[Phrase], exact_phrases: Sequence[Phrase]) -> None:
        self._analyzer = analyzer
        self._rows = [(row, _WORD) for row in phrases] + [(row, _EXACT) for row in exact_phrases]
        self._terms = frozenset(chain.from_iterable(row for row, _ in self._rows))
        self._sure = self._terms.isdisjoint(DECIDED_BY_NEIGHBOURS)
        self._filters = [_filters(row) for row, _ in self._rows]

    def of(self, chunks: Chunks) -> set[Place]:
        """Return the places that may be a phrase."""
        if not self._sure and self._may_be_read_as_one(chunks):
            return {(0, len(chunks) - 1)}
        found: set[Place] = set()
        for (row, level), filters in zip(self._rows, self._filters, strict=True):
            for first, last in self._parts(chunks, row, level, filters):
                found.update(self._within(chunks, row, level, first, last))
        return found

    def _may_be_read_as_one(self, chunks: Chunks) -> bool:
        """Return whether the neighbours of some word decide whether it is one of the phrases' words."""
        doubtful = (term for _, word, _ in self._levels(chunks.texts) if IN_DOUBT in word for term in word.split())
        return any(not self._terms.isdisjoint(outcomes(term)) for term in doubtful)

    def _parts(self, chunks: Chunks, row: Phrase, level: int, filters: Mapping[str, FormFilter]) -> Iterator[Place]:
        """Yield the parts of the text that are read for a phrase: as many words as it has others on either side of the
        word that is rarest in this text."""
        if not filters:
            yield 0, len(chunks) - 1
            return
        others, done = len(row) - 1, -1
        term, near = _rarest(chunks, filters)
        levels = self._levels([*map(chunks.chunk, near)])
        for number, terms in zip(near, levels, strict=True):
            if term not in terms[level].split():
                continue
            last = neighbour(self._analyzer, chunks, number, 1, others)
            if last > done:  # of parts that end alike the first is the longest
                yield neighbour(self._analyzer, chunks, number, -1, others), last
                done = last

    def _within(self, chunks: Chunks, row: Phrase, level: int, first: int, last: int) -> Iterator[Place]:
        """Yield the places of the phrase in a part of the text."""
        read = [levels[level] for levels in self._levels([*map(chunks.chunk, range(first, last + 1))])]
        if f" {' '.join(row)} " not in f" {' '.join(filter(None, read))} ":
            return  # as in most texts: the rest is slow
        holders = [number for number, terms in enumerate(read, first) for _ in terms.split()]
        for at in positions([term for terms in read for term in terms.split()], row):
            yield holders[at], holders[at + len(row) - 1]

    def _levels(self, chunks: Sequence[str]) -> list[Levels]:
        return self._analyzer.levels(chunks)


def neighbour(analyzer: Analyzer, chunks: Chunks, number: int, step: int, wanted: int) -> int:
    """Return the number of the chunk before (step -1) or behind (1) up to which `wanted` chunks with words stand."""
    found, at = number, number + step
    while wanted and 0 <= at < len(chunks):
        if analyzer.levels([chunks.chunk(at)])[0][_EXACT]:
            wanted, found = wanted - 1, at
        at += step
    return found


def _filters(row: Phrase) -> dict[str, FormFilter]:
    """Return what finds the words of a phrase that letters tell, the longest run of letters first."""
    written = [term for term in row if _ALPHABET.issuperset(term) and term not in _FROM_TABLES and longest_run(term)]
    written.sort(key=lambda term: len(longest_run(term)), reverse=True)
    return {term: FormFilter([term]) for term in written}


def _rarest(chunks: Chunks, filters: Mapping[str, FormFilter]) -> tuple[str, list[int]]:
    """Return that of these words which the fewest chunks may be, and the numbers of those chunks."""
    rarest: tuple[str, list[int]] | None = None
    for term, each in filters.items():
        found = term, sorted(each.near(chunks))
        if rarest is None or len(found[1]) < len(rarest[1]):
            rarest = found
        if len(rarest[1]) <= _FEW:
            break
    return rarest or ("", [])
