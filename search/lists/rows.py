"""A list of queries as it was written → the searches to make, and what is wrong with each row that gives none.

In: the bytes of a file, or the text of a form, and `ListOptions`. Out: a `QueryList`, whose rows each have a request or
a problem. Called by `search/list_commands.py` and `web/routes/lists.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from typing import Final

from search.errors import SourceError
from search.limits import LONGEST_NAME, MOST_FILTER_VALUES, MOST_ROWS
from search.lists.columns import DATE, Columns, find_columns
from search.lists.table import TableRow, has_columns_of_tabs, read_lines, read_table
from search.pages.records import Filters, Note, SearchRequest
from search.query.compose import compose
from search.query.dates.asked_days import FROM, TO, AskedDays, read_days
from search.query.dates.spans import read_span
from search.query.decompose import decompose
from search.query.operators import MOST_CHARACTERS, MOST_WORDS
from search.query.parser import parse
from search.query.tree import NAME_FIELDS

_SEPARATOR: Final = "|"  # between several names in the cell of a filter
_LONGEST: Final = 60  # characters of a value that a note repeats
#: Remarks of the parser → the problem of a row that is not searched, since a part of its query counts other articles.
_UNSEARCHED: Final = {
    "cut-words": Note("list-words", (("limit", MOST_WORDS),)),
    "cut-length": Note("list-length", (("limit", MOST_CHARACTERS),)),
    "empty": Note("list-empty"),
}
_ONE_COLUMN: Final = Columns(header=False, query=0, filters={}, width=1)


@dataclass(frozen=True, slots=True)
class ListOptions:
    """What holds for every row of a list.

    filters   the filters where a row has none of its own
    names     whether other spellings of foreign names, and synonyms, are searched too
    collapse  whether near-duplicates are one hit
    phrase    whether the words of a query have to follow one another
    near      how many other words may stand between neighbouring words of a query; None: anywhere in the article
    today     the day that words such as "yesterday" count from
    """

    today: date
    filters: Filters = field(default_factory=Filters)
    names: bool = True
    collapse: bool = True
    phrase: bool = False
    near: int | None = None


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row. request: its search; None if it has none. problem: why it has none. query: as it was written."""

    line: int
    query: str
    request: SearchRequest | None
    problem: Note | None = None

    @property
    def late(self) -> bool:
        """Whether it could have been searched, but the time for the list had ended."""
        return self.problem is not None and self.request is not None


@dataclass(frozen=True, slots=True)
class QueryList:
    """The rows of a list in order. columns: where they stand in the table.

    names: the names of the columns as they were written; none where the table has no header
    """

    rows: tuple[ListRow, ...]
    columns: Columns = _ONE_COLUMN
    names: tuple[str, ...] = ()


def read_list(
    raw: bytes,
    where: str,
    options: ListOptions,
    *,
    column: str | None = None,
    header: bool | None = None,
    filtering: bool = True,
) -> QueryList:
    """Return the list of a file: of one named .txt each line is a query, of another, or one with tabs, one column is.

    where: the name of the file. The other parameters are those of `find_columns`. Raises SourceError.
    """
    of_lines = where.lower().endswith(".txt") and not has_columns_of_tabs(raw)
    found = read_lines(raw) if of_lines else read_table(raw)
    if found is None:
        raise SourceError(f"{where} is no text: save the list as CSV in UTF-8")
    if not found:
        raise SourceError(f"{where} has no rows: write a query on each")
    if len(found) > MOST_ROWS:
        raise SourceError(f"{where} has {len(found):,} rows: a list has at most {MOST_ROWS:,}, part it")
    columns = find_columns(found, where, column=column, header=header, filtering=filtering)
    names = found[0].cells if columns.header else ()
    rows = tuple(_row(each, columns, options) for each in found[len(names) and 1 :])
    if not rows:
        raise SourceError(f"{where} has a header and no rows: write a query on each")
    return QueryList(rows, columns, names)


