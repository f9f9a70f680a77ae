"""The header of a list of queries → which column has the queries, and which ones narrow the search.

In: the rows of a table and the column that was asked for. Out: `Columns`. Called by `search/lists/rows.py`. Headers are
compared without harakat, hamzas and case, in Arabic and English; filters have the names of the command line's options
and those of the query language's fields.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from search.analysis.fold import fold, strip_marks
from search.errors import SourceError
from search.lists.table import TableRow
from search.query.dates.asked_days import FROM, TO
from search.query.operators import field_of
from search.query.tree import NAME_FIELDS

DATE: Final = "date"  # a column of spans of days, such as 2013..2015
_QUERY_NAMES: Final = (
    "query queries q name names keyword keywords search term full_name "
    "اسم الاسم أسماء الأسماء استعلام الاستعلام استعلامات الاستعلامات بحث البحث كلمات الكلمات عبارة العبارة الاسم_الكامل"
)
_DAY_NAMES: Final = {
    FROM: "from since من منذ",
    TO: "to until إلى حتى",
    DATE: "date تاريخ التاريخ",
}
_SHOWN: Final = 8  # columns that an error message names
_LONGEST: Final = 40  # characters of such a name


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the parts of a row stand, by the number of their cell, from 0.

    header   whether the first row names the columns
    query    the column of the queries
    filters  column → what it narrows by: one of `NAME_FIELDS`, FROM, TO or DATE
    width    how many cells a row may have
    """

    header: bool
    query: int
    filters: dict[int, str]
    width: int


def find_columns(
    rows: Sequence[TableRow], where: str, *, column: str | None, header: bool | None, filtering: bool
) -> Columns:
    """Return the columns of the table.

    where      the name of the file, for error messages
    column     the name of the column of queries, or its number from 1; None: the one with a usual name, or the only one
    header     whether the first row names the columns; None: it does if it has a known name
    filtering  whether columns with the name of a filter narrow the search

    Raises SourceError, which names the columns that there are.
    """
    names = [_folded(cell) for cell in rows[0].cells]
    known = [n for n, name in enumerate(names) if name in _QUERIES]
    asked = _asked(names, column)
    named = header if header is not None else bool(known) or (asked is not None and not _is_number(column))
    query = asked if column is not None else _chosen(known if named else [], names)
    width = max(len(row.cells) for row in rows) if not named else len(names)
    if query is None or not query < width:
        raise SourceError(_which(where, rows[0].cells, column))
    filters = {n: found for n, name in enumerate(names) if n != query and (found := _filter(name))}
    return Columns(named, query, filters if named and filtering else {}, width)


def _asked(names: Sequence[str], column: str | None) -> int | None:
    if column is None:
        return None
    if _folded(column) in names:
        return names.index(_folded(column))
    return int(column) - 1 if _is_number(column) and int(column) > 0 else None


def _chosen(known: Sequence[int], names: Sequence[str]) -> int | None:
    if known:
        return known[0]
    return 0 if len(names) == 1 else None


def _is_number(column: str | None) -> bool:
    return column is not None and column.isdecimal() and len(column) <= 4


def _filter(name: str) -> str | None:
    if name in _DAYS:
        return _DAYS[name]
    field = field_of(name)
    return field if field in NAME_FIELDS else None


def _which(where: str, cells: Sequence[str], column: str | None) -> str:
    shown = ", ".join(repr(cell.strip()[:_LONGEST]) for cell in cells[:_SHOWN])
    asked = "has no column of queries that is known by its name" if column is None else f"has no column {column!r}"
    return f"{where} {asked}: name one with --column, or give its number; the first row has {shown}"


def _folded(name: str) -> str:
    return fold(strip_marks(" ".join(name.split()))).casefold()


_QUERIES: Final = frozenset(_folded(name.replace("_", " ")) for name in _QUERY_NAMES.split())
_DAYS: Final = {_folded(name): day for day, names in _DAY_NAMES.items() for name in names.split()}
