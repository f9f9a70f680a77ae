"""Counts the values of a facet that may have thousands of them by numbers that stand for the names.

In: an index and a query of Tantivy. Out: the commonest values. To count names Tantivy reads from the dictionary of each
segment what each value is called that a match has: of 3,000 authors 0.1 to 0.5 ms a segment. So each article has the
numbers of its authors too, in a column. What these are called says a table, made of the terms of the field once a few
such counts were asked for. Called by `engine.py`, which turns Tantivy's exceptions into ours, and by `writer.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import tantivy
from tantivy import FieldType, Query

from search.engines.id_order import id_number
from search.engines.tantivy.counting import commonest
from search.engines.tantivy.ids import IdTable
from search.engines.tantivy.order import total_of

COLUMNS: Final = {"author": "author_number"}  # field → the column of its numbers
_WORTH: Final = 4  # counts of a field, which take as long as its table
_MOST_LIMIT: Final = 100  # values that are asked for; more are seldom, and then counted by name
_MORE: Final = 10  # times as many numbers are asked for: where that is not all, the last ones must be rarer


def has_column(fields: tantivy.Schema, column: str) -> bool:
    """Return whether the index has this column: one that an earlier version made has not."""
    try:
        Query.range_query(fields, column, FieldType.Integer, 0, 0)
    except ValueError:
        return False
    return True


def numbers_of(keywords: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """Yield each column and number of the values of an article; keywords: field → values."""
    for field, column in COLUMNS.items():
        for value in dict.fromkeys(keywords.get(field, ())):
            yield column, id_number(value)


class NameNumbers:
    """Counts names of one open index by their numbers. Safe to share between threads."""

    def __init__(self, searcher: tantivy.Searcher, fields: tantivy.Schema) -> None:
        self._searcher = searcher
        self._numbered = {field for field, column in COLUMNS.items() if has_column(fields, column)}
        self._asked = dict.fromkeys(COLUMNS, 0)
        self._tables: dict[str, IdTable] = {}

    def request(self, field: str, limit: int, least: int) -> dict[str, dict[str, Any]] | None:
        """Return the request for the commonest values of a field; None where it is to be counted by name."""
        if field not in self._numbered or limit > _MOST_LIMIT:
            return None
        if field not in self._tables:
            self._asked[field] += 1
            if self._asked[field] <= _WORTH:
                return None
            if not self._is_complete(field):
                self._numbered.discard(field)
                return None
            self._tables[field] = IdTable(name for name, _ in self._searcher.terms_with_prefix(field, ""))
        return commonest(COLUMNS[field], limit * _MORE, least)

    def _is_complete(self, field: str) -> bool:
        """Return whether all articles with a name have its number: an earlier version adds articles without."""
        named, numbered = map(Query.exists_query, (field, COLUMNS[field]))
        return total_of(self._searcher.search(named, 1)) == total_of(self._searcher.search(numbered, 1))

    def values(self, field: str, rows: list[dict[str, Any]], limit: int) -> dict[str | int, int] | None:
        """Return the values that such a request was answered with, of equally common ones the first by the alphabet.

        None where others may be as common as the last of them, or a number has no name.
        """
        if len(rows) == limit * _MORE and rows[limit - 1]["doc_count"] == rows[-1]["doc_count"]:
            return None
        table, found = self._tables[field], list[tuple[int, str]]()
        for row in rows:
            if len(found) >= limit and row["doc_count"] < -found[limit - 1][0]:
                break
            name = table.id(int(row["key"]))
            if name is None:
                return None
            found.append((-row["doc_count"], name))
        return {name: -count for count, name in sorted(found)[:limit]}
