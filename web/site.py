"""The state of a running site: settings, search service, digests of the static files, today's date.

`web/app.py` makes one `Site` and attaches it to the Flask application; routes get it from `site()`. The service is
opened by the first request that needs it, and by a later one if that fails: so a site that was started before its index
exists begins to answer as soon as it does.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from threading import BoundedSemaphore, Lock
from typing import Protocol, cast

from flask import current_app, g, request

from search import unanswered
from search.all_hits import AllHits
from search.article import Article
from search.budget import Budget
from search.errors import ClusterIncomplete
from search.examples.index_examples import ExampleQuery
from search.index.open_index import OpenIndex
from search.index.readiness import Unready
from search.limits import MOST_LISTED
from search.lists.typed import ListSearcher
from search.over_time.records import CompareRequest, Comparison, Coverage
from search.pages.positions import Position
from search.pages.records import ArticlePage, IndexFacts, SearchPage, SearchRequest
from search.settings import Settings
from web.addresses.links import Links
from web.messages.table import language_of

_WEB = Path(__file__).resolve().parent
_SEARCH = _WEB.parent / "search"
_SOURCES = {".py", ".html", ".xml"}
STATIC = _WEB / "static"
_KEY = "kashaf"
_REPEAT_SECONDS = 60
_CUT_SHORT = "budget-"  # notes of these kinds say what was left out, mostly for want of time
_THREADS_AN_EXPORT = 4  # of the server's threads, one of so many may be writing an export


class OverTimeSearcher(Protocol):
    """What the pages about time ask of the search service."""

    def compare(self, request: CompareRequest) -> Comparison:
        """Several queries over time."""

    def coverage(self, sources: Sequence[str] = ()) -> Coverage:
        """How many articles the index has of each period, for its commonest sources or for these."""


class Searcher(OverTimeSearcher, ListSearcher, Protocol):
    """What the site asks of `search.service.SearchService`. Raises IndexStateErrors while there is no usable index."""

    @property
    def index(self) -> OpenIndex:
        """The index that is searched now."""

    def read(self, id: str, request: SearchRequest = ..., *, at: int | None = None) -> ArticlePage | None:
        """One article with the words of this search highlighted; the portion with the place `at`, or all.

        None where there is no such article.
        """

    def article(self, id: str) -> Article | None:
        """One article as it is stored; None where there is no such article."""

    def suggest(self, typed: str, *, limit: int = 8) -> tuple[str, ...]:
        """Completions of what was typed."""

    def examples(self, language: str) -> Mapping[str, tuple[ExampleQuery, ...]]:
        """Form of each row of the query language's guide → queries that show it and find something here."""

    def showcase(self) -> tuple[str, ...]:
        """Searches for the home page that find something here."""

    def facts(self) -> IndexFacts:
        """What is in the index."""

    def unready(self) -> Unready | None:
        """Why this process should not be sent readers now; None where it should."""

    def preparing(self) -> Sequence[str]:
        """What is not worked out yet for readers, of "names", "completions" and "examples"."""

    def state(self) -> str:
        """A short text that changes whenever answers may: with each commit, file of names and set of examples."""

    def all_hits(
        self,
        request: SearchRequest,
        *,
        after: Position | None = None,
        limit: int = ...,
        snippets: bool = False,
        budget: Budget | None = None,
    ) -> AllHits:
        """The hits behind a position, up to the last."""


