"""A request → the page of results: its hits with snippets, counts, notes and what else it says.

In: an open index, a request, a ranking profile and the budget. Out: a `SearchPage`. What comes after the hits is left
out once the budget is spent. Called by `search/service.py`.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from search import unanswered
from search.analysis.analyzed_token import AnalyzedToken
from search.answering import Answer, Answerer, answer_or_repair
from search.article import Article, decode_article
from search.budget import Budget
from search.engines.base import Match
from search.engines.budgeted_engine import BudgetedEngine
from search.extent import extent
from search.hits import hits_of_page
from search.index.open_index import OpenIndex
from search.other_years import other_years_note
from search.pages.records import Hit, Note, SearchPage, SearchRequest
from search.query.parser import parse
from search.query.read_dates import ReadDate, read_dates
from search.query.tree import Parsed
from search.ranking.profile import RankingProfile
from search.repairs import notes
from search.repairs.arabizi import in_arabic, possible_names
from search.repairs.query_repairs import as_typed
from search.repeated_line_note import repeated_line_note
from search.results.facets import PageCounts, count_in_time
from search.unknown_names import unknown_name_notes

_MOST_LOADED: Final = 6  # matches that a page does not show
_LEAST_OTHERS: Final = 0.5  # of the articles of "did you mean", those that the page does not find
_MOST_TYPED: Final = 0.05  # of a page's articles, those with a slip as it is typed, where what is meant has fewer
_NO_COUNTS: Final[PageCounts] = ({}, (), 0)


def results_page(index: OpenIndex, request: SearchRequest, profile: RankingProfile, budget: Budget) -> SearchPage:
    """Return one page of results, made within the budget. No query text raises."""
    started = time.perf_counter()
    chosen = index.names.chosen(request.filters)
    request = request if chosen is request.filters else replace(request, filters=chosen)
    today = request.today or date.today()
    parsed = parse(request.query, today=today)
    answerer = Answerer(index, request, profile, today, budget)
    answer = answer_or_repair(answerer, parsed)
    dates = read_dates(request.query, parsed, today=today)
    shown = answer.hits[(request.page - 1) * request.limit :]
    said = _notes(answerer, parsed, answer, dates)
    reach = extent(index, answer, request, shown, budget)
    hits, highlighted = hits_of_page(answerer, answer, shown, reach.copies)
    counts = _counts(answerer, answer, shown, hits) if request.facets else _NO_COUNTS
    facets, timeline, undated = counts or _NO_COUNTS
    said += repeated_line_note(answerer, parsed)
    rare = _rare_words(answerer, parsed, answer)
    said += notes.of_other_forms(index.repairs.read_otherwise(rare)) if answer.total else ()
    said += answer.notes + notes.of_budget(counted=reach.whole and counts is not None, highlighted=highlighted)
    suggestion = _suggestion(answerer, parsed, answer, rare)
    missing = unanswered.parts()
    return SearchPage(
        request=request,
        query=request.query,
        total=answer.total,
        reachable=reach.reachable,
        pages=reach.pages,
        truncated=reach.truncated,
        cut=answer.cut or bool(missing),
        order=answer.order,
        took_ms=(time.perf_counter() - started) * 1000,
        hits=hits,
        notes=notes.of_unanswered(missing) + said,
        facets=facets,
        timeline=timeline,
        undated=undated,
        dates=dates,
        suggestion=suggestion,
    )


def _notes(answerer: Answerer, parsed: Parsed, answer: Answer, dates: Sequence[ReadDate]) -> tuple[Note, ...]:
    """Return the notes about how the query was read."""
    index, request = answerer.index, answerer.request
    found = notes.of_outdated(index.outdated, answer.plan, parsed)
    found += answer.remarks(parsed) + notes.of_days(swapped=request.swapped)
    found += notes.of_spoken_date(request, parsed, today=answerer.today) + unknown_name_notes(answerer, parsed)
    if request.repair and not answer.total and not unanswered.parts():
        found += other_years_note(answerer, parsed, dates)
    if answerer.budget.allows():
        found += _offered_in_arabic(answerer, parsed, answer)
    return found


def _offered_in_arabic(answerer: Answerer, parsed: Parsed, answer: Answer) -> tuple[Note, ...]:
    """Return the note that offers Latin words in Arabic letters: those with digits, else possible names, unless another
    reading of the query was searched."""
    index, query = answerer.index, answerer.request.query
    arabizi = notes.of_arabizi(in_arabic(query, parsed.tree, index.latin))
    if arabizi or answer.is_repaired or not answerer.request.names:
        return arabizi
    return notes.of_possible_names(possible_names(query, parsed.tree, index.latin))


def _rare_words(answerer: Answerer, parsed: Parsed, answer: Answer) -> Sequence[AnalyzedToken]:
    """Return the words whose form as typed is rare; none of a query that was repaired, or must not be."""
    as_it_stands = answerer.request.repair and not answer.is_repaired and not unanswered.parts()
    return answerer.index.repairs.rare_words(parsed.tree) if as_it_stands and answerer.budget.allows() else ()


def _suggestion(answerer: Answerer, parsed: Parsed, answer: Answer, rare: Sequence[AnalyzedToken]) -> str | None:
    """Return the query of "did you mean" if it finds more articles, within the same filters, than the page and than
    have its words as they are typed. rare: the words whose form as typed is rare.

    It may find no more than the page if hardly any article of that has the slip itself, and most of what it finds is
    new: then the page has other forms of what the slip looks like.
    """
    offer = answerer.index.repairs.commoner_words(answerer.request.query, rare)
    if offer is None or _is_searched(answerer, answer, offer.query):
        return None
    tree = parse(offer.query, today=answerer.today).tree
    meant, typed = answerer.count(tree), answerer.count(as_typed(parsed.tree, offer.replaced))
    if meant <= typed:
        return None
    if meant <= answer.total:
        others = answerer.count(tree, beside=answer.match)
        if typed > _MOST_TYPED * answer.total or others < _LEAST_OTHERS * meant:
            return None
    return offer.query


def _is_searched(answerer: Answerer, answer: Answer, offered: str) -> bool:
    """Return whether the page's search has the words of an offer already, as other spellings of names."""
    analyzer = answerer.index.analyzer
    typed = {token.word for token in analyzer.tokens(answerer.request.query)}
    new = {token.word for token in analyzer.tokens(offered)} - typed
    return new.issubset(name for _, names in answer.plan.spellings for name in names)


def _counts(answerer: Answerer, answer: Answer, shown: Sequence[Match], hits: Sequence[Hit]) -> PageCounts | None:
    """Return the facets, the timeline and the number of undated matches; None if there is no time to count them."""
    index, filters = answerer.index, answerer.request.filters
    engine = BudgetedEngine(index.engine, answerer.budget)
    articles = _all_matching(answerer, answer, shown, hits)
    return count_in_time(engine, answer.match, filters, index.all_counts, answer.total, articles)


def _all_matching(
    answerer: Answerer, answer: Answer, shown: Sequence[Match], hits: Sequence[Hit]
) -> list[Article] | None:
    """Return all matching articles where the page shows nearly all, so that loading the rest costs less than matching
    them again; None where it does not, or where a facet counts articles that its own filter leaves out."""
    known = set(map(id, shown))
    rest = [match.ref for match in answer.fetched if id(match) not in known]
    few = len(answer.fetched) == answer.total and len(rest) <= _MOST_LOADED
    if not few or answer.cut or any(answerer.request.filters.names.values()):
        return None
    loaded = answerer.index.engine.load(rest) if rest else ()
    return [hit.article for hit in hits] + [decode_article(kept.raw) for kept in loaded]
