"""What a search highlights in one article: the words of the reading of the query that was searched.

In: an open index, a request, a ranking profile and the article's id. Out: `Highlights`. An article that matches the
query as typed shows that nothing was repaired, and Tantivy asks that of one segment; else matches are counted, not
sorted. Called by `search/service.py`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from search.answering import Answerer, answer_or_repair
from search.engines.base import Order
from search.index.open_index import OpenIndex
from search.pages.records import SearchRequest
from search.query.clauses import Clause, Term, filtered
from search.query.highlights import Highlights
from search.query.parser import parse
from search.ranking.profile import RankingProfile
from search.results.facets import filter_clauses


def article_highlights(index: OpenIndex, request: SearchRequest, profile: RankingProfile, id: str) -> Highlights:
    """Return what this search highlights after repairs, so that the article shows what its snippet showed."""
    if not request.query:
        return Highlights()
    today = request.today or date.today()
    counted = replace(request, page=1, order=Order.NEWEST, collapse=False, facets=False, explain=False)
    answerer = Answerer(index, counted, profile, today, most=0)
    parsed = parse(request.query, today=today)
    plan, _ = answerer.read(parsed.tree)
    if request.repair and not _has(answerer, plan.match, id):
        plan = answer_or_repair(answerer, parsed).plan
    return plan.highlights


def _has(answerer: Answerer, match: Clause, id: str) -> bool:
    """Return whether the article is among the matches; its id comes first, since only its segment is searched then."""
    clause = filtered(Term("id", id), match, *filter_clauses(answerer.request.filters))
    return bool(answerer.budget.spend(lambda: answerer.index.engine.search(clause, limit=1, total=False)).matches)
