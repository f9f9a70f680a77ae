"""The words after the question mark of /compare and /coverage → what is asked; total: no text is refused.

A filter that cannot be used is left out and named with its sentence, a query that is too long is cut. The JSON API
reads the same.
"""

from __future__ import annotations

from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from search.limits import LONGEST_QUERY
from search.page import Filters
from search.time_pages import CompareRequest
from web.bidi import showable
from web.requests import Refusal, read_request

_FILTERS = ("source", "section", "author", "from", "to")


@dataclass(frozen=True, slots=True)
class AskedComparison:
    """The queries and filters, whether shares are wanted in place of counts, and what could not be used."""

    request: CompareRequest
    share: bool
    refused: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class AskedCoverage:
    """The sources and days asked for, whether figures are wanted in place of squares, and what could not be used."""

    filters: Filters
    figures: bool
    refused: tuple[Refusal, ...] = ()


def read_comparison(args: MultiDict[str, str]) -> AskedComparison:
    """What a URL of /compare asks; empty queries are left out, each different one is taken once."""
    typed = (showable(text).strip()[:LONGEST_QUERY] for text in args.getlist("q"))
    filters, refused = read_filters(args)
    request = CompareRequest(tuple(dict.fromkeys(text for text in typed if text)), filters, args.get("names") != "0")
    return AskedComparison(request, args.get("share") == "1", refused)


def read_coverage(args: MultiDict[str, str]) -> AskedCoverage:
    """What a URL of /coverage asks."""
    filters, refused = read_filters(args, ("source", "from", "to"))
    return AskedCoverage(filters, args.get("figures") == "1", refused)


def read_filters(args: MultiDict[str, str], names: tuple[str, ...] = _FILTERS) -> tuple[Filters, tuple[Refusal, ...]]:
    """Those filters that can be used, read as a search reads them, and what is wrong with the others."""
    usable: MultiDict[str, str] = MultiDict()
    refused = []
    for name in names:
        alone: MultiDict[str, str] = MultiDict([(name, value) for value in args.getlist(name)])
        try:
            read_request(alone)
        except Refusal as refusal:
            refused.append(refusal)
        else:
            usable.update(alone)
    return read_request(usable).filters, tuple(refused)
