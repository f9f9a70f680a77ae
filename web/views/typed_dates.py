"""The dates that a query itself names, as chips, and the fields of dates as they would say the same. Pure.

In come a `SearchPage` and the site's `Links`. Called by `web/views/results_view.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from search.pages.dates_in_words import date_in_words
from search.pages.records import Filters, SearchPage
from search.query.read_dates import ReadDate, without_dates
from web.addresses.links import Links


@dataclass(frozen=True, slots=True)
class TypedDate:
    """A date of the query: how it was read, its words, the search without it (None where it cannot be taken out), and
    whether the fields of dates hold it, to be changed there."""

    text: str
    typed: str
    without: str | None
    changeable: bool


@dataclass(frozen=True, slots=True)
class InFields:
    """The query and the days that say together what the reader's query and days say, as far as fields can say it."""

    query: str
    filters: Filters
    held: tuple[ReadDate, ...] = ()


def typed_dates(page: SearchPage, fields: InFields, links: Links) -> tuple[TypedDate, ...]:
    """The dates of the query, each leading to the search without it."""
    return tuple(
        TypedDate(
            date_in_words(read, links.language),
            read.typed,
            None if read.without is None else links.search(page.request, query=read.without),
            read in fields.held,
        )
        for read in page.dates
    )


def in_fields(page: SearchPage, today: date) -> InFields:
    """The dates of the query moved to the days beside it: those that are one span, where they have a day in common."""
    filters = page.request.filters
    if not page.dates:
        return InFields(page.query, filters)
    single = tuple(read for read in page.dates if len(read.spans) == 1 and not read.excluded)
    spans = [(filters.first, filters.last), *((read.spans[0].first, read.spans[0].last) for read in single)]
    first = max((first for first, _ in spans if first), default=None)
    last = min((last for _, last in spans if last), default=None)
    at_odds = first and last and first > last
    rest = None if at_odds else without_dates(page.query, single, today=today)
    if rest is None:
        return InFields(page.query, filters)
    return InFields(rest, replace(filters, first=first, last=last), single)


def without_any(page: SearchPage, fields: InFields, links: Links, today: date) -> str | None:
    """The search without filters and without the dates of the query; None where there are neither."""
    if not page.dates and page.request.filters == Filters():
        return None
    all_held = fields.held == page.dates
    rest = fields.query if all_held else without_dates(page.query, page.dates, today=today)
    return links.search(page.request, query=page.query if rest is None else rest, filters=Filters())
