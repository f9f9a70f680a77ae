"""The engine on Whoosh: pure Python, with all features of the engine on Tantivy, but slower.

In: the documents and clauses of `search/engines/base.py`. Out: matches. Whoosh writes and reads the files; `scores.py`
evaluates clauses. It is for machines where Tantivy cannot be installed. Called through `search/engines/registry.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from heapq import nsmallest
from math import inf
from pathlib import Path
from typing import cast

from search import schema
from search.engines import id_order
from search.engines.base import MOST_COUNTED, WRITER_MEMORY, Digests, Engine, Found, Match, Order, Stored, Writer
from search.engines.id_order import id_number
from search.engines.whoosh.library import FileIndex
from search.engines.whoosh.scores import Bm25, Scores
from search.engines.whoosh.segment import NAME, SCHEMA, files_of, open_segments
from search.engines.whoosh.storage import Storage, reading, writing
from search.engines.whoosh.time_limit import matching
from search.engines.whoosh.writer import WhooshWriter, digests
from search.query.clauses import Clause
from search.schema import Kind

# The sort key of a match, lowest first: score or moment (negated for the highest first), number of the id, id, number
# of the segment, number of the article in the segment.
Key = tuple[float, int, str, int, int]


def create(folder: Path) -> None:
    """Makes an empty index in this empty folder."""
    with writing(folder):
        FileIndex.create(Storage(folder), SCHEMA, NAME)


def open_engine(folder: Path) -> Engine:
    """Opens an index for searching, as it is now."""
    return WhooshEngine(folder)


def open_writer(folder: Path, *, fresh: bool = False, memory: int = WRITER_MEMORY) -> Writer:
    """Opens an index for writing; an empty one needs no special care here."""
    return WhooshWriter(folder, memory=memory)


def open_digests(folder: Path) -> Digests:
    """Opens an index for looking up digests."""
    return partial(digests, folder, open_segments(folder))


def files(folder: Path) -> dict[str, bool]:
    """See `search.engines.base.Backend.files`: each file has a name of its own, and none changes."""
    return dict.fromkeys(files_of(folder), True)


def unready(folder: Path) -> None:
    """Return None: an index that could be opened is searched as a whole."""


def sound(folder: Path, name: str) -> bool | None:
    """See `search.engines.base.Backend.sound`: Whoosh keeps no checksums."""
    return None


class WhooshEngine:
    """See `search.engines.base.Engine`. A ref is the number of a segment and of an article in it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._segments = open_segments(folder)
        self._bm25 = Bm25(self._segments)

    @property
    def documents(self) -> int:
        return sum(segment.size - len(segment.deleted) for segment in self._segments)

    def search(self, clause: Clause, *, limit: int, order: Order = Order.RELEVANCE, total: bool = True) -> Found:
        with reading(self._folder):
            scores = matching(clause, self._segments, self._bm25)
            keys: Iterable[Key] = self._keys(scores, order)
            best = nsmallest(limit, keys if order is Order.RELEVANCE else _with_id_numbers(keys))
            matches = tuple(self._match(key, scored=order is Order.RELEVANCE) for key in best)
        return Found(sum(map(len, scores)) if total else -1, matches)

    def load(self, refs: Sequence[object]) -> list[Stored]:
        with reading(self._folder):
            addresses = cast(Sequence[tuple[int, int]], refs)
            return [self._segments[number].stored(article) for number, article in addresses]

    def ids(self, refs: Sequence[object]) -> list[str]:
        return [stored.id for stored in self.load(refs)]

    def counts(
        self, clause: Clause, fields: Sequence[str], *, limit: int = MOST_COUNTED, least: int = 1
    ) -> dict[str, dict[str | int, int]]:
        with reading(self._folder):
            scores = matching(clause, self._segments, self._bm25)
            return {field: self._commonest(field, scores, limit, least) for field in fields}

    def terms(self, field: str, prefix: str, *, limit: int) -> list[tuple[str, int]]:
        found: Counter[str] = Counter()
        with reading(self._folder):
            for segment in self._segments:
                found.update(dict(segment.vocabulary(field).starting_with(prefix)))
        return nsmallest(limit, found.items(), key=lambda term: (-term[1], term[0]))

    def frequencies(self, field: str, texts: Sequence[str]) -> list[int]:
        with reading(self._folder):
            return [sum(segment.frequency(field, text) for segment in self._segments) for text in texts]

    def _keys(self, scores: Sequence[Scores], order: Order) -> Iterator[Key]:
        for number, found in enumerate(scores):
            if order is Order.RELEVANCE:
                yield from ((-score, 0, "", number, article) for article, score in found.items())
            else:
                yield from self._date_keys(number, found, order)

    def _date_keys(self, number: int, found: Scores, order: Order) -> Iterator[Key]:
        moments, ids = self._segments[number].numbers("moment"), self._segments[number].ids()
        sign = -1 if order is Order.NEWEST else 1
        for article in found:
            moment = moments[article]
            yield inf if moment is None else sign * moment, 0, ids[article], number, article

    def _match(self, key: Key, *, scored: bool) -> Match:
        least, _, _, number, article = key
        group = self._segments[number].numbers("group")[article]
        return Match((number, article), -least if scored else 0.0, group)

    def _commonest(self, field: str, scores: Sequence[Scores], limit: int, least: int) -> dict[str | int, int]:
        most = MOST_COUNTED if schema.BY_NAME[field].kind is Kind.NUMBER else limit
        counted = Counter(self._values(field, scores))
        frequent = (row for row in counted.items() if row[1] >= least)
        return dict(nsmallest(most, frequent, key=lambda row: (-row[1], row[0])))

    def _values(self, field: str, scores: Sequence[Scores]) -> Iterable[str | int]:
        for segment, found in zip(self._segments, scores, strict=True):
            if schema.BY_NAME[field].kind is Kind.NUMBER:
                numbers = segment.numbers(field)
                yield from (number for article in found if (number := numbers[article]) is not None)
            else:
                values = segment.values(field)
                yield from (value for article in found for value in values[article])


def _with_id_numbers(keys: Iterable[Key]) -> list[Key]:
    """Add the number of the id to the keys of moments that more than MOST_BY_ID articles share."""
    every = list(keys)
    crowded = {moment for moment, count in Counter(key[0] for key in every).items() if count > id_order.MOST_BY_ID}
    if not crowded:
        return every
    return [(key[0], id_number(key[2]), *key[2:]) if key[0] in crowded else key for key in every]