def read_typed(text: str, options: ListOptions, *, most: int) -> tuple[QueryList, int]:
    """Return the list of a text with a query on each line, at most so many, and how many there are beyond."""
    lines = (TableRow(number, (line,)) for number, line in enumerate(text.splitlines(), 1))
    written = (line for line in lines if not line.blank)
    rows = tuple(_asked(line.line, line.cells[0], options.filters, options) for line in islice(written, most))
    return QueryList(rows), sum(1 for _ in written)


def _row(row: TableRow, columns: Columns, options: ListOptions) -> ListRow:
    query = row.cells[columns.query].strip() if columns.query < len(row.cells) else ""
    if row.unclosed:
        return ListRow(row.line, query, None, Note("list-quote"))
    if any(cell.strip() for cell in row.cells[columns.width :]):
        return ListRow(row.line, query, None, Note("list-cells", (("limit", columns.width),)))
    cells = {name: cell for n, name in columns.filters.items() for cell in _cell(row, n)}
    found = _narrowed(cells, options)
    if isinstance(found, Note):
        return ListRow(row.line, query, None, found)
    return _asked(row.line, query, found, options)


def _cell(row: TableRow, n: int) -> Iterator[str]:
    """Yield the cell if something is written in it."""
    if n < len(row.cells) and row.cells[n].strip():
        yield row.cells[n].strip()


def _narrowed(cells: dict[str, str], options: ListOptions) -> Filters | Note:
    """Return the filters of a row: its own, and where it has none those of all rows."""
    filters = options.filters
    for name in NAME_FIELDS:
        if name in cells:
            values = tuple(dict.fromkeys(value for part in cells[name].split(_SEPARATOR) if (value := part.strip())))
            if len(values) > MOST_FILTER_VALUES or max(map(len, values), default=0) > LONGEST_NAME:
                return Note("list-names", (("piece", cells[name][:_LONGEST]), ("limit", MOST_FILTER_VALUES)))
            filters = filters.with_names(name, values)
    texts: dict[str, str] = {name: cells[name] for name in (FROM, TO, DATE) if name in cells}
    if not texts:
        return filters
    days = _days(texts, options.today)
    if days.unread or (DATE in texts and len(texts) > 1):
        wrong = days.unread[0] if days.unread else DATE
        return Note("list-day", (("piece", texts.get(wrong, texts.get(DATE, ""))[:_LONGEST]),))
    return replace(filters, first=days.first, last=days.last)


def _days(texts: dict[str, str], today: date) -> AskedDays:
    """Return the days of the columns; those of DATE are both ends of one span."""
    if DATE not in texts:
        return read_days(texts.get(FROM, ""), texts.get(TO, ""), today=today)
    span = read_span(texts[DATE], today=today)
    return AskedDays(span.first, span.last) if span else AskedDays(unread=(DATE,))


def _asked(line: int, query: str, filters: Filters, options: ListOptions) -> ListRow:
    query = query.strip()
    if not query:
        return ListRow(line, query, None, Note("list-empty"))
    searched = _in_form(query, options)
    remarks = {remark.kind for remark in parse(searched, today=options.today).remarks}
    problem = next((_UNSEARCHED[kind] for kind in _UNSEARCHED if kind in remarks), None)
    if problem:
        return ListRow(line, query, None, problem)
    request = SearchRequest(
        searched,
        filters=filters,
        names=options.names,
        collapse=options.collapse,
        repair=False,  # a count of 0 means that no article matches
        facets=False,
        today=options.today,
    )
    return ListRow(line, query, request)


def _in_form(query: str, options: ListOptions) -> str:
    """Return the query as a phrase or with its words near each other, where that is asked for and it has plain ones."""
    if not options.phrase and options.near is None:
        return query
    parts = decompose(query, today=options.today)
    if parts is None or not parts.words or parts.phrase or parts.near:
        return query  # it says itself how its words stand
    if options.near is not None:
        return compose(replace(parts, words="", near=parts.words, distance=options.near))
    return compose(replace(parts, words="", phrase=parts.words))
