"""The copies of an article: the articles of its near-duplicate group, which other papers or the same one published.

In: an engine and the number of a group. Out: its articles, the oldest first. Called by `search/service.py`.
"""

from __future__ import annotations

from typing import Final

from search.article import decode_article
from search.engines.base import Engine, Order
from search.pages.records import Copies, Filters
from search.query.clauses import Combine
from search.results.facets import filter_clauses

MOST: Final = 40  # copies that are listed


def copies_of(engine: Engine, group: int | None, *, limit: int = MOST) -> Copies:
    """Return the first `limit` articles of a near-duplicate group and how many it has; none for a group of one."""
    if group is None:
        return Copies()
    clause = Combine(must=filter_clauses(Filters(group=group)))
    found = engine.search(clause, limit=limit, order=Order.OLDEST)
    if found.total < 2:
        return Copies(group)
    stored = engine.load([match.ref for match in found.matches])
    return Copies(group, tuple(decode_article(kept.raw) for kept in stored), found.total)
