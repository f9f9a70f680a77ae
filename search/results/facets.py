"""Counts beside the hits: sources, sections, authors, and the timeline.

In: an open engine, the clause of the query and the reader's filters. Out: rows for a page. Called by the service.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final, cast

from search.engines.base import Engine
from search.limits import FACET_VALUES
from search.pages.records import Filters, Period
from search.query.clauses import Between, Clause, Combine, Constant, Everything, TermSet, filtered
from search.schema import FACETS

_MOST_DAYS, _MOST_MONTHS = 62, 60  # longer spans are shown by month, by year

_UNDATED: Final = Combine(must=(Everything(),), must_not=(Between("day"),))

Counts = Mapping[str | int, int]
Facets = dict[str, tuple[tuple[str, int], ...]]


def filter_clauses(filters: Filters, *, leave_out: str | None = None) -> tuple[Clause, ...]:
    """The filters as clauses, all but the one of this facet ("day" for the dates)."""
    chosen = {"source": filters.sources, "section": filters.sections, "author": filters.authors}
    found: list[Clause] = [TermSet(name, values) for name, values in chosen.items() if values and name != leave_out]
    if (filters.first or filters.last) and leave_out != "day":
        found.append(Between("day", _ordinal(filters.first), _ordinal(filters.last)))
    if filters.group is not None:
        found.append(Between("group", filters.group, filters.group))
    if filters.undated and leave_out != "day":
        found.append(_UNDATED)
    return tuple(found)


def rounds(filters: Filters) -> int:
    """How many times an engine counts for `count_facets`."""
    return 1 + sum(map(bool, (filters.sources, filters.sections, filters.authors)))


def count_facets(
    engine: Engine, match: Clause, filters: Filters, all_counts: Mapping[str, Counts], total: int
) -> tuple[Facets, tuple[Period, ...], int]:
    """For each facet its values with the number of matching articles, the timeline, and how many bear no date.

    A facet respects all filters but its own. all_counts: "day" and "month" → the counts of all articles, for the
    share of each bar. total: the matching articles, all filters
    applied.
    """
    own = {"source": filters.sources, "section": filters.sections, "author": filters.authors}
    narrowed = filtered(match, *filter_clauses(filters))
    free = tuple(name for name in FACETS if not own[name])
    counts: dict[str, Counts] = dict(engine.counts(narrowed, (*free, "month"), limit=FACET_VALUES))
    for name in FACETS:
        if own[name]:
            others = filtered(match, *filter_clauses(filters, leave_out=name))
            counts.update(engine.counts(others, (name,), limit=FACET_VALUES))
    timeline = _timeline(engine, narrowed, _numbers(counts["month"]), _within(filters, all_counts))
    by_day = filters.first or filters.last or filters.undated
    undated = _undated(engine, match, filters) if by_day else total - sum(counts["month"].values())
    return {name: _rows(counts[name]) for name in FACETS}, timeline, undated


def _undated(engine: Engine, match: Clause, filters: Filters) -> int:
    """How many matching articles bear no date, whatever days the reader asks for."""
    narrowed = filtered(match, *filter_clauses(filters, leave_out="day"), _UNDATED)
    return engine.search(Constant(narrowed), limit=1).total


def _timeline(
    engine: Engine, narrowed: Clause, months: Mapping[int, int], all_counts: Mapping[str, Counts]
) -> tuple[Period, ...]:
    """Matches by day, month or year, whichever gives a readable number of bars; all_counts: of the same days."""
    if not months:
        return ()
    if max(months) - min(months) + 1 > _MOST_MONTHS:
        return _periods(_by_year(months), _by_year(_numbers(all_counts["month"])), str)
    if max(months) - min(months) <= 2:
        days = _numbers(engine.counts(narrowed, ("day",))["day"])
        if max(days) - min(days) < _MOST_DAYS:
            return _periods(days, _numbers(all_counts["day"]), lambda day: date.fromordinal(day).isoformat())
    return _periods(months, _numbers(all_counts["month"]), lambda month: f"{month // 12:04}-{month % 12 + 1:02}")


def _within(filters: Filters, all_counts: Mapping[str, Counts]) -> Mapping[str, Counts]:
    """The counts of all articles by day and month on the reader's days: a month that they cut counts in part."""
    if filters.first is None and filters.last is None:
        return all_counts
    first, last = filters.first or date.min, filters.last or date.max
    days: dict[str | int, int] = {}
    months: dict[str | int, int] = {}
    for day, count in _numbers(all_counts["day"]).items():
        written = date.fromordinal(day)
        if first <= written <= last:
            month = written.year * 12 + written.month - 1
            days[day] = count
            months[month] = months.get(month, 0) + count
    return {"day": days, "month": months}


def count_all(engine: Engine) -> dict[str, dict[str | int, int]]:
    """The counts of every article by day and by month: made once for an open index."""
    return engine.counts(Everything(), ("day", "month"))


def span_of_days(counts: Mapping[str | int, int]) -> tuple[date | None, date | None]:
    """The first and last day that any article bears."""
    days = _numbers(counts)
    return (date.fromordinal(min(days)), date.fromordinal(max(days))) if days else (None, None)


def _rows(counts: Mapping[str | int, int]) -> tuple[tuple[str, int], ...]:
    rows = sorted(((str(value), count) for value, count in counts.items()), key=lambda row: (-row[1], row[0]))
    return tuple(rows)


def _numbers(counts: Mapping[str | int, int]) -> Mapping[int, int]:
    """The counts of a NUMBER field, whose values are integers."""
    return cast("Mapping[int, int]", counts)


def _by_year(months: Mapping[int, int]) -> dict[int, int]:
    years: dict[int, int] = {}
    for month, count in months.items():
        years[month // 12] = years.get(month // 12, 0) + count
    return years


def _periods(
    counts: Mapping[int, int], everything: Mapping[int, int], name: Callable[[int], str]
) -> tuple[Period, ...]:
    return tuple(
        Period(name(number), counts.get(number, 0), everything.get(number, 0))
        for number in range(min(counts), max(counts) + 1)
    )


def _ordinal(day: date | None) -> int | None:
    return None if day is None else day.toordinal()
