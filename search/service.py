"""The one door to searching: a request goes in, a page of results comes out.

The web front end, the command line and the benchmarks call `SearchService`; it is safe to share between threads.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from search.answering import Answer, Answerer, word_signals
from search.article import Article, decode_article
from search.budget import Budget
from search.engines.base import Found, Match, Stored
from search.engines.budgeted_engine import BudgetedEngine
from search.errors import KashafError
from search.examples.live_examples import Count, Examples
from search.extent import extent
from search.index.following import Followed, Indexes, Newest
from search.index.open_index import OpenIndex
from search.over_time.comparison import compare
from search.over_time.coverage import cover
from search.over_time.records import CompareRequest, Comparison, Coverage
from search.pages.portions import portion_at
from search.pages.records import ArticlePage, Hit, IndexFacts, SearchPage, SearchRequest
from search.pages.sentences import LANGUAGES
from search.query.clauses import Combine, Nothing, Term
from search.query.highlights import Highlights
from search.query.parser import parse
from search.query.read_dates import read_dates
from search.query.tree import Parsed
from search.ranking import RankingProfile, load_profile
from search.repairs import notes
from search.repairs.readings import Readings
from search.results.copies import copies_of
from search.results.facets import Beside, count_in_time
from search.results.highlighter import Highlighter
from search.results.related import related_articles
from search.settings import Settings
from search.unknown_names import of_names

_NO_SEARCH = SearchRequest("")
_NO_COUNTS: Final[Beside] = ({}, (), 0)
_ALWAYS_HIGHLIGHTED = 10  # hits; those of a longer page only while there is time
_FEW = 5  # hits below which "did you mean" is looked for


class SearchService:
    """Searches one index directory, by what `indexes` says is its state now."""

    def __init__(self, settings: Settings, indexes: Indexes) -> None:
        self._profile = load_profile(settings.profile)
        self._indexes = indexes
        self._covered: tuple[OpenIndex, Coverage] | None = None

    @classmethod
    def open(cls, settings: Settings) -> SearchService:
        """The service over the newest state of the index of these settings, for commands: a request waits while it is
        opened. Raises IndexStateErrors that name the remedy."""
        return cls(settings, Newest(settings.index, settings.names))

    @classmethod
    def follow(cls, settings: Settings) -> SearchService:
        """The service of a site: no request waits for a commit or a swap, which is seen as soon as it is ready.
        Raises IndexStateErrors that name the remedy."""
        followed = Followed(settings.index, settings.names)
        service = cls(settings, followed)
        followed.start(service.prepare)
        return service

    @property
    def index(self) -> OpenIndex:
        """The index that is searched now."""
        return self._indexes.current

    def search(self, request: SearchRequest, budget: Budget | None = None) -> SearchPage:
        """One page of results, within the budget. Never raises for what a reader typed."""
        return self._search(self.index, request, budget)

    def _search(self, index: OpenIndex, request: SearchRequest, budget: Budget | None = None) -> SearchPage:
        started = time.perf_counter()
        request = replace(request, filters=index.names.chosen(request.filters))
        today = request.today or date.today()
        parsed = parse(request.query, today=today)
        budget = budget or Budget()
        answerer = Answerer(index, request, self._profile, today, budget)
        answer = _answer(answerer, parsed)
        shown = answer.hits[(request.page - 1) * request.limit :]
        said = (
            notes.of_outdated(index.outdated, answer.plan)
            + notes.of_remarks(parsed.remarks)
            + notes.of_days(swapped=request.swapped)
        )
        said += notes.of_spoken_date(request, parsed, today=today) + of_names(answerer, parsed)
        reach = extent(index, answer, request, shown, budget)
        hits, highlighted = _hits(answerer, answer, shown, reach.copies)
        counts = _counts(answerer, answer) if request.facets else _NO_COUNTS
        facets, timeline, undated = counts or _NO_COUNTS
        counted = reach.whole and counts is not None
        few = request.repair and answer.total < _FEW and not answer.notes and budget.allows()
        return SearchPage(
            request=request,
            query=request.query,
            total=answer.total,
            reachable=reach.reachable,
            pages=reach.pages,
            truncated=reach.truncated,
            cut=answer.cut,
            order=answer.order,
            took_ms=(time.perf_counter() - started) * 1000,
            hits=hits,
            notes=said + answer.notes + notes.of_budget(counted=counted, highlighted=highlighted),
            facets=facets,
            timeline=timeline,
            undated=undated,
            dates=read_dates(request.query, parsed, today=today),
            suggestion=_suggestion(answerer, parsed, answer) if few else None,
        )

    def read(self, id: str, request: SearchRequest = _NO_SEARCH, *, at: int | None = None) -> ArticlePage | None:
        """The article with the words highlighted that this search highlights; None where there is none with this id.

        at: a place in the body, for the portion of a long one that holds it; None for the whole body.
        """
        index = self.index
        match = _match(index, id)
        if match is None:
            return None
        article = _load(index, match)
        portion = None if at is None else portion_at(article.body, at)
        start, end = (portion.start, portion.end) if portion else (0, len(article.body))
        highlighter = Highlighter(index.analyzer, self._highlights(index, request))
        return ArticlePage(
            article,
            highlighter.mark(article.title),
            highlighter.mark_portion(article.body, start, end),
            related_articles(index.engine, index.analyzer, article),
            portion,
            copies_of(index.engine, match.group),
        )

    def article(self, id: str) -> Article | None:
        """The article as it is stored; None where there is none with this id."""
        index = self.index
        match = _match(index, id)
        return None if match is None else _load(index, match)

    def _highlights(self, index: OpenIndex, request: SearchRequest) -> Highlights:
        """What this search highlights in the end, so that an article shows what its snippets showed."""
        if not request.query:
            return Highlights()
        today = request.today or date.today()
        short = replace(request, page=1, limit=1, collapse=False, facets=False, explain=False)
        return _answer(Answerer(index, short, self._profile, today), parse(request.query, today=today)).plan.highlights

    def suggest(self, typed: str, *, limit: int = 8) -> tuple[str, ...]:
        """Completions of what is being typed: words as headlines write them, then headlines."""
        return self.index.completer.complete(typed, limit=limit)

    def examples(self, language: str) -> Examples:
        """Form of each row of `search/query/guide/sections.py` → queries in the language that show it and find
        something.

        Of a site what `prepare` made: nothing in its first seconds.
        """
        index = self.index
        return index.examples.made(language) if self._indexes.prepares else self._examples(index, language)

    def showcase(self) -> tuple[str, ...]:
        """Searches for the home page that find something; of a site what `prepare` made."""
        index = self.index
        prepared = self._indexes.prepares
        return index.examples.showcased() if prepared else index.examples.showcase(self._count(index, date.today()))

    def prepare(self, index: OpenIndex) -> None:
        """Works out what the first readers of this index would wait for, before it is served or on another day."""
        index.warm()
        for language in LANGUAGES:
            self._examples(index, language)
        index.examples.showcase(self._count(index, date.today()))

    def _examples(self, index: OpenIndex, language: str) -> Examples:
        today = date.today()
        return index.examples.of(language, today, self._count(index, today))

    def _count(self, index: OpenIndex, today: date) -> Count:
        def count(query: str) -> int:
            request = SearchRequest(query, limit=1, facets=False, repair=False, today=today)
            try:
                return self._search(index, request).total
            except KashafError:  # an example that meets damaged files is left out
                return 0

        return count

    def facts(self) -> IndexFacts:
        """What is in the index."""
        return self.index.facts

    def compare(self, request: CompareRequest, budget: Budget | None = None) -> Comparison:
        """Several queries over time, within the budget. Never raises for what a reader typed."""
        return compare(self.index, request, self._profile, budget)

    def coverage(self, sources: Sequence[str] = ()) -> Coverage:
        """What the index holds when: of its commonest sources, or of these."""
        index, kept = self.index, self._covered
        if sources:
            return cover(index, sources)
        if kept is None or kept[0] is not index:
            kept = self._covered = (index, cover(index))
        return kept[1]


def rank(index: OpenIndex, text: str, *, limit: int, profile: RankingProfile) -> Found:
    """Plain words, all optional, no operators: what `kashaf batch` and the relevance sets measure."""
    scored = word_signals(index, index.analyzer.query_tokens(text), profile)
    clause = Combine(should=scored) if scored else Nothing()
    return index.engine.search(clause, limit=limit, total=False)


def _answer(answerer: Answerer, parsed: Parsed) -> Answer:
    """The query's answer, or that of the first other reading that finds anything, or those with most words."""
    request = answerer.request
    strict = answerer.answer(parsed.tree)
    if strict.total or not request.repair:
        return strict
    for repair in _readings(answerer.index).likeliest_first(request.query, parsed.tree):
        if not answerer.budget.allows():
            return strict.said(notes.out_of_time())
        mended = answerer.answer(parse(repair.query, today=answerer.today).tree)
        if mended.total:
            return mended.said(notes.of_repair(repair, request.query))
    return answerer.relaxed(strict, parsed.tree)


