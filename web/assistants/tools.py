"""The two tools: what an assistant asks → what the archive has. Pure of the protocol, but for its errors.

In: a service and the values of a call. Out: the records of `web/assistants/answers.py`. What cannot be served raises
ToolError, whose sentence names the value and the remedy; where the archive itself fails, the log says why.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from mcp.server.mcpserver.exceptions import ToolError

from search import unanswered
from search.engines.order import Order
from search.errors import KashafError, RequestError
from search.limits import LONGEST_NAME, LONGEST_QUERY, LONGEST_READING, MOST_FILTER_VALUES, MOST_TOLD_HITS, deepest_page
from search.pages.records import Filters, SearchRequest
from search.query.dates.asked_days import read_days
from search.service import SearchService
from web.addresses.links import Links
from web.assistants.answers import FoundPage, ReadPortion, found_page, read_portion

_LONGEST_ID = 4_000  # characters
_LOGGER = logging.getLogger("kashaf.assistants")


@dataclass(frozen=True, slots=True)
class SearchCall:
    """The values of a call of the tool search; days as they were written, "" for none."""

    query: str
    sources: Sequence[str]
    published_from: str
    published_to: str
    sort: str
    limit: int
    page: int


def search(service: SearchService, site: Links | None, call: SearchCall) -> FoundPage:
    """One page of hits. Raises ToolError."""
    request = _request(call)
    with _failures_told(), unanswered.tolerated():
        return found_page(service.search(request), site)


def read(service: SearchService, site: Links | None, id: str, *, offset: int, length: int) -> ReadPortion:
    """A portion of one article. Raises ToolError."""
    _within("length", length, 1, LONGEST_READING)
    _not_longer("id", id, _LONGEST_ID)
    with _failures_told():
        article = service.article(id)
    if article is None:
        raise ToolError(f"no article has the id {id!r}: give one that search has returned")
    _within("offset", offset, 0, max(0, len(article.body) - 1))
    return read_portion(article, site, offset=offset, length=length)


def _request(call: SearchCall) -> SearchRequest:
    _not_longer("query", call.query, LONGEST_QUERY)
    _within("limit", call.limit, 1, MOST_TOLD_HITS)
    _within("page", call.page, 1, deepest_page(call.limit))
    if len(call.sources) > MOST_FILTER_VALUES:
        raise ToolError(f"{len(call.sources)} sources: give {MOST_FILTER_VALUES} at most")
    for source in call.sources:
        _not_longer("source", source, LONGEST_NAME)
    days = read_days(call.published_from, call.published_to, today=date.today())
    for name in days.unread:
        value = getattr(call, f"published_{name}")
        raise ToolError(f"published_{name} {value!r} is no such day: write 2017-07-15, 2017-07, 2017 or يوليو 2017")
    return SearchRequest(
        call.query.strip(),
        page=call.page,
        limit=call.limit,
        order=Order(call.sort),
        filters=Filters(tuple(filter(None, call.sources)), first=days.first, last=days.last),
        facets=False,
        swapped=days.swapped,
    )


def _within(name: str, value: int, least: int, most: int) -> None:
    if not least <= value <= most:
        raise ToolError(f"{name} {value}: give {least:,} to {most:,}")


def _not_longer(name: str, value: str, most: int) -> None:
    if len(value) > most:
        raise ToolError(f"this {name} has {len(value):,} characters: give {most:,} at most")


@contextmanager
def _failures_told() -> Iterator[None]:
    try:
        yield
    except RequestError as error:
        raise ToolError(str(error)) from error
    except KashafError as error:
        _LOGGER.error("%s", error)
        raise ToolError("the archive cannot be searched now: try again later; its owner's log says why") from error
