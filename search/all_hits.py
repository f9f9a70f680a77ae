"""Goes through all hits of a search, beyond the last page, with only some hundred articles in memory at a time.

In: what answers a request, and the place to begin behind. Out: `AllHits`, which yields the hits in the order of the
pages, copies collapsed as the request says. Made by `search/service.py` for exports, cursors and alerts.

The list is that of one open index, however long it is read and whatever is committed meanwhile. All matches are held,
some 200 bytes each; articles are loaded a chunk at a time. Who goes on behind a `Position` in a later call gets the
rest of the same list as long as the index is the same. If it has changed, the hit of the position is looked for in the
new list, which goes on behind it; if that article matches no more, it goes on behind its rank. `moved` says so: hits
may then be missing or come twice, for a commit changes ranks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from math import inf

from search.answering import Answer, Answerer, answer_or_repair
from search.budget import LIST_SECONDS, Budget
from search.engines.base import Match, Order
from search.engines.budgeted_engine import BudgetedEngine
from search.errors import RequestError
from search.extent import group_sizes, sizes_of
from search.hits import hits_of_page, plain_hits
from search.index.open_index import OpenIndex
from search.limits import MOST_LISTED
from search.pages.positions import Position, search_key
from search.pages.records import Hit, Note, SearchRequest
from search.query.clauses import Term
from search.query.parser import parse
from search.query.tree import Parsed
from search.ranking.profile import RankingProfile
from search.repairs import notes

_CHUNK = 200  # articles loaded at a time
_DEEP = 1000  # hits; who reads on behind them reads the rest too, so that all are found at once and remembered


@dataclass(frozen=True, slots=True)
class ListedHit:
    """A hit of a list, and the place behind it, at which another list can begin."""

    hit: Hit
    position: Position


@dataclass(frozen=True, slots=True)
class AllHits:
    """The hits of a search from one place on; each iteration begins there anew. Articles are loaded while it runs.

    total      matching articles, near-duplicates included
    first      the number of the first hit, from 1
    count      how many hits this list has
    truncated  whether there are more hits behind it
    cut        whether the time ended before all articles were searched: there may be more matching articles
    moved      whether the index has changed since the position was made at which the list begins
    order      how the hits are sorted
    notes      what the reader is told about how the query was read
    """

    total: int
    first: int
    count: int
    truncated: bool
    cut: bool
    moved: bool
    order: Order
    notes: tuple[Note, ...]
    _found: _Answered = field(repr=False)
    _search: str = field(repr=False)
    _snippets: bool = field(repr=False)

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[ListedHit]:
        begin, end, rank = self.first - 1, self.first - 1 + self.count, self.first
        commit = self._found.answerer.index.commit
        for at in range(begin, end, _CHUNK):
            shown = self._found.answer.hits[at : min(at + _CHUNK, end)]
            for hit in self._hits(shown, self._found.sizes_of(shown)):
                yield ListedHit(hit, Position(self._search, commit, rank, hit.article.id))
                rank += 1

    def _hits(self, shown: Sequence[Match], sizes: Mapping[int, int]) -> tuple[Hit, ...]:
        if self._snippets:
            return hits_of_page(self._found.answerer, self._found.answer, shown, sizes)[0]
        return plain_hits(self._found.answerer.index, shown, sizes)


@dataclass(frozen=True, slots=True)
class _Search:
    """A request over one open index, to be answered with different numbers of hits."""

    index: OpenIndex
    request: SearchRequest
    profile: RankingProfile
    budget: Budget
    parsed: Parsed
    today: date

    def answer(self, most: int) -> _Answered:
        """Return the answer with at least as many hits as it has up to `most`. That of a long list is whole, and kept
        with the open index for who reads on."""
        key = (search_key(self.request), self.request.explain, self.today, self.profile)
        kept: _Answered | None = self.index.lists.get(key)
        if kept is not None:
            return kept
        within = replace(self.request, filters=self.index.names.chosen(self.request.filters))
        reach = MOST_LISTED + 1 if most > _DEEP else most
        answerer = Answerer(self.index, within, self.profile, self.today, self.budget, reach)
        answer = answer_or_repair(answerer, self.parsed)
        read = answer.fetched
        sizes = sizes_of(read) if len(read) >= answer.total else None
        found = _Answered(replace(answerer, budget=Budget(inf)), answer, sizes)
        if reach > most and not answer.cut:
            self.index.lists.put(key, found)
        return found


@dataclass(frozen=True, slots=True)
class _Answered:
    """What answered, which has all the time to go on, and the answer.

    sizes: near-duplicate group → how many of its articles match; None where not all matches were read
    """

    answerer: Answerer
    answer: Answer
    sizes: Mapping[int, int] | None

    def sizes_of(self, shown: Sequence[Match]) -> Mapping[int, int]:
        """Return group → how many of its articles match, for those of these hits at least; none where copies are hits
        of their own."""
        if not self.answerer.request.collapses:
            return {}
        if self.sizes is not None:
            return self.sizes
        engine = BudgetedEngine(self.answerer.index.engine, self.answerer.budget)
        groups = [match.group for match in shown if match.group is not None]
        return group_sizes(engine, self.answer.match, self.answerer.request.filters, groups)


def all_hits(
    index: OpenIndex,
    request: SearchRequest,
    profile: RankingProfile,
    *,
    after: Position | None,
    limit: int,
    snippets: bool,
    budget: Budget | None,
) -> AllHits:
    """Return the list of at most `limit` hits of the request behind a position; None: from the first hit on.

    Raises RequestError for a position in the list of another search, and for a limit below 1.
    """
    key = search_key(request)
    if limit < 1:
        raise RequestError(f"limit {limit}: ask for at least one hit")
    if after is not None and after.search != key:
        raise RequestError("the cursor belongs to another search: give it with the query and filters that answered it")
    today = request.today or date.today()
    search = _Search(index, request, profile, budget or Budget(LIST_SECONDS), parse(request.query, today=today), today)
    passed = after.rank if after else 0
    found = search.answer(_reach(passed + limit) + 1)
    moved = after is not None and not _is_at(found, after)
    if after is not None and moved:
        found = search.answer(MOST_LISTED + 1)
        passed = min(_passed(found, after), len(found.answer.hits))
    answer = found.answer
    count = max(0, min(len(answer.hits), _reach(passed + limit)) - passed)
    remarks = answer.remarks(search.parsed) + notes.of_days(swapped=request.swapped)
    ends = len(answer.hits) > passed + count == MOST_LISTED
    return AllHits(
        total=answer.total,
        first=passed + 1,
        count=count,
        truncated=answer.cut or len(answer.hits) > passed + count,
        cut=answer.cut,
        moved=moved,
        order=answer.order,
        notes=notes.of_outdated(index.outdated, answer.plan, search.parsed)
        + remarks
        + answer.notes
        + notes.of_list_end(ends=ends),
        _found=found,
        _search=key,
        _snippets=snippets,
    )


def _reach(rank: int) -> int:
    return min(rank, MOST_LISTED)


def _is_at(found: _Answered, after: Position) -> bool:
    """Return whether the list is the one that the position was made in."""
    index, hits = found.answerer.index, found.answer.hits
    if after.commit != index.commit or after.rank > len(hits):
        return False
    stored = index.engine.load([hits[after.rank - 1].ref])
    return stored[0].id == after.id  # a merge after the commit may have put equal scores in another order


def _passed(found: _Answered, after: Position) -> int:
    """Return how many hits of a changed list stand before the place of the position."""
    answer = found.answer
    sought = found.answerer.index.engine.search(Term("id", after.id), limit=1, total=False).matches
    passed = 0
    for match in answer.fetched if sought else ():
        if passed < len(answer.hits) and answer.hits[passed].ref == match.ref:
            passed += 1
        if match.ref == sought[0].ref:
            return passed
    return after.rank
