"""Sorts the matches of a clause by date, and by id if their dates are equal.

In: a clause and the number of matches to return. Out: Tantivy's addresses of the articles. Tantivy sorts by one column
of numbers, and puts articles that have no number there behind all others. Articles of one moment, and those without a
date, are sorted here. So a clause is matched once, and once more only where the last moment of what was asked for has
very many articles. Called by `engine.py`, which turns Tantivy's exceptions into ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate, chain, groupby
from operator import itemgetter
from typing import Final, cast

import tantivy

from search.engines import id_order
from search.engines.base import Order
from search.engines.id_order import IdOrder
from search.engines.tantivy.queries import translate
from search.query.clauses import Between, Clause, Combine

ID_NUMBER: Final = "id_number"  # the column of `id_order.id_number`; Whoosh sorts the ids themselves
_MOST_READ: Final = 1_000  # ids read from the store, at 30 us each, before the order of all is made
_FURTHER: Final = 300  # matches that are asked for beyond the last: mostly the last moment ends among them
_OF_A_MOMENT: Final = 2_000  # matches of one moment that are read at once, without counting them first
_Refs = list[tantivy.DocAddress]


class DateOrder:
    """Sorts the matches of one open index; `fields` is the schema that clauses are translated for."""

    def __init__(self, searcher: tantivy.Searcher, fields: tantivy.Schema) -> None:
        self._searcher = searcher
        self._fields = fields
        self._read = 0

    def search(self, clause: Clause, *, limit: int, order: Order, total: bool) -> tuple[_Refs, int]:
        """Return the first `limit` matches, those without a date last, and how many match (-1 without `total`)."""
        direction = tantivy.Order.Desc if order is Order.NEWEST else tantivy.Order.Asc
        found = self._by_column("moment", clause, limit + _FURTHER, direction)
        hits, count = found.hits, total_of(found)
        whole = len(hits)
        if hits and whole < count:  # more of the last moment may have been cut off
            whole = next(at for at, (moment, _) in enumerate(hits) if moment == hits[-1][0])
        alike = [[ref for _, ref in of_moment] for _, of_moment in groupby(hits[:whole], key=itemgetter(0))]
        begins = accumulate(map(len, alike), initial=0)
        refs = self._each_in_id_order([group for group, at in zip(alike, begins, strict=False) if at < limit])[:limit]
        if whole < len(hits) and len(refs) < limit:
            refs += self._of_moment(clause, cast("int | None", hits[-1][0]), limit - len(refs), count - whole)
        return refs, count if total else -1

    def _of_moment(self, clause: Clause, moment: int | None, limit: int, left: int) -> _Refs:
        """The first `limit` matches of one moment in the order of their ids; None: of those without a date.

        left: how many matches have this moment or one that comes later in the order.
        """
        if moment is None:
            return self._by_id(Combine(must=(clause,), must_not=(Between("moment"),)), limit, left)
        of_moment = Combine(must=(clause, Between("moment", moment, moment)))
        found = self._by_column("moment", of_moment, min(left, _OF_A_MOMENT), tantivy.Order.Asc)
        if len(found.hits) == total_of(found):
            return self._in_id_order([ref for _, ref in found.hits])[:limit]
        return self._by_id(of_moment, limit, total_of(found))

    def _by_id(self, clause: Clause, limit: int, count: int) -> _Refs:
        """The first `limit` of `count` matches in the order of their ids."""
        if count > id_order.MOST_BY_ID and self._has_id_numbers:
            return [ref for _, ref in self._by_column(ID_NUMBER, clause, limit, tantivy.Order.Asc).hits]
        most = min(count, id_order.MOST_BY_ID)
        return self._in_id_order([ref for _, ref in self._by_column("moment", clause, most, tantivy.Order.Asc).hits])[
            :limit
        ]

    def _by_column(self, column: str, clause: Clause, limit: int, direction: tantivy.Order) -> tantivy.SearchResult:
        query = translate(clause, self._fields)
        return self._searcher.search(query, limit, count=True, order_by_field=column, order=direction)

    def _each_in_id_order(self, groups: Sequence[_Refs]) -> _Refs:
        """The groups one after another, each in the order of its ids: a far page has thousands, and all are looked up
        at once."""
        refs = list(chain.from_iterable(groups))
        several = [len(group) for group in groups if len(group) > 1]
        if not several or not self._has_id_numbers:
            return refs
        if self._are_read(sum(several)) or max(several) > id_order.MOST_BY_ID:
            return list(chain.from_iterable(map(self._in_id_order, groups)))
        import numpy as np

        group_of = np.repeat(np.arange(len(groups)), list(map(len, groups)))
        return [refs[at] for at in np.lexsort((self._ids.ranks(self._id_numbers(refs)), group_of))]

    def _in_id_order(self, refs: _Refs) -> _Refs:
        if len(refs) < 2 or not self._has_id_numbers:
            return refs
        crowded = len(refs) > id_order.MOST_BY_ID
        if not crowded and self._are_read(len(refs)):
            self._read += len(refs)
            ids = [cast(str, self._searcher.doc(ref).get_first("id")) for ref in refs]
            return [ref for _, ref in sorted(zip(ids, refs, strict=True), key=itemgetter(0))]
        import numpy as np

        numbers = self._id_numbers(refs)
        return [refs[at] for at in np.argsort(numbers if crowded else self._ids.ranks(numbers))]

    def _are_read(self, count: int) -> bool:
        """Whether so many ids are still read from the store."""
        return "_ids" not in vars(self) and self._read + count <= _MOST_READ

    def _id_numbers(self, refs: _Refs) -> list[int]:
        return cast("list[int]", self._searcher.fast_field_values(ID_NUMBER, refs))

    @cached_property
    def _ids(self) -> IdOrder:
        """The order of all ids, which takes 0.2 s to make of 90,000: while few ids were asked for, these are read."""
        return IdOrder(id for id, _ in self._searcher.terms_with_prefix("id", ""))

    @cached_property
    def _has_id_numbers(self) -> bool:
        """Whether articles can be sorted by id; those of an index of format 3 keep the order of its files."""
        return has_id_numbers(self._searcher)


def has_id_numbers(searcher: tantivy.Searcher) -> bool:
    """Return whether the index keeps numbers of ids: one of format 3 does not."""
    some = searcher.search(tantivy.Query.all_query(), 1, count=False).hits
    try:
        numbers = searcher.fast_field_values(ID_NUMBER, [ref for _, ref in some])
    except ValueError:
        return False
    return None not in numbers


def total_of(found: tantivy.SearchResult) -> int:
    """Return how many articles match; 0 if the search did not count them."""
    return int(getattr(found, "count", 0) or 0)
