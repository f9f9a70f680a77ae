"""The counts of a list of queries → what the page /batch shows: a table whose figures lead to their searches, a form.

In: the rows with their counts, what was asked, and the site's `Links`. Out: a `ListView`. Pure; called by
`web/routes/lists.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from search.limits import MOST_TYPED_ROWS
from search.lists.typed import CountedRow
from search.pages.plurals import counted, number
from search.pages.records import IndexFacts, SearchRequest
from search.pages.sentences import note_text
from search.value_counts import COUNTED, YEAR, ValueCounts
from web.addresses.links import Links, Pair, pairs
from web.addresses.list_requests import WAYS, AskedList, pairs_of_list
from web.messages.table import say
from web.text.shortening import fitting, shortened
from web.views.date_fields import DateFields, around, date_fields, said_of_filters

MOST_COLUMNS: Final = 12  # values that the table shows, the commonest; the CSV has all
MOST_OFFERED: Final = 100  # sources that the form offers
MOST_ADDRESSES: Final = 200_000  # bytes that the links of the table may take
_LONGEST_NAME: Final = 24  # letters of a source at the head of a column


@dataclass(frozen=True, slots=True)
class Figure:
    """A count, and the search that finds these articles; None where there are none, or no room for the address."""

    text: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class RowView:
    """A row: the number of its line, its query and the search, how many articles match, and how many of each column."""

    line: str
    query: str
    total: Figure
    cells: tuple[Figure, ...]
    notes: tuple[str, ...]
    unsearched: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several values of the form."""

    value: str
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class ListView:
    """All that the page shows. rest: the queries for which no time was left, a line each."""

    text: str
    rows: tuple[RowView, ...]
    columns: tuple[str, ...]
    by: str
    total: str
    sums: tuple[str, ...]
    summary: str
    notices: tuple[str, ...]
    rest: str
    rest_fields: tuple[Pair, ...]
    ways: tuple[Choice, ...]
    distance: str
    names: bool
    counts_by: tuple[Choice, ...]
    source: str
    sources: tuple[str, ...]
    kept: tuple[Pair, ...]
    dates: DateFields
    most: int = MOST_TYPED_ROWS


def build_list_view(asked: AskedList, counted_rows: Sequence[CountedRow], links: Links, facts: IndexFacts) -> ListView:
    """The page of this list; without rows it is the form alone."""
    language = links.language
    found = [row.found for row in counted_rows if row.found is not None]
    columns = _columns(found, asked.by)
    rest = "\n".join(row.row.query for row in counted_rows if row.late)
    filters = asked.options.filters
    one_source = filters.sources[0] if len(filters.sources) == 1 else ""
    elsewhere = replace(filters, first=None, last=None, sources=() if one_source else filters.sources)
    return ListView(
        text=asked.text,
        rows=tuple(_rows(counted_rows, columns, asked.by, links)),
        columns=tuple(shortened(name, _LONGEST_NAME) for name in columns),
        by=say(language, f"list_by_{asked.by}"),
        total=number(sum(each.total for each in found)),
        sums=tuple(number(sum(each.values.get(name, 0) for each in found)) for name in columns),
        summary=_summary(counted_rows, found, language),
        notices=tuple(_notices(asked, counted_rows, found, columns, language)),
        rest=rest,
        rest_fields=pairs_of_list(asked, rest) if rest else (),
        ways=tuple(Choice(way, say(language, f"list_way_{way}"), way == asked.way) for way in WAYS),
        distance=str(asked.distance),
        names=asked.options.names,
        counts_by=tuple(Choice(by, say(language, f"list_by_{by}"), by == asked.by) for by in COUNTED),
        source=one_source,
        sources=tuple(value for value, _ in facts.sources[:MOST_OFFERED]),
        kept=pairs(SearchRequest("", filters=elsewhere)),
        dates=date_fields(filters, around(facts, asked.refused), language),
    )


