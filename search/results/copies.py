"""The copies of an article: the articles of its near-duplicate group, which other papers or the same one published.

In: an engine and the number of a group. Out: its articles, the oldest first. Called by `search/service.py`. What reads
matches of several groups leaves their further articles out by `first_of_groups`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from search.article import decode_article
from search.engines.base import Engine, Match, Order
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


def first_of_groups(matches: Sequence[Match]) -> list[Match]:
    """Return the first match of each near-duplicate group, and every match that is in no group."""
    seen: set[int] = set()
    kept: list[Match] = []
    for match in matches:
        if match.group is None or match.group not in seen:
            kept.append(match)
            if match.group is not None:
                seen.add(match.group)
    return kept
