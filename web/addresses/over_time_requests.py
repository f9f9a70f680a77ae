"""The words after the question mark of /compare and /coverage → what is asked; total: no text is refused.

A filter that cannot be used is left out and named with its sentence, a query that is too long is cut. JSON and CSV
read the same, but refuse days that cannot be read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, TypeVar

from werkzeug.datastructures import MultiDict

from search.limits import LONGEST_QUERY
from search.over_time.records import CompareRequest
from search.pages.records import Filters, SearchRequest
from search.query.tree import NAME_FIELDS
from web.addresses.requests import Refusal, read_request
from web.text.bidi import showable

DAYS = ("from", "to")
_FILTERS = (*NAME_FIELDS, *DAYS)


@dataclass(frozen=True, slots=True)
class AskedComparison:
    """The queries and filters, whether shares are wanted in place of counts, what could not be used by its name."""

    request: CompareRequest
    share: bool
    refused: Mapping[str, Refusal] = field(default_factory=dict)

    @property
    def swapped(self) -> bool:
        """Whether the later day was given first."""
        return self.request.swapped


@dataclass(frozen=True, slots=True)
class AskedCoverage:
    """The sources and days asked for, whether figures are wanted in place of squares, what could not be used, by its
    name, and whether the later day was given first."""

    filters: Filters
    figures: bool
    refused: Mapping[str, Refusal] = field(default_factory=dict)
    swapped: bool = False


class _Asked(Protocol):
    """What was asked, and what of it could not be used, by its name."""

    @property
    def refused(self) -> Mapping[str, Refusal]: ...


AskedT = TypeVar("AskedT", bound=_Asked)


def read_comparison(args: MultiDict[str, str], *, today: date | None = None) -> AskedComparison:
    """What a URL of /compare asks; empty queries are left out, each different one is taken once."""
    typed = (showable(text).strip()[:LONGEST_QUERY] for text in args.getlist("q"))
    narrowed, refused = read_filters(args, today=today)
    queries = tuple(dict.fromkeys(text for text in typed if text))
    request = CompareRequest(queries, narrowed.filters, args.get("names") != "0", today, narrowed.swapped)
    return AskedComparison(request, args.get("share") == "1", refused)


def read_coverage(args: MultiDict[str, str], *, today: date | None = None) -> AskedCoverage:
    """What a URL of /coverage asks."""
    narrowed, refused = read_filters(args, ("source", *DAYS), today=today)
    return AskedCoverage(narrowed.filters, args.get("figures") == "1", refused, narrowed.swapped)


def read_filters(
    args: MultiDict[str, str], names: tuple[str, ...] = _FILTERS, *, today: date | None = None
) -> tuple[SearchRequest, Mapping[str, Refusal]]:
    """A search by those filters that can be used, and what is wrong with the others, by their names."""
    usable: MultiDict[str, str] = MultiDict()
    refused = {}
    for name in names:
        alone: MultiDict[str, str] = MultiDict([(name, value) for value in args.getlist(name)])
        try:
            read_request(alone, today=today)
        except Refusal as refusal:
            refused[name] = refusal
        else:
            usable.update(alone)
    return read_request(usable, today=today), refused


def data_asked(asked: AskedT) -> AskedT:
    """What is asked for as data, where nothing is said beside it: raises the Refusal of a day that cannot be read."""
    for name in DAYS:
        if refusal := asked.refused.get(name):
            raise refusal
    return asked