@dataclass
class Site:
    """One running site. `opener` makes the service; it is called until it succeeds once. `connections` counts those
    that are open, where the server tells."""

    settings: Settings
    opener: Callable[[Settings], Searcher]
    today: Callable[[], date] = date.today
    versions: dict[str, str] = field(default_factory=lambda: static_digests(STATIC))
    connections: Callable[[], int] | None = None
    exports: BoundedSemaphore = field(init=False)  # exports that may run at the same time: a slow reader holds a thread
    _service: Searcher | None = None
    _lock: Lock = field(default_factory=Lock)
    _logged: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.exports = BoundedSemaphore(max(1, self.settings.threads // _THREADS_AN_EXPORT))

    @cached_property
    def release(self) -> str:
        """A digest of the program and the settings: another one may answer otherwise."""
        sources = [path for package in (_WEB, _SEARCH) for path in package.rglob("*") if path.suffix in _SOURCES]
        digest = sha256(f"{self.settings} {self.versions}".encode())
        for path in sorted(sources):
            digest.update(path.read_bytes())
        return digest.hexdigest()

    @property
    def opened(self) -> bool:
        """Whether an index has been opened."""
        return self._service is not None

    def should_log(self, sentence: str) -> bool:
        """Whether this sentence was not logged within the last minute: while there is no index, every request fails."""
        now = time.monotonic()
        self._logged = {each: moment for each, moment in self._logged.items() if now - moment < _REPEAT_SECONDS}
        return self._logged.setdefault(sentence, now) == now

    def service(self) -> Searcher:
        """The open service. Raises IndexStateErrors."""
        if self._service is None:
            with self._lock:
                if self._service is None:
                    self._service = self.opener(self.settings)
        return self._service

    def search(self, request: SearchRequest) -> SearchPage:
        """One page of results, whose notes say what is missing; what is not complete is told to no cache."""
        with unanswered.tolerated():
            return self.search_whole(request)

    def search_whole(self, request: SearchRequest) -> SearchPage:
        """The same of a whole index, for what has no place for notes. Raises ClusterIncomplete where a part is missing,
        unless that is tolerated."""
        page = self.service().search(request)
        if page.cut or any(note.kind.startswith(_CUT_SHORT) for note in page.notes):
            g.cut_short = True
        return page

    def read(self, id: str, request: SearchRequest, *, at: int | None = None) -> ArticlePage | None:
        """One article, which says whether what stands beside it is complete; likewise."""
        with unanswered.tolerated():
            page = self.service().read(id, request, at=at)
        if page and page.incomplete:
            g.cut_short = True
        return page

    def suggest(self, typed: str, *, limit: int) -> tuple[tuple[str, ...], bool]:
        """Completions, and whether they lack what a part of the index has that does not answer; likewise.

        Words are listed once for all requests, of a whole index: until that could be done there are none.
        """
        found: tuple[str, ...] = ()
        with unanswered.tolerated():
            try:
                found = self.service().suggest(typed, limit=limit)
                incomplete = bool(unanswered.parts())
            except ClusterIncomplete:
                incomplete = True
        if incomplete:
            g.cut_short = True
        return found, incomplete

    def all_hits(
        self,
        request: SearchRequest,
        *,
        after: Position | None = None,
        limit: int = MOST_LISTED,
        snippets: bool = False,
        budget: Budget | None = None,
    ) -> AllHits:
        """The hits of a search behind a position; likewise."""
        found = self.service().all_hits(request, after=after, limit=limit, snippets=snippets, budget=budget)
        if found.cut or any(note.kind.startswith(_CUT_SHORT) for note in found.notes):
            g.cut_short = True
        return found

    def compare(self, request: CompareRequest) -> Comparison:
        """Several queries over time; likewise."""
        page = self.service().compare(request)
        notes = (*page.notes, *(note for line in page.lines for note in line.notes))
        if page.uncounted or any(note.kind.startswith(_CUT_SHORT) for note in notes):
            g.cut_short = True
        return page


def attach_site(flask_extensions: dict[str, object], made: Site) -> None:
    """Keep the site in the application's extensions, where `site()` finds it."""
    flask_extensions[_KEY] = made


def tell_connections(flask_extensions: dict[str, object], count: Callable[[], int]) -> None:
    """Has the site of these extensions know how many connections are open."""
    served = flask_extensions.get(_KEY)
    if isinstance(served, Site):
        served.connections = count


def site() -> Site:
    """The site that serves the current request."""
    return cast(Site, current_app.extensions[_KEY])


def language() -> str:
    """The language that the current request asks for."""
    return language_of(request.args.get("lang"))


def links() -> Links:
    """The addresses of the current request's site in its language."""
    return Links(request.script_root, language())


def public_links(spoken: str | None = None) -> Links:
    """The absolute addresses of the site, for all that leaves it: feeds, sitemaps, citations, canonical links.

    In the language of the current request, or in this one. They begin with the setting `public_address`, else with the
    host that the reader asked (`web/routes/public_address.py`).
    """
    return Links(request.url_root.rstrip("/"), spoken or language())


def static_digests(folder: Path) -> dict[str, str]:
    """File name → a short digest of its content, for URLs that may be cached for ever."""
    files = sorted(path for path in folder.iterdir() if path.is_file())
    return {path.name: sha256(path.read_bytes()).hexdigest()[:10] for path in files}
