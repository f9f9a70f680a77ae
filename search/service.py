"""The one door to searching: a request goes in, a page of results comes out.

The web front end, the command line and the benchmarks call `SearchService`; it is safe to share between threads.
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from threading import Lock

from search import notes
from search.article import Article, decode_article
from search.engines.base import Found, Match, Order
from search.facets import count_facets, count_timeline, filter_clauses
from search.opened import OpenIndex, open_index
from search.page import ArticlePage, Filters, Hit, IndexFacts, Note, SearchPage, SearchRequest
from search.query.clauses import Clause, Combine, Constant, Nothing, Term, filtered
from search.query.parser import parse
from search.query.rewrite import Plan, Rewriter
from search.query.tree import All, Tree
from search.ranking import RankingProfile, load_profile, signals
from search.settings import Settings
from search.snippets import Lighter


@dataclass(frozen=True, slots=True)
class _Answer:
    """What was searched in the end, after relaxing and repairing."""

    plan: Plan
    match: Clause
    found: Found
    notes: tuple[Note, ...]


class SearchService:
    """Searches one index directory and follows it: new commits and swaps are seen at the next request."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._profile = load_profile(settings.profile)
        self._lock = Lock()
        self._index = open_index(settings.index)

    @classmethod
    def open(cls, settings: Settings) -> SearchService:
        """The service over the index of these settings. Raises IndexStateErrors that name the remedy."""
        return cls(settings)

    @property
    def index(self) -> OpenIndex:
        """The index as it is now; reopened if its directory changed since the last call."""
        current = self._index
        if current.stamp == current.catalogue.stamp():
            return current
        with self._lock:
            if self._index is current:
                self._index = open_index(self._settings.index)
            return self._index

    def search(self, request: SearchRequest) -> SearchPage:
        """One page of results. Never raises for what a reader typed."""
        started = time.perf_counter()
        index = self.index
        parsed = parse(request.query, today=request.today or date.today())
        order = _order(parsed.tree, request.order)
        answer = _answer(index, parsed.tree, request, order, self._profile)
        first = (request.page - 1) * request.limit
        shown = answer.found.matches[first : first + request.limit]
        page = SearchPage(
            request=request,
            query=request.query,
            total=answer.found.total,
            pages=math.ceil(answer.found.total / request.limit),
            took_ms=0.0,
            hits=_hits(index, shown, answer.plan, self._profile),
            notes=notes.of_remarks(parsed.remarks) + answer.notes,
            facets=count_facets(index.engine, answer.match, request.filters) if request.facets else {},
            timeline=_timeline(index, answer.match, request),
        )
        return _timed(page, started)

    def read(self, id: str, query: str = "") -> ArticlePage | None:
        """The article with the query's words lit; None where there is none with this id."""
        index = self.index
        article = _article(index, id)
        if article is None:
            return None
        plan = Rewriter(index.analyzer, _terms(index)).plan(parse(query, today=date.today()).tree)
        lighter = Lighter(index.analyzer, plan.lights)
        return ArticlePage(article, lighter.mark(article.title), lighter.mark(article.body))

    def suggest(self, typed: str, *, limit: int = 8) -> tuple[str, ...]:
        """Completions of what is being typed."""
        return ()

    def facts(self) -> IndexFacts:
        """What is in the index."""
        return self.index.facts


def rank(index: OpenIndex, text: str, *, limit: int, profile: RankingProfile) -> Found:
    """Plain words, all optional, no operators: what `kashaf batch` and the relevance sets measure."""
    tokens = index.analyzer.tokens(text)
    scored = _signals(index, tokens, profile)
    clause = Combine(should=scored) if scored else Nothing()
    return index.engine.search(clause, limit=limit, total=False)


def _answer(index: OpenIndex, tree: Tree, request: SearchRequest, order: Order, profile: RankingProfile) -> _Answer:
    plan = Rewriter(index.analyzer, _terms(index)).plan(tree)
    remarks = notes.of_remarks(plan.remarks)
    scored = _signals(index, plan.words, profile)
    limit = request.page * request.limit
    found = _find(index, plan.match, scored, request.filters, order, limit)
    if found.total or len(plan.wanted) < 2:
        return _Answer(plan, plan.match, found, remarks)
    for least in range(len(plan.wanted) - 1, 0, -1):
        match = Combine(should=plan.wanted, least=least)
        found = _find(index, match, scored, request.filters, order, limit)
        if found.total:
            return _Answer(plan, match, found, (*remarks, notes.relaxed(least, len(plan.wanted))))
    return _Answer(plan, plan.match, found, remarks)


def _find(
    index: OpenIndex, match: Clause, scored: tuple[Clause, ...], filters: Filters, order: Order, limit: int
) -> Found:
    narrowed = filtered(Constant(match, 0.0), *filter_clauses(filters))
    clause = Combine(must=(narrowed,), should=scored) if scored and order is Order.RELEVANCE else narrowed
    return index.engine.search(clause, limit=limit, order=order)


def _signals(index: OpenIndex, tokens: Sequence, profile: RankingProfile) -> tuple[Clause, ...]:  # type: ignore[type-arg]
    engine = index.engine
    return signals(tokens, profile=profile, frequency=engine.frequencies, documents=engine.documents)


def _hits(index: OpenIndex, matches: Sequence[Match], plan: Plan, profile: RankingProfile) -> tuple[Hit, ...]:
    lighter = Lighter(index.analyzer, plan.lights)
    stored = index.engine.load([match.ref for match in matches])
    hits = []
    for match, kept in zip(matches, stored, strict=True):
        article = decode_article(kept.raw)
        snippets = lighter.snippets(article.body)
        hits.append(Hit(article, match.score, lighter.mark(article.title), snippets, group=match.group))
    return tuple(hits)


def _timeline(index: OpenIndex, match: Clause, request: SearchRequest) -> tuple:  # type: ignore[type-arg]
    if not request.facets:
        return ()
    return count_timeline(index.engine, match, request.filters, index.all_counts)


def _article(index: OpenIndex, id: str) -> Article | None:
    found = index.engine.search(Term("id", id), limit=1, total=False).matches
    return decode_article(index.engine.load([found[0].ref])[0].raw) if found else None


def _order(tree: Tree, order: Order) -> Order:
    """The empty query has no relevance to sort by: the newest articles come first."""
    return Order.NEWEST if isinstance(tree, All) and order is Order.RELEVANCE else order


def _terms(index: OpenIndex):  # type: ignore[no-untyped-def]
    return lambda field, prefix, limit: index.engine.terms(field, prefix, limit=limit)


def _timed(page: SearchPage, started: float) -> SearchPage:
    from dataclasses import replace

    return replace(page, took_ms=(time.perf_counter() - started) * 1000)
