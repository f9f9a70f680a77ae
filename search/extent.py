"""How many hits an answer has in all, how many of them can be read, and how many copies each shown hit stands for.

In: an open index, an answer and the request. Out: an `Extent`. Called by `search/service.py` for the answer it shows.

Near-duplicates are one hit, so the number of hits is that of the matching articles less the copies among them. The
engine counts the groups of which more than one article matches. Where far more articles match than a list can show, it
does so for a share of the groups, which mostly tells that the list is full; and where more match than it has values to
count for, so many matches are read that this is known. So the last page that a pager links always has a hit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil

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
_SAMPLED = DEEPEST_HIT + DEEPEST_HIT // 2  # matches looked at to tell whether the list is full
_MANY = 2 * _SAMPLED  # matches from which on that is less work than counting the groups of all
_LARGEST_GROUP = 2**63 - 1
_READ_AT_FIRST = DEEPEST_HIT + DEEPEST_HIT // 4  # matches: one of five may be a copy and the list is still full
_READ_MORE = 4  # times as many where that was not enough
_MOST_COPIES = 500  # read one by one to be counted


@dataclass(frozen=True, slots=True)
class Extent:
    """How far a list reaches.

    reachable  hits on all pages that can be asked for
    pages      how many pages that are
    truncated  whether there are more hits than that
    copies     near-duplicate group → how many of its articles match; one that is left out has one
    whole      whether there was time to find all that out
    """

    reachable: int
    pages: int
    truncated: bool
    copies: Mapping[int, int]
    whole: bool = True


def extent(index: OpenIndex, answer: Answer, request: SearchRequest, shown: Sequence[Match], budget: Budget) -> Extent:
    """How far the list of this answer reaches, as far as the budget allows to find out; `copies` holds at least the
    groups of the shown matches.
    """
    try:
        found = _whole_extent(BudgetedEngine(index.engine, budget), answer, request, shown)
    except TimeIsUp:
        found = _extent_so_far(answer, request)
    return replace(found, truncated=True) if answer.cut else found


def _whole_extent(engine: BudgetedEngine, answer: Answer, request: SearchRequest, shown: Sequence[Match]) -> Extent:
    if not request.collapses:
        return _extent(answer.total, request.limit, {})
    if len(answer.fetched) >= answer.total:
        return _extent(_hits(answer.fetched), request.limit, _sizes(answer.fetched))
    narrowed = filtered(answer.match, *filter_clauses(request.filters))
    if answer.total > _MANY and _fills_a_list(engine, narrowed, answer.total):
        return _full(engine, answer, request, shown)
    if answer.total <= _MOST_GROUPED:
        sizes = _copied(engine, narrowed)
        return _extent(_less_copies(answer.total, sizes), request.limit, sizes)
    matches = _enough(engine, narrowed, answer)
    if len(matches) < answer.total:
        return _full(engine, answer, request, shown)
    return _extent(_hits(matches), request.limit, _sizes(matches))


def _fills_a_list(engine: BudgetedEngine, narrowed: Clause, total: int) -> bool:
    """Whether some of the groups are known to be more than a list can show. Their numbers are digests, so those up to a
    share of the largest number are about that share of them.
    """
    share = filtered(narrowed, Between("group", 0, _LARGEST_GROUP * _SAMPLED // total))
    matching = engine.search(Constant(share), limit=0).total
    return DEEPEST_HIT < matching <= _MOST_GROUPED and _less_copies(matching, _copied(engine, share)) > DEEPEST_HIT


def _copied(engine: BudgetedEngine, narrowed: Clause) -> dict[int, int]:
    """Group → how many of its articles match, where that is more than one. At most _MOST_GROUPED may match in all."""
    counts = engine.counts(narrowed, ("group",), least=2)["group"]
    return {int(group): count for group, count in counts.items()}


def _less_copies(matching: int, sizes: Mapping[int, int]) -> int:
    return matching - sum(sizes.values()) + len(sizes)


def _enough(engine: BudgetedEngine, narrowed: Clause, answer: Answer) -> Sequence[Match]:
    """So many matches that they fill a list, or all."""
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
    """The same without another search, where there is no time for one: as far as the answer was read, so that no page
    is promised that may be empty.
    """
    known = _extent(_hits(answer.fetched), request.limit, _sizes(answer.fetched))
    return replace(known, truncated=known.truncated or len(answer.fetched) < answer.total, whole=False)


def group_sizes(engine: BudgetedEngine, match: Clause, filters: Filters, groups: Sequence[int]) -> dict[int, int]:
    """How many articles of each near-duplicate group match."""
    asked = tuple(dict.fromkeys(groups))
    if not asked:
        return {}
    within = any_of(*(Between("group", group, group) for group in asked))
    narrowed = Constant(filtered(match, within, *filter_clauses(filters)))
    found = engine.search(narrowed, limit=_MOST_COPIES)
    if found.total <= _MOST_COPIES:
        return _sizes(found.matches)
    if len(asked) == 1:
        return {asked[0]: found.total}
    half = len(asked) // 2
    first, second = (group_sizes(engine, match, filters, part) for part in (asked[:half], asked[half:]))
    return {**first, **second}


def _extent(hits: int, limit: int, copies: Mapping[int, int]) -> Extent:
    pages = min(ceil(hits / limit), deepest_page(limit))
    return Extent(min(hits, pages * limit), pages, hits > pages * limit, copies)


def _sizes(matches: Sequence[Match]) -> Counter[int]:
    return Counter(match.group for match in matches if match.group is not None)


def _hits(matches: Sequence[Match]) -> int:
    """How many hits these matches are: one a group, and one for each that has no group."""
    groups = {match.group for match in matches}
    if None not in groups:
        return len(groups)
    return len(groups) - 1 + sum(match.group is None for match in matches)
