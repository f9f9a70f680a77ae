"""Reads the ids of matches: from the stored articles, or, once many were asked for, from a table of all ids.

In: Tantivy's addresses of articles. Out: their ids. An id lies in the store beside the article's JSON, and is as dear
to read as that. Where a run over thousands of topics asks for many, they are looked up by their numbers, which are a
column (`search/engines/id_order.py`), in a table that is made of the terms of the field `id`. Called by `engine.py`,
which turns Tantivy's exceptions into ours.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Final, cast

import tantivy

from search.engines.id_order import NUMBER_BITS, id_number
from search.engines.tantivy.order import ID_NUMBER, has_id_numbers

# A table takes as long to make as a quarter of all ids to read from the store. So it is made once so many were.
_SHARE_READ: Final = 0.25


class Ids:
    """Reads the ids of one open index. Safe to use from several threads."""

    def __init__(self, searcher: tantivy.Searcher) -> None:
        self._searcher = searcher
        self._read = 0

    def of(self, refs: Sequence[tantivy.DocAddress]) -> list[str]:
        """Return the ids of these articles, in the same order."""
        if self._read < _SHARE_READ * self._searcher.num_docs or not self._has_numbers:
            self._read += len(refs)
            return [self._stored(ref) for ref in refs]
        numbers = cast("list[int]", self._searcher.fast_field_values(ID_NUMBER, list(refs)))
        found = map(self._table.id, numbers)
        return [self._stored(ref) if id is None else id for ref, id in zip(refs, found, strict=True)]

    def _stored(self, ref: tantivy.DocAddress) -> str:
        return cast(str, self._searcher.doc(ref).get_first("id"))

    @cached_property
    def _table(self) -> IdTable:
        return IdTable(id for id, _ in self._searcher.terms_with_prefix("id", ""))

    @cached_property
    def _has_numbers(self) -> bool:
        return has_id_numbers(self._searcher)


class IdTable:
    """Ids by their numbers: the ids as UTF-8, in the order of the numbers, and 20 to 24 bytes for each.

    Numbers are hashes, and so spread evenly: the first bits of one tell where it stands among them, but for a step or
    two. A search by halves waits for the computer's memory at nearly each of its steps.
    """

    def __init__(self, ids: Iterable[str]) -> None:
        import numpy as np  # where many ids are read: a command does without

        unsorted = list(ids)
        numbers = np.fromiter(map(id_number, unsorted), dtype=np.int64, count=len(unsorted))
        in_order = np.argsort(numbers)
        texts = [unsorted[at].encode() for at in in_order.tolist()]
        bits = len(texts).bit_length()
        self._count = len(texts)
        self._texts = b"".join(texts)
        self._ends = array("q", np.cumsum([0, *map(len, texts)], dtype=np.int64).tobytes())
        self._numbers = array("q", numbers[in_order].tobytes())
        self._numbers.append(2**NUMBER_BITS - 1)  # the greatest, at which each search ends
        self._shift = NUMBER_BITS - bits
        beginnings = np.arange(2**bits, dtype=np.int64) << self._shift
        self._first = array("I", numbers[in_order].searchsorted(beginnings).astype(np.uint32).tobytes())

    def id(self, number: int) -> str | None:
        """Return the id with this number (0 to 2**63 - 1), None if the table has none."""
        numbers, at = self._numbers, self._first[number >> self._shift]
        while numbers[at] < number:
            at += 1
        if at == self._count or numbers[at] != number:
            return None
        return self._texts[self._ends[at] : self._ends[at + 1]].decode()
