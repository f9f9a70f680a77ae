"""Addresses inside the site: a SearchRequest → the shortest URL that `web/addresses/requests.py` reads back as the
same.

Pure: no Flask context, so that `web/views/results_view.py` stays testable. One `Links` a request knows where the site
is mounted and which language its chrome speaks.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import blake2s
from typing import Any
from urllib.parse import urlsplit

from search.engines.base import Order
from search.limits import HITS_A_PAGE
from search.pages.permalinks import article_path, quoted_value
from search.pages.records import Filters, SearchRequest
from search.query.dates.asked_days import written_day
from web.text.bidi import showable

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere; `current` where the reader is there already."""

    text: str
    url: str
    current: bool = False
    count: str = ""


# An address that needs no parsing to be known as one: parsing those of ten hits takes as long as writing them. Its path
# may be in Arabic; no white space is in these ranges.
_USUAL_ADDRESS = re.compile(r"https?://[a-z0-9][a-z0-9.-]*/[!-Z^-~\u00a1-\u167f]*")
_ORDER = ("q", "sort", "source", "section", "author", "agency", "place", "from", "to")  # in which an address begins
SWITCHES = ("names", "collapse", "repair")  # on unless the URL says 0
_CARRIED = ("query", "order", "filters", *SWITCHES, "explain", "limit", "page")  # the fields that addresses have


@dataclass(frozen=True, slots=True)
class Links:
    """root: where the application is mounted, "" or "/archive"; language: "ar" or "en"."""

    root: str = ""
    language: str = "ar"

    def home(self) -> str:
        return self._url("/", ())

    def about(self, path: str) -> str:
        """A fixed page or document of the site."""
        return self._url(path, ())

    def search(self, request: SearchRequest, **changes: Any) -> str:
        """The page of this search, with fields of the request changed; any change but `page` starts at page 1."""
        return self._url("/search", _pairs(request, {"page": 1} | changes))

    def page(self, request: SearchRequest, number: int) -> str:
        """The same search at another page."""
        return self._url("/search", _pairs(request, {"page": number}))

    def narrowed(self, request: SearchRequest, **changes: Any) -> str:
        """The same search with fields of its filters changed."""
        return self.within(request, replace(request.filters, **changes))

    def within(self, request: SearchRequest, filters: Filters) -> str:
        """The same search with these filters in place of its own."""
        return self._url("/search", _pairs(request, {"page": 1, "filters": filters}))

    def inserting(self, request: SearchRequest, name: str, *, filters: Filters) -> Callable[[str], str]:
        """What takes a value of this name and gives the search with these filters narrowed by it too; of a hundred
        addresses that differ in the value alone, the rest is written once."""
        before, after = self._around(request, filters, name)
        return lambda value: f"{before}{name}={quoted_value(value)}{after}"

    def inserting_days(self, request: SearchRequest, *, filters: Filters) -> Callable[[str, str], str]:
        """The same for a first and a last day; the filters have none."""
        before, after = self._around(request, filters, "to")
        return lambda first, last: f"{before}from={quoted_value(first)}&to={quoted_value(last)}{after}"

    def _around(self, request: SearchRequest, filters: Filters, name: str) -> tuple[str, str]:
        """What stands before and behind a value of this name in the address of a search."""
        asked = _pairs(request, {"page": 1, "filters": filters})
        place = sum(_ORDER.index(other) <= _ORDER.index(name) for other, _ in asked if other in _ORDER)
        before, after = self._url("/search", asked[:place], spoken=False), self._written(asked[place:])
        return before + ("&" if place else "?"), f"&{after}" if after else ""

    def comparison(self, request: SearchRequest) -> str:
        """The query of this search over time, to be set beside others."""
        alone = SearchRequest(
            request.query, filters=replace(request.filters, group=None, undated=False), names=request.names
        )
        return self._url("/compare", pairs(alone))

    def hit(self, request: SearchRequest, id: str) -> str:
        """The page of results of this search, where it shows this article."""
        return f"{self.search(request, page=request.page)}#{hit_anchor(id)}"

    def article(self, id: str, request: SearchRequest | None = None, *, at: int = 0, against: str = "") -> str:
        """An article's page; it carries the search it was found by, so that the way back keeps page and filters.

        at: a place in the body, for the portion of a long one that holds it; against: the article to compare it with.
        """
        carried = pairs(request) if request is not None else ()
        carried += (("at", str(at)),) if at else ()
        carried += (("against", against),) if against else ()
        return self._article(id, self._written(carried))

    def alone(self, id: str) -> str:
        """An article's page without a search, in the first language: the address that lasts."""
        return self._article(id, "")

    def to_articles(self, request: SearchRequest | None = None) -> Callable[[str], str]:
        """What gives the address of an article's page by its id; what all carry of the search is written once."""
        written = self._written(pairs(request) if request is not None else ())
        return lambda id: self._article(id, written)

    def _article(self, id: str, written: str, *, below: str = "/article") -> str:
        path = article_path(id)
        if path is None:
            written = _joined((("id", id),)) + (f"&{written}" if written else "")
            return f"{self.root}{below}/?{written}"
        return f"{self.root}{below}/{path}?{written}" if written else f"{self.root}{below}/{path}"

    def advanced(self, request: SearchRequest) -> str:
        """The advanced form with the parts of this search filled in."""
        return self._url("/advanced", pairs(SearchRequest(request.query, filters=replace(request.filters, group=None))))

    def feed(self, request: SearchRequest) -> str:
        """The search as an Atom feed, which has an order and a length of its own."""
        own: dict[str, Any] = {"page": 1, "limit": HITS_A_PAGE, "order": Order.RELEVANCE, "explain": False}
        return self._url("/feed", _pairs(request, own))

    def data(self, request: SearchRequest) -> str:
        """The search as JSON."""
        return self._url("/api/search", pairs(request))

    def export(self, request: SearchRequest, form: str) -> str:
        """All hits of the search as a file of this format, whatever page is shown; CSV as Excel wants it."""
        asked = _pairs(request, {"page": 1, "limit": HITS_A_PAGE, "explain": False})
        return self._url("/export", (*asked, ("format", form), *((("bom", "1"),) if form == "csv" else ())))

    def citation(self, id: str, form: str) -> str:
        """The citation of an article as a file of this format."""
        return self._article(id, self._written(()), below=f"/cite/{form}")

    def at(self, path: str, query: tuple[Pair, ...]) -> str:
        """A page of the site that is asked by these names and values."""
        return self._url(path, query)

    def _url(self, path: str, query: tuple[Pair, ...], *, spoken: bool = True) -> str:
        written = self._written(query) if spoken else _joined(query)
        return f"{self.root}{path}?{written}" if written else f"{self.root}{path}"

    def _written(self, query: tuple[Pair, ...]) -> str:
        """The names and values of an address, and the language where it is not the first."""
        return _joined(query if self.language == "ar" else (*query, ("lang", self.language)))


