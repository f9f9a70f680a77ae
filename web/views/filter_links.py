"""Links that add or remove filters: chips, facets, undated articles, the periods before and after.

In: a `SearchPage` or its request, and the site's `Links`. Pure; called by `web/views/results_view.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from search.limits import MOST_FILTER_VALUES
from search.pages.dates_in_words import period_days, period_key, period_text, span_in_words
from search.pages.plurals import number
from search.pages.records import SearchPage, SearchRequest
from web.addresses.links import Link, Links
from web.messages.table import say
from web.text.shortening import FACET_ADDRESSES, fitting

SHOWN_VALUES = 8


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of a field with their counts: first those that are shown, in `rest` those that are folded away."""

    name: str
    title: str
    values: tuple[Link, ...]
    rest: tuple[Link, ...]


def filter_chips(request: SearchRequest, links: Links) -> Iterator[Link]:
    """One chip for each active filter, with a link to the search without it."""
    filters, language = request.filters, links.language
    for name, chosen in filters.names.items():
        for value in chosen:
            yield Link(value, links.within(request, filters.without_name(name, value)))
    if filters.first or filters.last:
        yield Link(span_in_words(filters.first, filters.last, language), links.narrowed(request, first=None, last=None))
    if filters.undated:
        yield Link(say(language, "without_date"), links.narrowed(request, undated=False))
    if filters.group is not None:
        yield Link(say(language, "one_group"), links.narrowed(request, group=None))


def facets(page: SearchPage, links: Links) -> Iterator[Facet]:
    """The facets that have values. Values that are active filters come first, also those without a matching article."""
    filters = page.request.filters
    for name, chosen in filters.names.items():
        rows = dict(page.facets.get(name, ()))
        full = len(chosen) >= MOST_FILTER_VALUES  # one value more would be refused
        rows = {value: rows.get(value, 0) for value in chosen} | ({} if full else rows)
        without = {value: links.within(page.request, filters.without_name(name, value)) for value in chosen}
        with_one_more = links.inserting(page.request, name, filters=filters)
        values = [
            Link(value, without.get(value) or with_one_more(value), value in without, number(count))
            for value, count in rows.items()
        ]
        values = values[: max(len(chosen), fitting([value.url for value in values], FACET_ADDRESSES))]
        if values:
            yield Facet(name, say(links.language, name), tuple(values[:SHOWN_VALUES]), tuple(values[SHOWN_VALUES:]))


def undated_link(page: SearchPage, links: Links) -> Link | None:
    """The link to the matching articles without a date, which the timeline cannot show; None where there are none."""
    request = page.request
    if not page.undated and not request.filters.undated:
        return None
    url = (
        links.narrowed(request, undated=False)
        if request.filters.undated
        else links.narrowed(request, undated=True, first=None, last=None)
    )
    return Link(say(links.language, "without_date"), url, request.filters.undated, number(page.undated))


def neighbouring_periods(request: SearchRequest, links: Links) -> tuple[Link, ...]:
    """Links to the periods before and after the day, month or year that the filter names; () where it names none."""
    key = period_key(request.filters.first, request.filters.last)
    if key is None:
        return ()
    first, last = period_days(key)
    found = []
    for name, day in (("earlier", first - timedelta(days=1)), ("later", last + timedelta(days=1))):
        begin, end = period_days(day.isoformat()[: len(key)])
        text = say(links.language, name, period=period_text(day.isoformat()[: len(key)], links.language))
        found.append(Link(text, links.narrowed(request, first=begin, last=end)))
    return tuple(found)
