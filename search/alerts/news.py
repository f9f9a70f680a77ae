"""What has come into an index for an alert: articles that match it and were not there when it last told.

In: an open index, the state of the runs, and an alert. Out: `News`. Called by `search/alert_commands.py`.

Which articles are new is decided once a run, by the ids of the whole index; then each alert is searched among the new
ones alone, so that a run takes as long as there is news, however many articles match. A copy is no news if another
article of its group matches the alert and is not new. An article whose group is known and has no other article stands
for one that is gone: it was corrected under another id, and is no news either.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import ceil, inf
from typing import Final

import numpy as np

from search.alerts.alert import Alert
from search.alerts.state import AlertState, Numbers
from search.answering import Answer, Answerer
from search.budget import Budget
from search.engines.base import Engine, Match, Order
from search.engines.budgeted_engine import BudgetedEngine
from search.engines.id_order import id_number
from search.extent import group_sizes
from search.hits import hits_of_page
from search.index.open_index import OpenIndex
from search.pages.records import Filters, Hit, Note, SearchRequest
from search.query.clauses import Between, Clause, Everything, TermSet, filtered
from search.query.parser import parse
from search.ranking.profile import RankingProfile
from search.repairs import notes
from search.results.facets import filter_clauses
from search.unknown_names import unknown_name_notes

_IDS_AT_ONCE: Final = 10_000  # of new articles that one search looks among
_GROUPS_AT_ONCE: Final = 20_000  # about as many are counted at once
_SIZES_AT_ONCE: Final = 200  # groups whose articles are counted at once
_LARGEST_GROUP: Final = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Seen:
    """The articles of an open index: their ids, the numbers of these, and the numbers of their groups."""

    ids: tuple[str, ...]
    numbers: Numbers
    groups: Numbers

    @property
    def every(self) -> Numbers:
        """The numbers of ids and groups, as a state remembers them."""
        return np.concatenate([self.numbers, self.groups])


@dataclass(frozen=True, slots=True)
class News:
    """What an alert has to tell.

    hits   the newest articles, at most as many as the alert's limit, each with the number of its new copies
    total  how many there are, copies aside
    notes  how its query was read
    """

    alert: Alert
    hits: tuple[Hit, ...] = ()
    total: int = 0
    notes: tuple[Note, ...] = ()


def articles_of(index: OpenIndex) -> Seen:
    """Return the articles that the index has; an id that was deleted lately may be among them."""
    engine = index.engine
    ids = tuple(id for id, _ in engine.terms("id", "", limit=2 * engine.documents + _IDS_AT_ONCE))
    numbers = np.fromiter(map(id_number, ids), np.int64, len(ids))
    return Seen(ids, numbers, np.fromiter(_groups(engine), np.int64))


def news_of(
    index: OpenIndex, alert: Alert, seen: Seen, state: AlertState, told: int, *, profile: RankingProfile, today: date
) -> News:
    """Return the news of an alert that has told the articles up to the run `told`. state: after this run has `seen`."""
    request = alert.request(today)
    request = replace(request, filters=index.names.chosen(request.filters))
    answerer = Answerer(index, request, profile, today, Budget(inf))
    parsed = parse(request.query, today=today)
    plan, own = answerer.read(parsed.tree)
    said = notes.of_remarks(parsed.remarks) + own + unknown_name_notes(answerer, parsed)
    fresh = np.flatnonzero(state.first_seen(seen.numbers) > told)
    narrowed = filtered(plan.match, *filter_clauses(request.filters))
    parts = list(_matches_among(index.engine, narrowed, [seen.ids[n] for n in fresh], len(seen.ids)))
    new = Counter(match.group for part in parts for match in part if match.group is not None)
    old = _told_groups(index, request, plan.match, new, state, told) if told else set[int]()
    kept = _one_of_each_group(parts, old)
    shown = tuple(match for part in kept for match in part[: alert.limit])
    total = sum(map(len, kept))
    answer = Answer(plan, plan.match, total, shown, shown, Order.NEWEST)
    hits, _ = hits_of_page(answerer, answer, shown, new)
    return News(alert, tuple(sorted(hits, key=_moment, reverse=True)[: alert.limit]), total, said)


def _matches_among(engine: Engine, clause: Clause, ids: Sequence[str], articles: int) -> Iterator[tuple[Match, ...]]:
    """Yield the matches that have one of these ids, in parts, each from the newest on. articles: of the whole index."""
    if len(ids) == articles:
        yield engine.search(clause, limit=max(1, articles), order=Order.NEWEST, total=False).matches
        return
    for at in range(0, len(ids), _IDS_AT_ONCE):
        part = tuple(ids[at : at + _IDS_AT_ONCE])
        narrowed = filtered(clause, TermSet("id", part))
        yield engine.search(narrowed, limit=len(part), order=Order.NEWEST, total=False).matches


def _told_groups(
    index: OpenIndex, request: SearchRequest, match: Clause, new: Mapping[int, int], state: AlertState, told: int
) -> set[int]:
    """Return those groups of new matches of which an article is no news: it has told another, or stands for one.

    new: group → how many new articles match.
    """
    groups = list(new)
    known = state.first_seen(np.array(groups, np.int64)) <= told
    earlier = [group for group, is_known in zip(groups, known, strict=True) if is_known]
    matching = _sizes(index, match, request.filters, earlier)
    everywhere = _sizes(index, Everything(), Filters(), earlier)
    return {group for group in earlier if matching.get(group, 0) > new[group] or everywhere.get(group, 0) <= new[group]}


def _sizes(index: OpenIndex, match: Clause, filters: Filters, groups: Sequence[int]) -> dict[int, int]:
    """Return group → how many of its articles match."""
    engine = BudgetedEngine(index.engine, Budget(inf))
    found: dict[int, int] = {}
    for at in range(0, len(groups), _SIZES_AT_ONCE):
        found |= group_sizes(engine, match, filters, groups[at : at + _SIZES_AT_ONCE])
    return found


def _one_of_each_group(parts: Sequence[Sequence[Match]], old: set[int]) -> list[list[Match]]:
    """Return the parts with the first match of each group that is not old, and every match without a group."""
    passed = set(old)
    kept: list[list[Match]] = []
    for part in parts:
        kept.append([])
        for match in part:
            if match.group not in passed:
                kept[-1].append(match)
                if match.group is not None:
                    passed.add(match.group)
    return kept


def _groups(engine: Engine) -> Iterator[int]:
    """Yield the number of each group, in parts that the engine can count; the numbers are digests, evenly spread."""
    parts = max(1, ceil(engine.documents / _GROUPS_AT_ONCE))
    width = _LARGEST_GROUP // parts + 1
    for part in range(parts):
        within = Between("group", part * width, min((part + 1) * width - 1, _LARGEST_GROUP))
        yield from (int(group) for group in engine.counts(within, ("group",))["group"])


def _moment(hit: Hit) -> str:
    return hit.article.published or ""