def _readings(index: OpenIndex) -> Readings:
    """The other readings of queries, by the words of this index."""
    return Readings(index.engine, index.analyzer, index.written)


def _suggestion(answerer: Answerer, parsed: Parsed, answer: Answer) -> str | None:
    """ "Did you mean": where that finds more than the answer does, on the reader's days and in the reader's sources."""
    meant = _readings(answerer.index).commoner_words(answerer.request.query, parsed.tree)
    if meant is None:
        return None
    return meant if answerer.answer(parse(meant, today=answerer.today).tree).total > answer.total else None


def _counts(answerer: Answerer, answer: Answer) -> Beside | None:
    """What is shown beside the hits; None where there is no time."""
    index, filters = answerer.index, answerer.request.filters
    engine = BudgetedEngine(index.engine, answerer.budget)
    return count_in_time(engine, answer.match, filters, index.all_counts, answer.total)


def _hits(
    answerer: Answerer, answer: Answer, shown: Sequence[Match], sizes: Mapping[int, int]
) -> tuple[tuple[Hit, ...], bool]:
    """The hits of the page, and whether there was time to light all of them."""
    index, request, budget = answerer.index, answerer.request, answerer.budget
    stored = index.engine.load([match.ref for match in shown])
    highlighter, plain = (
        Highlighter(index.analyzer, highlights) for highlights in (answer.plan.highlights, Highlights())
    )
    copies = [0 if match.group is None else sizes.get(match.group, 1) - 1 for match in shown]
    found, highlighted = list[Hit](), True
    for match, kept, others in zip(shown, stored, copies, strict=True):
        highlighted = highlighted and (len(found) < _ALWAYS_HIGHLIGHTED or budget.allows(0))
        found.append(_hit(answer, request, highlighter if highlighted else plain, match, kept, copies=others))
    return tuple(found), highlighted


def _hit(
    answer: Answer, request: SearchRequest, highlighter: Highlighter, match: Match, kept: Stored, *, copies: int
) -> Hit:
    article = decode_article(kept.raw)
    return Hit(
        article=article,
        score=match.score,
        title=highlighter.mark(article.title),
        snippets=highlighter.snippets(article.body),
        copies=copies,
        group=match.group,
        reasons=highlighter.reasons(article, answer.plan) if request.explain else (),
    )


def _match(index: OpenIndex, id: str) -> Match | None:
    found: Sequence[Match] = index.engine.search(Term("id", id), limit=1, total=False).matches
    return found[0] if found else None


def _load(index: OpenIndex, match: Match) -> Article:
    return decode_article(index.engine.load([match.ref])[0].raw)