def _columns(found: Sequence[ValueCounts], by: str) -> tuple[str, ...]:
    """The values of the table's columns: the commonest of all rows, years in their order."""
    counts: Counter[str] = Counter()
    for each in found:
        counts.update(each.values)
    ranked = [name for name, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MOST_COLUMNS]]
    return tuple(sorted(ranked) if by == YEAR else ranked)


def _rows(rows: Sequence[CountedRow], columns: Sequence[str], by: str, links: Links) -> Iterator[RowView]:
    """The rows; as many addresses as fit, those of whole rows before those of their parts."""
    totals = [_address(row, links) for row in rows]
    parts = [_part_address(row, name, by, links) for row in rows for name in columns]
    addresses = [*totals, *parts]
    fit = fitting((url or "" for url in addresses), MOST_ADDRESSES)
    addresses[fit:] = [None] * (len(addresses) - fit)
    for n, row in enumerate(rows):
        begin = len(rows) + n * len(columns)
        yield _row(row, columns, addresses[n], addresses[begin : begin + len(columns)], links.language)


def _row(
    row: CountedRow, columns: Sequence[str], url: str | None, urls: Sequence[str | None], language: str
) -> RowView:
    found, line, query = row.found, str(row.row.line), shortened(row.row.query)
    if found is None:
        problem = (note_text(row.row.problem, language),) if row.row.problem else ()
        return RowView(line, query, Figure("–"), tuple(Figure("–") for _ in columns), problem, True)
    cells = tuple(Figure(number(found.values.get(name, 0)), url) for name, url in zip(columns, urls, strict=True))
    notes = tuple(note_text(note, language) for note in found.notes)
    return RowView(line, query, Figure(number(found.total), url), cells, notes, False)


def _address(row: CountedRow, links: Links) -> str | None:
    return links.search(row.row.request) if row.found is not None and row.row.request else None


def _part_address(row: CountedRow, name: str, by: str, links: Links) -> str | None:
    """The search that finds the articles of one figure; None where there are none."""
    request = row.row.request
    if row.found is None or request is None or not row.found.values.get(name):
        return None
    if by != YEAR:
        return links.within(request, request.filters.with_names(by, (name,)))
    chosen, year = request.filters, int(name)
    first, last = date(year, 1, 1), date(year, 12, 31)
    return links.narrowed(request, first=max(first, chosen.first or first), last=min(last, chosen.last or last))


def _summary(rows: Sequence[CountedRow], found: Sequence[ValueCounts], language: str) -> str:
    if not rows:
        return ""
    if not found:
        return say(language, "list_found_none")
    matched = sum(each.total > 0 for each in found)
    which = _matched(len(found), matched)
    return say(language, f"list_found_{which}", searched=counted(len(found), "query", language), found=number(matched))


def _matched(searched: int, matched: int) -> str:
    """Which sentence says how many of the queries have articles: pronouns differ for one, two and many of them."""
    of = ("one", "two")[searched - 1] if searched <= 2 else "many"
    if matched == searched:
        return f"{of}_all"
    return f"{of}_{('none', 'one', 'two')[matched] if matched <= 2 else 'some'}"


def _notices(
    asked: AskedList, rows: Sequence[CountedRow], found: Sequence[ValueCounts], columns: Sequence[str], language: str
) -> Iterator[str]:
    yield from said_of_filters(asked, language)
    if asked.dropped:
        yield say(language, "list_dropped", most=len(rows), count=counted(asked.dropped, "query", language))
    late = sum(row.late for row in rows)
    if late:
        yield say(language, "list_late", count=counted(late, "query", language))
    values = {name for each in found for name in each.values}
    if len(values) > len(columns):
        yield say(language, "list_columns", shown=len(columns), all=number(len(values)))
    if any(each.total for each in found):
        yield say(language, "list_sums")


def link_to(links: Links, asked: AskedList, path: str = "/batch") -> str:
    """The address of the list, with all of it."""
    return links.at(path, pairs_of_list(asked))
