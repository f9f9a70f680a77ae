"""Counts beside the hits: sources, sections, authors, and the timeline.

In: an engine that is asked while there is time, the clause of the query and the reader's filters. Out: rows for a page;
none where the time ends before all are counted, since a part of them would say something else. Called by the service.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Final, cast

from search.engines.base import Engine
from search.engines.budgeted_engine import BudgetedEngine, TimeIsUp
from search.limits import FACET_VALUES
from search.pages.records import Filters, Period
from search.query.clauses import Between, Clause, Combine, Constant, Everything, TermSet, filtered
from search.schema import FACETS

_MOST_DAYS, _MOST_MONTHS = 62, 60  # longer spans are shown by month, by year
_MONTHS_BY_DAY = 3  # days are counted where no more months have any

_UNDATED: Final = Combine(must=(Everything(),), must_not=(Between("day"),))

Counts = Mapping[str | int, int]
Facets = dict[str, tuple[tuple[str, int], ...]]
Beside = tuple[Facets, tuple[Period, ...], int]  # facets, timeline, how many bear no date


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


def rounds(filters: Filters, all_counts: Mapping[str, Counts]) -> int:
    """How many times an engine counts for `count_facets`, as far as that is known before."""
    own = sum(map(bool, (filters.sources, filters.sections, filters.authors)))
    return 1 + own + _counts_days(_asked_months(filters, all_counts)) + _counts_undated(filters)


def count_in_time(
    engine: BudgetedEngine, match: Clause, filters: Filters, all_counts: Mapping[str, Counts], total: int
) -> Beside | None:
    """Return what `count_facets` does; None if there is no time: a count takes about as long as the first hits."""
    if not engine.budget.allows(rounds(filters, all_counts)):
        return None
    try:
        return count_facets(engine, match, filters, all_counts, total)
    except TimeIsUp:
        return None


def count_facets(
    engine: BudgetedEngine, match: Clause, filters: Filters, all_counts: Mapping[str, Counts], total: int
) -> Beside:
    """For each facet its values with the number of matching articles, the timeline, and how many bear no date.

    A facet respects all filters but its own. all_counts: "day" and "month" → the counts of all articles, for the
    share of each bar. total: the matching articles, all filters
    applied. Raises TimeIsUp.
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
    by_day = _counts_undated(filters)
    undated = _undated(engine, match, filters) if by_day else total - sum(counts["month"].values())
    return {name: _rows(counts[name]) for name in FACETS}, timeline, undated


def _counts_undated(filters: Filters) -> bool:
    """Whether what bears no date is counted by itself: else it is what the months leave."""
    return bool(filters.first or filters.last or filters.undated)


def _counts_days(months: Collection[int]) -> bool:
    return bool(months) and max(months) - min(months) < _MONTHS_BY_DAY


def _asked_months(filters: Filters, all_counts: Mapping[str, Counts]) -> list[int]:
    """The months with articles on the reader's days."""
    if filters.undated:
        return []
    first, last = _month_of(filters.first or date.min), _month_of(filters.last or date.max)
    return [month for month in _numbers(all_counts["month"]) if first <= month <= last]


def _undated(engine: BudgetedEngine, match: Clause, filters: Filters) -> int:
    """How many matching articles bear no date, whatever days the reader asks for."""
    narrowed = filtered(match, *filter_clauses(filters, leave_out="day"), _UNDATED)
    return engine.search(Constant(narrowed), limit=1).total


def _timeline(
    engine: BudgetedEngine, narrowed: Clause, months: Mapping[int, int], all_counts: Mapping[str, Counts]
) -> tuple[Period, ...]:
    """Matches by day, month or year, whichever gives a readable number of bars; all_counts: of the same days."""
    if not months:
        return ()
    if max(months) - min(months) + 1 > _MOST_MONTHS:
        return _periods(_by_year(months), _by_year(_numbers(all_counts["month"])), str)
    if _counts_days(months):
        days = _numbers(engine.counts(narrowed, ("day",))["day"])
        if days and max(days) - min(days) < _MOST_DAYS:
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
            month = _month_of(written)
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


def _month_of(day: date) -> int:
    """The month of a day as the index numbers it."""
    return day.year * 12 + day.month - 1


def _ordinal(day: date | None) -> int | None:
    return None if day is None else day.toordinal()
