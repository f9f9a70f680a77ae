"""A list that was typed into a form → its counts or its hits, within a time that holds no thread of a server for long.

In: the rows of the list, what answers them, and what to count by. Out: what was found for each row; rows for which no
time was left come back with the note that says so. Called by `web/routes/lists.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

from search.budget import Budget
from search.lists.rows import ListRow
from search.pages.records import Hit, Note, SearchPage, SearchRequest
from search.value_counts import ValueCounts

SECONDS: Final = 4.0  # of a processor, for all rows together


class ListSearcher(Protocol):
    """What answers the rows: `search.service.SearchService`, or another."""

    def search(self, request: SearchRequest, budget: Budget | None = None) -> SearchPage:
        """One page of results, within the budget."""

    def count_by(self, request: SearchRequest, by: str, budget: Budget | None = None) -> ValueCounts:
        """The matches of a request by source, section or year."""


@dataclass(frozen=True, slots=True)
class CountedRow:
    """A row and its counts; None if it was not searched, for its own problem or for want of time."""

    row: ListRow
    found: ValueCounts | None

    @property
    def late(self) -> bool:
        """Whether the time had ended before it."""
        return self.row.late


def count_rows(
    searcher: ListSearcher, rows: Sequence[ListRow], by: str, budget: Budget | None = None
) -> tuple[CountedRow, ...]:
    """Count the matches of each row by one of `COUNTED`. The same row is searched once, however often it is there."""
    budget = budget or Budget(SECONDS)
    known: dict[SearchRequest, ValueCounts] = {}
    return tuple(_counted(searcher, row, by, budget, known) for row in rows)


def hits_of_rows(
    searcher: ListSearcher, rows: Sequence[ListRow], *, limit: int, budget: Budget | None = None
) -> Iterator[tuple[ListRow, tuple[Hit, ...]]]:
    """Yield each row with its first hits, at most `limit`."""
    budget = budget or Budget(SECONDS)
    for row in rows:
        if row.request is None:
            yield row, ()
        elif not budget.allows():
            yield late(row), ()
        else:
            yield row, searcher.search(replace(row.request, limit=limit), budget).hits


def late(row: ListRow) -> ListRow:
    """Return the row with the note that the time for the list had ended before it."""
    return replace(row, problem=Note("list-time"))


def _counted(
    searcher: ListSearcher, row: ListRow, by: str, budget: Budget, known: dict[SearchRequest, ValueCounts]
) -> CountedRow:
    if row.request is None:
        return CountedRow(row, None)
    if row.request in known:
        return CountedRow(row, known[row.request])
    if not budget.allows():
        return CountedRow(late(row), None)
    found = searcher.count_by(row.request, by, budget)
    if found.cut:
        return CountedRow(late(row), None)
    known[row.request] = found
    return CountedRow(row, found)
