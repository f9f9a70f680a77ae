"""Counts the hits of an answer, the pages that can be asked for, and the copies of each hit on the page.

In: an open index, an answer and the request. Out: an `Extent`. Called by `search/results_page.py` for the answer it
shows; `search/all_hits.py` and `search/alerts/news.py` count copies by it.

Near-duplicates are one hit, so the hits are the matching articles less the copies among them. If those less all copies
of the index are more than a list can show, it is full. Otherwise the engine counts the groups of which several articles
match; if far more articles match than a list can show, it counts a sample of the groups only, which is mostly enough to
know that the list is full. If more match than the engine can count values of,
matches are read until the list is full or all are read. So the last page that a pager links always has a hit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import ceil

import msgspec
from msgspec.structs import replace

from search.answering import Answer
from search.budget import Budget
from search.engines.base import MOST_COUNTED, Match
from search.engines.budgeted_engine import BudgetedEngine, TimeIsUp
from search.index.open_index import OpenIndex
from search.limits import DEEPEST_HIT, deepest_page
from search.pages.records import Filters, SearchRequest
from search.query.clauses import Between, Clause, Constant, any_of, filtered
from search.results.facets import filter_clauses

_MOST_GROUPED = MOST_COUNTED  # matches; as many groups at most, so that the engine counts all of them
_SAMPLED = DEEPEST_HIT + DEEPEST_HIT // 2  # matches in the sample of groups that tells whether the list is full
_MANY = 2 * _SAMPLED  # matches from which on that is less work than counting the groups of all
_LARGEST_GROUP = 2**63 - 1
_READ_AT_FIRST = DEEPEST_HIT + DEEPEST_HIT // 4  # matches: one of five may be a copy and the list is still full
_READ_MORE = 4  # times as many where that was not enough
_MOST_COPIES = 500  # read one by one to be counted


class Extent(msgspec.Struct, frozen=True):
    """How many hits and pages a list has.

    reachable  hits on all pages that can be asked for
    pages      the number of those pages
    truncated  whether there are more hits than `reachable`
    copies     near-duplicate group → how many of its articles match; 1 for a group that is left out
    whole      whether there was time to count all of this
    """

    reachable: int
    pages: int
    truncated: bool
    copies: Mapping[int, int]
    whole: bool = True


def extent(index: OpenIndex, answer: Answer, request: SearchRequest, shown: Sequence[Match], budget: Budget) -> Extent:
    """Return the extent of the answer's list, counted as far as the budget allows.

    shown: the matches on the page; `copies` has at least their groups.
    """
    try:
        found = _whole_extent(index, BudgetedEngine(index.engine, budget), answer, request, shown)
    except TimeIsUp:
        found = _extent_so_far(answer, request)
    return replace(found, truncated=True) if answer.cut else found


def _whole_extent(
    index: OpenIndex, engine: BudgetedEngine, answer: Answer, request: SearchRequest, shown: Sequence[Match]
) -> Extent:
    if not request.collapses:
        return _extent(answer.total, request.limit, {})
    if len(answer.fetched) >= answer.total:
        return _extent(_hits(answer.fetched), request.limit, sizes_of(answer.fetched))
    if _surely_fills_a_list(index, answer.total):
        return _full(engine, answer, request, shown)
    narrowed = filtered(answer.match, *filter_clauses(request.filters))
    if answer.total > _MANY and _fills_a_list(engine, narrowed, answer.total):
        return _full(engine, answer, request, shown)
    if answer.total <= _MOST_GROUPED:
        sizes = _copied(engine, narrowed)
        return _extent(_less_copies(answer.total, sizes), request.limit, sizes)
    matches = _enough(engine, narrowed, answer)
    if len(matches) < answer.total:
        return _full(engine, answer, request, shown)
    return _extent(_hits(matches), request.limit, sizes_of(matches))


def _surely_fills_a_list(index: OpenIndex, total: int) -> bool:
    """Return whether so many matches are more hits than a list can show, even if all copies of the index are among
    them, as far as these are known."""
    copies = index.copies.known() if total > DEEPEST_HIT else None
    return copies is not None and total - copies > DEEPEST_HIT


def _fills_a_list(engine: BudgetedEngine, narrowed: Clause, total: int) -> bool:
    """Return whether a sample of the groups alone has more hits than a list can show.

    The numbers of groups are digests, so those up to a share of the largest number are about that share of the groups.
    """
    share = filtered(narrowed, Between("group", 0, _LARGEST_GROUP * _SAMPLED // total))
    matching = engine.search(Constant(share), limit=0).total
    return DEEPEST_HIT < matching <= _MOST_GROUPED and _less_copies(matching, _copied(engine, share)) > DEEPEST_HIT


def _copied(engine: BudgetedEngine, narrowed: Clause) -> dict[int, int]:
    """Return group → how many of its articles match, for groups with several; at most _MOST_GROUPED articles match."""
    counts = engine.counts(narrowed, ("group",), least=2)["group"]
    return {int(group): count for group, count in counts.items()}


def _less_copies(matching: int, sizes: Mapping[int, int]) -> int:
    return matching - sum(sizes.values()) + len(sizes)


def _enough(engine: BudgetedEngine, narrowed: Clause, answer: Answer) -> Sequence[Match]:
    """Read and return matches until they fill a list, or all of them."""
    matches: Sequence[Match] = answer.fetched
    most = _READ_AT_FIRST
    while len(matches) < answer.total and _hits(matches) <= DEEPEST_HIT:
        matches = engine.search(Constant(narrowed), limit=most, total=False).matches
        most *= _READ_MORE
    return matches


def _full(engine: BudgetedEngine, answer: Answer, request: SearchRequest, shown: Sequence[Match]) -> Extent:
    groups = [match.group for match in shown if match.group is not None]
    return _extent(DEEPEST_HIT + 1, request.limit, group_sizes(engine, answer.match, request.filters, groups))


def _extent_so_far(answer: Answer, request: SearchRequest) -> Extent:
    """Return the extent without a further search, for which there is no time: that of the matches read so far, so that
    no page is counted that may be empty."""
    known = _extent(_hits(answer.fetched), request.limit, sizes_of(answer.fetched))
    return replace(known, truncated=known.truncated or len(answer.fetched) < answer.total, whole=False)


def group_sizes(engine: BudgetedEngine, match: Clause, filters: Filters, groups: Sequence[int]) -> dict[int, int]:
    """Return group → how many of its articles match within the filters, for these groups."""
    asked = tuple(dict.fromkeys(groups))
    if not asked:
        return {}
    within = any_of(*(Between("group", group, group) for group in asked))
    narrowed = Constant(filtered(match, within, *filter_clauses(filters)))
    found = engine.search(narrowed, limit=_MOST_COPIES)
    if found.total <= _MOST_COPIES:
        return sizes_of(found.matches)
    if len(asked) == 1:
        return {asked[0]: found.total}
    half = len(asked) // 2
    first, second = (group_sizes(engine, match, filters, part) for part in (asked[:half], asked[half:]))
    return {**first, **second}


def _extent(hits: int, limit: int, copies: Mapping[int, int]) -> Extent:
    pages = min(ceil(hits / limit), deepest_page(limit))
    return Extent(min(hits, pages * limit), pages, hits > pages * limit, copies)


def sizes_of(matches: Sequence[Match]) -> Counter[int]:
    """Return near-duplicate group → how many of these matches it has."""
    return Counter(match.group for match in matches if match.group is not None)


def _hits(matches: Sequence[Match]) -> int:
    """Return how many hits these matches make: one for each group, and one for each match without a group."""
    groups = {match.group for match in matches}
    if None not in groups:
        return len(groups)
    return len(groups) - 1 + sum(match.group is None for match in matches)
