"""Several queries → how many articles match each, period by period, and how many there are in all.

In: an open index and a `CompareRequest`. Out: a `Comparison`. Called by the service. A query is taken as it stands:
where it finds nothing, no other reading is searched in its place, so that a zero means none.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Final

from search.answering import Answerer
from search.budget import Budget
from search.engines.base import Engine
from search.index.open_index import OpenIndex
from search.limits import MOST_COMPARED
from search.over_time import periods
from search.over_time.periods import CalendarPeriod
from search.over_time.records import ComparedQuery, CompareRequest, Comparison, PeriodCounts
from search.pages.records import Note, SearchRequest
from search.query.clauses import Clause, Constant, Everything, filtered
from search.query.parser import parse
from search.ranking import RankingProfile
from search.repairs import notes
from search.results.facets import filter_clauses

_MOST_DAYS: Final = 62  # longer spans are told by month, by year, by so many years
_MOST_MONTHS: Final = 120
_MOST_YEARS: Final = 200
SECONDS: Final = 1.1  # that the queries of one comparison may take; those beyond are said to be uncounted

Counts = Mapping[int, int]


@dataclass(frozen=True, slots=True)
class _Matched:
    """A query's line, the clause of its articles and their months."""

    line: ComparedQuery
    clause: Clause
    months: Counts


def compare(
    index: OpenIndex, request: CompareRequest, profile: RankingProfile, budget: Budget | None = None
) -> Comparison:
    """The queries over time, as many as the budget allows. Never raises for what a reader typed."""
    started = time.perf_counter()
    budget = budget or Budget(SECONDS)
    request = replace(request, filters=index.names.chosen(request.filters))
    queries = tuple(dict.fromkeys(request.queries))
    taken = queries[:MOST_COMPARED]
    matched: list[_Matched] = []
    for query in taken:
        if budget.allows():
            matched.append(budget.spend(partial(_match, index, query, request, profile)))
            if budget.cut:  # what was counted of it is not all
                matched.pop()
    every = _everything(index, request)
    step, told = _told(index.engine, (*matched, every))
    return Comparison(
        request=request,
        lines=tuple(each.line for each in matched),
        uncounted=taken[len(matched) :],
        dropped=len(queries) - len(taken),
        step=step,
        periods=told,
        articles=every.line.total,
        undated=every.line.undated,
        took_ms=(time.perf_counter() - started) * 1000,
        notes=notes.of_days(swapped=request.swapped),
    )


def _match(index: OpenIndex, query: str, request: CompareRequest, profile: RankingProfile) -> _Matched:
    """What the query matches, and the notes on how it was read."""
    today = request.today or date.today()
    asked = SearchRequest(query, filters=request.filters, names=request.names)
    parsed = parse(query, today=today)
    plan, own = Answerer(index, asked, profile, today).read(parsed.tree)
    said = notes.of_outdated(index.outdated, plan) + notes.of_remarks(parsed.remarks) + own
    clause = filtered(Constant(plan.match, 0.0), *filter_clauses(request.filters))
    return _counted_line(index.engine, clause, query, said)


def _everything(index: OpenIndex, request: CompareRequest) -> _Matched:
    """All articles within the filters."""
    narrowing = filter_clauses(request.filters)
    return _counted_line(index.engine, filtered(Everything(), *narrowing), "", ())


def _counted_line(engine: Engine, clause: Clause, query: str, said: tuple[Note, ...]) -> _Matched:
    total = engine.search(clause, limit=1).total
    months = _counts(engine, clause, "month")
    return _Matched(ComparedQuery(query, total, total - sum(months.values()), said), clause, months)


def _told(engine: Engine, matched: Sequence[_Matched]) -> tuple[str | None, tuple[PeriodCounts, ...]]:
    """The step and the periods; the last of what was matched is all articles."""
    clauses, months = [each.clause for each in matched], [each.months for each in matched]
    bearing = [month for counts in months[:-1] for month in counts]
    if not bearing:
        return None, ()
    first, last = min(bearing), max(bearing)
    if last - first <= 2:
        by_day = [_counts(engine, clause, "day") for clause in clauses]
        bearing = [day for counts in by_day[:-1] for day in counts]
        if max(bearing) - min(bearing) < _MOST_DAYS:
            stretches = periods.days(min(bearing), max(bearing))
            columns = [[counts.get(each.first.toordinal(), 0) for each in stretches] for counts in by_day]
            return "day", _counted(stretches, columns)
    stretches = periods.periods_between(first, last, most_months=_MOST_MONTHS, most_years=_MOST_YEARS)
    step = "month" if last - first < _MOST_MONTHS else "year"
    return step, _counted(stretches, [periods.counts_by_period(counts, stretches) for counts in months])


def _counted(stretches: Sequence[CalendarPeriod], columns: Sequence[Sequence[int]]) -> tuple[PeriodCounts, ...]:
    """A row for each period from a column for each line and, last, one for all articles."""
    rows = zip(*columns, strict=True)
    return tuple(PeriodCounts(each, row[-1], tuple(row[:-1])) for each, row in zip(stretches, rows, strict=True))


def _counts(engine: Engine, clause: Clause, field: str) -> Counts:
    return {int(value): count for value, count in engine.counts(clause, (field,))[field].items()}
