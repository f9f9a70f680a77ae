"""Reads the ids of matches: from the stored articles, or, once many were asked for, from a table of all ids.

In: Tantivy's addresses of articles. Out: their ids. An id lies in the store beside the article's JSON, and is as dear
to read as that. Where a run over thousands of topics asks for many, they are looked up by their numbers, which are a
column (`search/engines/id_order.py`), in a table that is made of the terms of the field `id`. Called by `engine.py`,
which turns Tantivy's exceptions into ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Final, cast

import tantivy

from search.engines.id_order import id_number
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
        found = self._table.ids(numbers)
        return [self._stored(ref) if id is None else id for ref, id in zip(refs, found, strict=True)]

    def _stored(self, ref: tantivy.DocAddress) -> str:
        return cast(str, self._searcher.doc(ref).get_first("id"))

    @cached_property
    def _table(self) -> _Table:
        return _Table(id for id, _ in self._searcher.terms_with_prefix("id", ""))

    @cached_property
    def _has_numbers(self) -> bool:
        return has_id_numbers(self._searcher)


class _Table:
    """Ids by their numbers: the ids one after another as UTF-8, and 24 bytes for each."""

    def __init__(self, ids: Iterable[str]) -> None:
        import numpy as np  # where many ids are read: a command does without

        texts = [id.encode() for id in ids]
        numbers = np.fromiter((id_number(text.decode()) for text in texts), dtype=np.int64, count=len(texts))
        ends = np.cumsum(np.fromiter(map(len, texts), dtype=np.int64, count=len(texts)))
        in_order = np.argsort(numbers)
        self._numbers = numbers[in_order]
        self._bounds = np.stack((ends - np.diff(ends, prepend=0), ends), axis=1)[in_order]
        self._texts = b"".join(texts)

    def ids(self, numbers: Sequence[int]) -> list[str | None]:
        """Return the id of each number, None for one that the table does not have."""
        import numpy as np

        places = np.searchsorted(self._numbers, np.asarray(numbers, dtype=np.int64)).clip(max=len(self._numbers) - 1)
        found = zip(self._numbers[places].tolist(), self._bounds[places].tolist(), numbers, strict=True)
        return [self._texts[start:end].decode() if has == number else None for has, (start, end), number in found]
