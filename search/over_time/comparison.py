"""Counts the articles that match each of several queries in each period, and all articles of the period.

In: an open index and a `CompareRequest`. Out: a `Comparison`. Called by `search/service.py`. A query that finds nothing
is not replaced by another reading of it, so that a count of 0 means that no article matches.
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
from search.ranking.profile import RankingProfile
from search.repairs import notes
from search.results.facets import filter_clauses

_MOST_DAYS: Final = 62  # longer spans are counted by month, then by year, then by several years
_MOST_MONTHS: Final = 120
_MOST_YEARS: Final = 200
SECONDS: Final = 1.1  # what counting may take in all; the queries for which no time is left are `uncounted`

DateCounts = Mapping[int, int]  # day (`date.toordinal()`) or month (year * 12 + month - 1) → articles


@dataclass(frozen=True, slots=True)
class _Matched:
    """A query, the clause of the articles that match it, and their counts by month."""

    line: ComparedQuery
    clause: Clause
    months: DateCounts


def compare(
    index: OpenIndex, request: CompareRequest, profile: RankingProfile, budget: Budget | None = None
) -> Comparison:
    """Count the queries over time, as many as the budget (None: SECONDS) allows. No text of a query raises."""
    started = time.perf_counter()
    budget = budget or Budget(SECONDS)
    request = replace(request, filters=index.names.chosen(request.filters))
    queries = tuple(dict.fromkeys(request.queries))
    taken = queries[:MOST_COMPARED]
    matched: list[_Matched] = []
    for query in taken:
        if budget.allows():
            matched.append(budget.spend(partial(_match, index, query, request, profile)))
            if budget.cut:  # the count of this query is not complete
                matched.pop()
    every = _everything(index, request)
    step, counted = _by_period(index.engine, (*matched, every))
    return Comparison(
        request=request,
        lines=tuple(each.line for each in matched),
        uncounted=taken[len(matched) :],
        dropped=len(queries) - len(taken),
        step=step,
        periods=counted,
        articles=every.line.total,
        undated=every.line.undated,
        took_ms=(time.perf_counter() - started) * 1000,
        notes=notes.of_days(swapped=request.swapped),
    )


def _match(index: OpenIndex, query: str, request: CompareRequest, profile: RankingProfile) -> _Matched:
    """Return what the query matches within the filters, with the notes on how it was read."""
    today = request.today or date.today()
    asked = SearchRequest(query, filters=request.filters, names=request.names)
    parsed = parse(query, today=today)
    plan, own = Answerer(index, asked, profile, today).read(parsed.tree)
    read_notes = notes.of_outdated(index.outdated, plan, parsed) + notes.of_remarks(parsed.remarks) + own
    clause = filtered(Constant(plan.match, 0.0), *filter_clauses(request.filters))
    return _counted_query(index.engine, clause, query, read_notes)


def _everything(index: OpenIndex, request: CompareRequest) -> _Matched:
    """Return all articles within the filters, as if an empty query matched them."""
    narrowing = filter_clauses(request.filters)
    return _counted_query(index.engine, filtered(Everything(), *narrowing), "", ())


def _counted_query(engine: Engine, clause: Clause, query: str, read_notes: tuple[Note, ...]) -> _Matched:
    total = engine.search(clause, limit=1).total
    months = _date_counts(engine, clause, "month")
    return _Matched(ComparedQuery(query, total, total - sum(months.values()), read_notes), clause, months)


def _by_period(engine: Engine, matched: Sequence[_Matched]) -> tuple[str | None, tuple[PeriodCounts, ...]]:
    """Return the step ("day", "month", "year"; None without a date) and the counts of each period.

    matched: the queries and, last, all articles. The periods reach from the first to the last match of any query.
    """
    clauses, months = [each.clause for each in matched], [each.months for each in matched]
    dated = [month for counts in months[:-1] for month in counts]
    if not dated:
        return None, ()
    first, last = min(dated), max(dated)
    if last - first <= 2:
        by_day = [_date_counts(engine, clause, "day") for clause in clauses]
        dated = [day for counts in by_day[:-1] for day in counts]
        if max(dated) - min(dated) < _MOST_DAYS:
            days = periods.days(min(dated), max(dated))
            columns = [[counts.get(each.first.toordinal(), 0) for each in days] for counts in by_day]
            return "day", _rows(days, columns)
    longer = periods.periods_between(first, last, most_months=_MOST_MONTHS, most_years=_MOST_YEARS)
    step = "month" if last - first < _MOST_MONTHS else "year"
    return step, _rows(longer, [periods.counts_by_period(counts, longer) for counts in months])


def _rows(shown: Sequence[CalendarPeriod], columns: Sequence[Sequence[int]]) -> tuple[PeriodCounts, ...]:
    """Return a row for each period; columns: the counts of each query by period and, last, those of all articles."""
    rows = zip(*columns, strict=True)
    return tuple(PeriodCounts(each, row[-1], tuple(row[:-1])) for each, row in zip(shown, rows, strict=True))


def _date_counts(engine: Engine, clause: Clause, field: str) -> DateCounts:
    return {int(value): count for value, count in engine.counts(clause, (field,))[field].items()}