def _joined(query: tuple[Pair, ...]) -> str:
    return "&".join([f"{name}={quoted_value(value)}" for name, value in query])


def hit_anchor(id: str) -> str:
    """The name of an article's place on a page of results."""
    return f"hit-{blake2s(id.encode(errors='replace'), digest_size=5).hexdigest()}"


def pairs(request: SearchRequest) -> tuple[Pair, ...]:
    """The request as names and values of a URL; defaults are left out."""
    return _pairs(request, {})


def _pairs(request: SearchRequest, changes: dict[str, Any]) -> tuple[Pair, ...]:
    """Those of the request with fields of it changed; to make a request for each of a page's links is slow."""
    asked = {name: getattr(request, name) for name in _CARRIED} | changes
    found: list[Pair] = [("q", asked["query"])] if asked["query"] else []
    if asked["order"] is not Order.RELEVANCE:
        found.append(("sort", asked["order"].value))
    found += _filter_pairs(asked["filters"])
    found += [(name, "0") for name in SWITCHES if not asked[name]]
    if asked["explain"]:
        found.append(("explain", "1"))
    if asked["limit"] != HITS_A_PAGE:
        found.append(("limit", str(asked["limit"])))
    if asked["page"] != 1:
        found.append(("page", str(asked["page"])))
    return tuple(found)


def _filter_pairs(filters: Filters) -> list[Pair]:
    found = [(field, name) for field, names in filters.names.items() for name in names]
    if filters.first is not None:
        found.append(("from", written_day(filters.first)))
    if filters.last is not None:
        found.append(("to", written_day(filters.last)))
    if filters.undated:
        found.append(("undated", "1"))
    if filters.group is not None:
        found.append(("group", str(filters.group)))
    return found


def kept(request: SearchRequest, without: tuple[str, ...]) -> tuple[Pair, ...]:
    """What a form must carry along, apart from what it asks for itself."""
    return tuple(pair for pair in pairs(request) if pair[0] not in without)


def web_address(url: str | None) -> str | None:
    """The address where a reader may be sent, fit for HTML and XML: http or https, and a host; else None."""
    if url is None:
        return None
    if _USUAL_ADDRESS.fullmatch(url):
        return url
    try:
        parts = urlsplit(url.strip())
        usable = parts.scheme.lower() in {"http", "https"} and bool(parts.hostname)
    except ValueError:  # such as "http://[": no address
        return None
    return showable(url).strip() if usable else None
