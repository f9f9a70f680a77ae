"""Several queries → how many articles match each, period by period, and how many there are in all.

In: an open index and a `CompareRequest`. Out: a `Comparison`. Called by the service. A query is taken as it stands:
where it finds nothing, no other reading is searched in its place, so that a zero means none.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from search import notes, periods
from search.answering import Answer, Answerer
from search.engines.base import Engine, Order
from search.facets import filter_clauses
from search.limits import MOST_COMPARED
from search.opened import OpenIndex
from search.page import Note, SearchRequest
from search.periods import Stretch
from search.query.clauses import Clause, Everything, filtered
from search.query.parser import parse
from search.ranking import RankingProfile
from search.time_pages import CompareRequest, Comparison, Counted, Line

_MOST_DAYS: Final = 62  # longer spans are told by month, by year, by so many years
_MOST_MONTHS: Final = 120
_MOST_YEARS: Final = 200

Counts = Mapping[int, int]


def compare(index: OpenIndex, request: CompareRequest, profile: RankingProfile) -> Comparison:
    """The queries over time. Never raises for what a reader typed."""
    started = time.perf_counter()
    queries = tuple(dict.fromkeys(request.queries))
    answered = [_answer(index, query, request, profile) for query in queries[:MOST_COMPARED]]
    narrowing = filter_clauses(request.filters)
    matching = [filtered(answer.match, *narrowing) for answer, _ in answered]
    every = filtered(Everything(), *narrowing)
    articles = index.engine.search(every, limit=1, order=Order.NEWEST).total if narrowing else index.engine.documents
    found = [_counts(index.engine, clause, "month") for clause in (*matching, every)]
    step, told = _told(index.engine, (*matching, every), found)
    lines = tuple(
        Line(query, answer.total, answer.total - sum(months.values()), said)
        for query, (answer, said), months in zip(queries, answered, found, strict=False)
    )
    undated = articles - sum(found[-1].values())
    took = (time.perf_counter() - started) * 1000
    return Comparison(request, lines, len(queries) - len(lines), step, told, articles, undated, took)


def _answer(
    index: OpenIndex, query: str, request: CompareRequest, profile: RankingProfile
) -> tuple[Answer, tuple[Note, ...]]:
    """What the query matches, and the notes on how it was read."""
    today = request.today or date.today()
    asked = SearchRequest(
        query, limit=1, order=Order.NEWEST, filters=request.filters, names=request.names, collapse=False, repair=False
    )
    parsed = parse(query, today=today)
    answer = Answerer(index, asked, profile, today).answer(parsed.tree)
    return answer, notes.of_remarks(parsed.remarks) + answer.notes


def _told(
    engine: Engine, clauses: Sequence[Clause], months: Sequence[Counts]
) -> tuple[str | None, tuple[Counted, ...]]:
    """The step and the periods; the last of the clauses and counts are those of all articles."""
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
    stretches = periods.told_by(first, last, most_months=_MOST_MONTHS, most_years=_MOST_YEARS)
    step = "month" if last - first < _MOST_MONTHS else "year"
    return step, _counted(stretches, [periods.gathered(counts, stretches) for counts in months])


def _counted(stretches: Sequence[Stretch], columns: Sequence[Sequence[int]]) -> tuple[Counted, ...]:
    """A row for each period from a column for each line and, last, one for all articles."""
    rows = zip(*columns, strict=True)
    return tuple(Counted(each, row[-1], tuple(row[:-1])) for each, row in zip(stretches, rows, strict=True))


def _counts(engine: Engine, clause: Clause, field: str) -> Counts:
    return {int(value): count for value, count in engine.counts(clause, (field,))[field].items()}
