"""Counts the articles that match a search, and how many of them each source, section or year has.

In: an open index, a request and what to count by. Out: `ValueCounts`. Called by `search/service.py`. The query is taken
as it stands, and no hits are read, so a count costs less than a page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Final

from search.answering import Answerer
from search.budget import Budget
from search.engines.base import Engine
from search.index.open_index import OpenIndex
from search.pages.records import Note, SearchRequest
from search.query.clauses import Clause, Constant, Everything, TermSet, filtered
from search.query.parser import parse
from search.ranking.profile import RankingProfile
from search.repairs import notes
from search.results.facets import filter_clauses
from search.unknown_names import unknown_name_notes

YEAR: Final = "year"
COUNTED: Final = ("source", YEAR, "section")  # what can be counted by
_MOST_VALUES: Final = 400  # of all articles, for which it is found out whether an article may have two


@dataclass(frozen=True, slots=True)
class ValueCounts:
    """The matches of one search.

    total   matching articles, near-duplicates included
    values  value → matching articles, the commonest first; of years the earliest. An article of two sources counts for
            both; where the request is narrowed to sources, only those are counted
    none    matching articles that have no such value: no source, no section, no date
    cut     whether the time ended before all articles were searched
    notes   how the query was read
    """

    total: int
    values: Mapping[str, int]
    none: int
    cut: bool
    notes: tuple[Note, ...]


def count_by_value(
    index: OpenIndex, request: SearchRequest, profile: RankingProfile, *, by: str, budget: Budget
) -> ValueCounts:
    """Count the matches of a request by one of COUNTED."""
    today = request.today or date.today()
    answerer = Answerer(index, request, profile, today, budget)
    parsed = parse(request.query, today=today)
    plan, own = answerer.read(parsed.tree)
    clause = filtered(Constant(plan.match, 0.0), *filter_clauses(request.filters))
    total = budget.spend(partial(index.engine.search, clause, limit=0)).total
    values: dict[str, int] = {}
    none = 0
    if total and not budget.cut:
        values, none = budget.spend(partial(_counted, index.engine, clause, request, by, total))
    read = notes.of_outdated(index.outdated, plan, parsed) + notes.of_remarks(parsed.remarks) + own
    read += () if total else unknown_name_notes(answerer, parsed)
    return ValueCounts(total, values, none, bool(budget.cut), read + notes.of_cut(budget))


def _counted(engine: Engine, clause: Clause, request: SearchRequest, by: str, total: int) -> tuple[dict[str, int], int]:
    """Return value → matches, and how many matches have none."""
    if by == YEAR:
        years = _years(engine.counts(clause, ("month",))["month"])
        return years, total - sum(years.values())
    found = {str(value): count for value, count in engine.counts(clause, (by,))[by].items()}
    chosen = request.filters.names[by]
    kept = {value: count for value, count in found.items() if not chosen or value in chosen}
    ranked = dict(sorted(kept.items(), key=lambda row: (-row[1], row[0])))
    if found and not _has_one_each(engine, by):
        return ranked, total - engine.search(filtered(clause, TermSet(by, tuple(found))), limit=0).total
    return ranked, total - sum(found.values())


def _has_one_each(engine: Engine, by: str) -> bool:
    """Return whether no article has two values, so that those with any need not be searched for.

    An open index remembers both answers, as it does for few values.
    """
    counts = engine.counts(Everything(), (by,), limit=_MOST_VALUES + 1)[by]
    values = tuple(map(str, counts))
    few = len(values) <= _MOST_VALUES
    return few and sum(counts.values()) == engine.search(TermSet(by, values), limit=0).total


def _years(months: Mapping[str | int, int]) -> dict[str, int]:
    years: dict[str, int] = {}
    for month in sorted(int(month) for month in months):
        year = f"{month // 12:04}"
        years[year] = years.get(year, 0) + months[month]
    return years
