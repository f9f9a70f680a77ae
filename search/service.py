"""The search service: the interface of this package to the web package, the commands and the benchmarks.

In: a request. Out: a page of results, an article, completions, a comparison and so on, from the open index. What only
some requests need is imported by the first of them, so that a command does not wait for the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from hashlib import blake2b
from math import inf
from typing import TYPE_CHECKING

from search import unanswered
from search.answering import Answerer
from search.article import Article, decode_article
from search.budget import Budget
from search.engines.base import Match
from search.errors import ClusterIncomplete, KashafError
from search.index.open_index import OpenIndex
from search.index.searched_state import CLOSED, Fixed, Indexes, Newest
from search.limits import MOST_LISTED
from search.pages.records import ArticlePage, IndexFacts, Origin, SearchPage, SearchRequest
from search.pages.sentences import LANGUAGES
from search.query.clauses import Term
from search.query.parser import parse
from search.ranking.profile import load_profile
from search.results.highlighter import Highlighter
from search.results_page import results_page
from search.settings import Settings

if TYPE_CHECKING:
    from search.all_hits import AllHits
    from search.examples.index_examples import Count, Examples
    from search.index.readiness import Unready
    from search.over_time.records import CompareRequest, Comparison, Coverage
    from search.pages.positions import Position
    from search.value_counts import ValueCounts

_NO_SEARCH = SearchRequest("")


class SearchService(AbstractContextManager["SearchService"]):
    """Searches the index that `indexes` has open. Safe to share between threads."""

    def __init__(self, settings: Settings, indexes: Indexes) -> None:
        self._settings = settings
        self._profile = load_profile(settings.profile)
        self._weights = repr(self._profile)
        self._indexes = indexes
        self._covered: tuple[OpenIndex, Coverage] | None = None

    @classmethod
    def open(cls, settings: Settings) -> SearchService:
        """Return a service for commands: each request opens the newest commit of the index, if it is not open yet.
        Raises IndexStateError, which names the remedy."""
        return cls(settings, Newest(settings.index, settings.names))

    @classmethod
    def follow(cls, settings: Settings) -> SearchService:
        """Return a service for a site: a thread opens and prepares new commits, and no request waits for that.
        Raises IndexStateError, which names the remedy."""
        from search.index.following import Followed

        followed = Followed(settings.index, settings.names)
        service = cls(settings, followed)
        followed.start(service.prepare)
        return service

    def close(self) -> None:
        """Let go of the index and end following it, as `with` does; a request after that raises IndexStateError."""
        indexes, self._indexes, self._covered = self._indexes, CLOSED, None
        indexes.close()

    def __exit__(self, *_: object) -> None:
        self.close()

    def fixed(self) -> SearchService:
        """Return a service over the index as it is now, for work of many requests that belong together."""
        return SearchService(self._settings, Fixed(self.index))

    @property
    def index(self) -> OpenIndex:
        """The index that is searched now."""
        return self._indexes.current

    def search(self, request: SearchRequest, budget: Budget | None = None) -> SearchPage:
        """Return one page of results, made within the budget. No query text raises."""
        return results_page(self.index, request, self._profile, budget or Budget())

    def all_hits(
        self,
        request: SearchRequest,
        *,
        after: Position | None = None,
        limit: int = MOST_LISTED,
        snippets: bool = False,
        budget: Budget | None = None,
    ) -> AllHits:
        """Return an iterable over the hits of all pages and beyond, in their order, from one open index.

        after: begin behind the hit of this position, which an earlier list gave. limit: hits at most. The request's
        page and number of hits a page do not count. What raises, raises here: RequestError for a position of another
        search or a limit below 1, and for what the index refuses; iterating loads articles only.
        """
        from search.all_hits import all_hits

        return all_hits(self.index, request, self._profile, after=after, limit=limit, snippets=snippets, budget=budget)

    def read(self, id: str, request: SearchRequest = _NO_SEARCH, *, at: int | None = None) -> ArticlePage | None:
        """Return the article with the words of this search highlighted; None if no article has this id.

        at: an offset in the body, to get the portion of a long body that has it; None for the whole body. Raises
        ClusterIncomplete where the article may lie in a part of the index that does not answer.
        """
        from search.article_highlights import article_highlights
        from search.pages.portions import portion_at
        from search.results.copies import copies_of
        from search.results.related import related_articles

        index = self.index
        match = _match(index, id)
        if match is None and unanswered.parts():
            raise ClusterIncomplete(
                "a part of the index does not answer, and no other has the article: try again later"
            )
        if match is None:
            return None
        article = _load(index, match)
        portion = None if at is None else portion_at(article.body, at)
        start, end = (portion.start, portion.end) if portion else (0, len(article.body))
        highlighter = Highlighter(index.analyzer, article_highlights(index, request, self._profile, id))
        return ArticlePage(
            article,
            highlighter.highlight(article.title),
            highlighter.highlight_portion(article.body, start, end),
            related_articles(index.engine, index.analyzer, article, match.group),
            portion,
            copies_of(index.engine, match.group),
            incomplete=bool(unanswered.parts()),
        )

    def article(self, id: str) -> Article | None:
        """Return the article as it is stored; None if no article has this id."""
        index = self.index
        match = _match(index, id)
        return None if match is None else _load(index, match)

    def origins(self, article: Article) -> tuple[Origin, ...]:
        """Return where an article of the index comes from: source, file below it, place in the file."""
        from search.index.origin import origins_of

        index = self.index
        return origins_of(index.directory.path, index.directory.generation(index.manifest.generation), article)

    def suggest(self, typed: str, *, limit: int = 8) -> tuple[str, ...]:
        """Return at most `limit` queries that continue what is typed, the likeliest first."""
        return self.index.completer.complete(typed, limit=limit)

    def examples(self, language: str) -> Examples:
        """Return the form of each row of `search/query/guide/sections.py` → example queries in the language.

        A site's are those that `prepare` made, of which there are none in its first seconds.
        """
        index = self.index
        return index.examples.made(language) if self._indexes.prepares else self._examples(index, language)

    def showcase(self) -> tuple[str, ...]:
        """Return searches for the home page that find something; a site's are those that `prepare` made."""
        index = self.index
        prepared = self._indexes.prepares
        return index.examples.showcased() if prepared else index.examples.showcase(self._count(index, date.today()))

    def prepare(self, index: OpenIndex) -> None:
        """Compute what the first requests to this index would wait for: before it is served, and again each day."""
        index.warm()
        for language in LANGUAGES:
            self._examples(index, language)
        index.examples.showcase(self._count(index, date.today()))

    def _examples(self, index: OpenIndex, language: str) -> Examples:
        today = date.today()
        return index.examples.of(language, today, self._count(index, today))

    def _count(self, index: OpenIndex, today: date) -> Count:
        def count(query: str) -> int:
            request = SearchRequest(query, facets=False, repair=False, today=today)
            answerer = Answerer(index, request, self._profile, today, Budget(inf))  # made aside: nobody waits
            try:
                return answerer.count(parse(query, today=today).tree)
            except KashafError:  # an example that meets damaged files is left out
                return 0

        return count

    def facts(self) -> IndexFacts:
        """Return what is in the index."""
        return self.index.facts

    def unready(self) -> Unready | None:
        """Return why this process should not be sent readers now; None where it should. Raises IndexStateErrors."""
        from search.index.readiness import unready

        return unready(self.index)

    def preparing(self) -> tuple[str, ...]:
        """Return what a site has not worked out yet of "names", "completions" and "examples"; pages do without it."""
        return self.index.unprepared if self._indexes.prepares else ()

    def state(self) -> str:
        """Return a short text that changes whenever answers may: with what is open and with the ranking profile."""
        return blake2b(f"{self.index.state} {self._weights}".encode(), digest_size=9).hexdigest()

    def compare(self, request: CompareRequest, budget: Budget | None = None) -> Comparison:
        """Count several queries over time, within the budget. No query text raises."""
        from search.over_time.comparison import compare

        return compare(self.index, request, self._profile, budget)

    def count_by(self, request: SearchRequest, by: str, budget: Budget | None = None) -> ValueCounts:
        """Count the matches of a request by "source", "section" or "year". No query text raises."""
        from search.value_counts import count_by_value

        index = self.index
        request = replace(request, filters=index.names.chosen(request.filters))
        return count_by_value(index, request, self._profile, by=by, budget=budget or Budget())

    def coverage(self, sources: Sequence[str] = ()) -> Coverage:
        """Return the articles of the index by source and month: of its commonest sources, or of these."""
        from search.over_time.coverage import coverage_of

        index, kept = self.index, self._covered
        if sources:
            return coverage_of(index, sources)
        if kept is None or kept[0] is not index:
            kept = self._covered = (index, coverage_of(index))
        return kept[1]


def _match(index: OpenIndex, id: str) -> Match | None:
    found: Sequence[Match] = index.engine.search(Term("id", id), limit=1, total=False).matches
    return found[0] if found else None


def _load(index: OpenIndex, match: Match) -> Article:
    return decode_article(index.engine.load([match.ref])[0].raw)
