"""Counts the matching articles by source, section, author and date, and makes clauses of a request's filters.

In: an engine with a budget, the clause of the query and the filters. Out: the facets and the timeline of a page of
results; none if the time ends before all are counted, since a part of them would mislead. Called by
`search/results_page.py`; `filter_clauses` also by every other module that searches within filters.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Final, cast

from search.article import Article
from search.engines.base import Engine
from search.engines.budgeted_engine import BudgetedEngine, TimeIsUp
from search.limits import FACET_VALUES
from search.pages.records import Filters, TimelineBar
from search.query.clauses import Between, Clause, Combine, Constant, Everything, TermSet, filtered
from search.schema import FACETS, month_key, month_of

_MOST_DAYS, _MOST_MONTHS = 62, 60  # the timeline of a longer span has bars of months, then of years
_MONTHS_BY_DAY = 3  # days are counted if the matches are of at most so many months
_FEW: Final = 300  # matches whose days are counted at once, since asking again costs more than adding them up by month

_UNDATED: Final = Combine(must=(Everything(),), must_not=(Between("day"),))

ValueCounts = Mapping[str | int, int]  # value of a field → number of articles
Facets = dict[str, tuple[tuple[str, int], ...]]  # field → (value, number of articles), the commonest first
PageCounts = tuple[Facets, tuple[TimelineBar, ...], int]  # facets, timeline, number of matching articles without a date


def filter_clauses(filters: Filters, *, leave_out: str | None = None) -> tuple[Clause, ...]:
    """Return a clause for each filter. leave_out: the facet whose filter is left out, or "day" for those of dates."""
    found: list[Clause] = [
        TermSet(name, values) for name, values in filters.names.items() if values and name != leave_out
    ]
    if (filters.first or filters.last) and leave_out != "day":
        found.append(Between("day", _ordinal(filters.first), _ordinal(filters.last)))
    if filters.group is not None:
        found.append(Between("group", filters.group, filters.group))
    if filters.undated and leave_out != "day":
        found.append(_UNDATED)
    return tuple(found)


def counting_rounds(filters: Filters, all_counts: Mapping[str, ValueCounts]) -> int:
    """Return how many times `count_facets` will ask an engine, as far as that is known before."""
    own = sum(map(bool, filters.names.values()))
    return 1 + own + _counts_days(_asked_months(filters, all_counts)) + _counts_undated(filters)


def count_in_time(
    engine: BudgetedEngine,
    match: Clause,
    filters: Filters,
    all_counts: Mapping[str, ValueCounts],
    total: int,
    articles: Sequence[Article] | None = None,
) -> PageCounts | None:
    """Return what `count_facets` does; None if there is no time: a count takes about as long as the first hits."""
    if not engine.budget.allows(counting_rounds(filters, all_counts)):
        return None
    try:
        return count_facets(engine, match, filters, all_counts, total, articles)
    except TimeIsUp:
        return None


def count_facets(
    engine: BudgetedEngine,
    match: Clause,
    filters: Filters,
    all_counts: Mapping[str, ValueCounts],
    total: int,
    articles: Sequence[Article] | None = None,
) -> PageCounts:
    """Return the facets, the timeline and the number of matching articles without a date. Raises TimeIsUp.

    The counts of a facet leave its own filter out: those of its commonest values, and of chosen ones, however rare.
    all_counts: "day" and "month" → the counts of all articles, with which the bars of the timeline are compared.
    total: the number of articles that match within all filters. articles: all of these, where they are known, so that
    no engine need match the query again.
    """
    own = filters.names
    narrowed = filtered(match, *filter_clauses(filters))
    free = tuple(name for name in FACETS if not own[name])
    chosen = tuple(name for name in own if own[name])  # a place is counted where one was chosen
    number = "day" if total <= _FEW else "month"
    counts: dict[str, ValueCounts] = (
        dict(engine.counts(narrowed, (*free, number), limit=FACET_VALUES)) if articles is None else counts_of(articles)
    )
    if "month" not in counts:
        counts["month"] = _by_month(_numbers(counts["day"]))
    for name in chosen:
        others = filtered(match, *filter_clauses(filters, leave_out=name))
        counts[name] = _with_chosen(engine, others, name, own[name])
    timeline = _timeline(engine, narrowed, counts, _within(filters, all_counts))
    by_day = _counts_undated(filters)
    undated = _undated(engine, match, filters) if by_day else total - sum(counts["month"].values())
    return {name: _rows(counts[name]) for name in dict.fromkeys((*FACETS, *chosen))}, timeline, undated


def _with_chosen(engine: BudgetedEngine, others: Clause, name: str, chosen: Sequence[str]) -> ValueCounts:
    """Return the counts of the commonest values of a facet, and those of chosen ones that are not among them.

    others: what matches within the other filters.
    """
    listed = engine.counts(others, (name,), limit=FACET_VALUES)[name]
    lacking = tuple(value for value in chosen if value not in listed)
    if not lacking or len(listed) < FACET_VALUES:  # a shorter list has all values
        return listed
    found = engine.counts(filtered(others, TermSet(name, lacking)), (name,))[name]
    return listed | {value: found[value] for value in lacking if value in found}


def counts_of(articles: Iterable[Article]) -> dict[str, ValueCounts]:
    """Return the counts of these articles by the values of each facet and by day, as an engine counts them."""
    found: dict[str, dict[str | int, int]] = {name: {} for name in FACETS}
    days: dict[str | int, int] = {}
    for article in articles:  # of a dozen: a Counter takes longer than the rest
        for name, values in article.keywords.items():
            if (counts := found.get(name)) is not None:
                for value in dict.fromkeys(values):
                    counts[value] = counts.get(value, 0) + 1
        if day := article.day:
            number = day.toordinal()
            days[number] = days.get(number, 0) + 1
    return {"day": days, **{name: dict(_rows(counts)[:FACET_VALUES]) for name, counts in found.items()}}


def _counts_undated(filters: Filters) -> bool:
    """Return whether articles without a date need a search of their own, because the filters choose by date."""
    return bool(filters.first or filters.last or filters.undated)


def _counts_days(months: Collection[int]) -> bool:
    return bool(months) and max(months) - min(months) < _MONTHS_BY_DAY


def _asked_months(filters: Filters, all_counts: Mapping[str, ValueCounts]) -> list[int]:
    """Return the months with articles on the days of the filters."""
    if filters.undated:
        return []
    if filters.first is None and filters.last is None:
        return list(_numbers(all_counts["month"]))
    first, last = month_of(filters.first or date.min), month_of(filters.last or date.max)
    return [month for month in _numbers(all_counts["month"]) if first <= month <= last]


def _undated(engine: BudgetedEngine, match: Clause, filters: Filters) -> int:
    """Return how many matching articles have no date, whatever days the filters have."""
    narrowed = filtered(match, *filter_clauses(filters, leave_out="day"), _UNDATED)
    return engine.search(Constant(narrowed), limit=1).total


def _timeline(
    engine: BudgetedEngine, narrowed: Clause, counts: Mapping[str, ValueCounts], all_counts: Mapping[str, ValueCounts]
) -> tuple[TimelineBar, ...]:
    """Return a bar for each day, month or year of the matches, so that the number of bars stays readable.

    counts: "month", and "day" where they were counted → matching articles. all_counts: the counts of all articles on
    the days of the filters.
    """
    months = _numbers(counts["month"])
    if not months:
        return ()
    if max(months) - min(months) + 1 > _MOST_MONTHS:
        return _periods(_by_year(months), _by_year(_numbers(all_counts["month"])), str)
    if _counts_days(months):
        days = _numbers(counts["day"] if "day" in counts else engine.counts(narrowed, ("day",))["day"])
        if days and max(days) - min(days) < _MOST_DAYS:
            return _periods(days, _numbers(all_counts["day"]), lambda day: date.fromordinal(day).isoformat())
    return _periods(months, _numbers(all_counts["month"]), month_key)


def _within(filters: Filters, all_counts: Mapping[str, ValueCounts]) -> Mapping[str, ValueCounts]:
    """Return the counts of all articles by day and month within the days of the filters; the first and last month count
    only those days."""
    if filters.first is None and filters.last is None:
        return all_counts
    first, last = filters.first or date.min, filters.last or date.max
    days = _numbers(all_counts["day"])
    within = {day: count for day, count in days.items() if first.toordinal() <= day <= last.toordinal()}
    return {"day": cast(ValueCounts, within), "month": _by_month(within)}


def count_all(engine: Engine) -> dict[str, dict[str | int, int]]:
    """Return the counts of all articles by day and by month, which an open index makes once."""
    return engine.counts(Everything(), ("day", "month"))


def span_of_days(counts: Mapping[str | int, int]) -> tuple[date | None, date | None]:
    """Return the first and last day of publication; counts: day → articles."""
    days = _numbers(counts)
    return (date.fromordinal(min(days)), date.fromordinal(max(days))) if days else (None, None)


def _rows(counts: Mapping[str | int, int]) -> tuple[tuple[str, int], ...]:
    rows = sorted(((str(value), count) for value, count in counts.items()), key=lambda row: (-row[1], row[0]))
    return tuple(rows)


def _numbers(counts: Mapping[str | int, int]) -> Mapping[int, int]:
    """Return the counts of a NUMBER field, whose values are integers, with the type that says so."""
    return cast("Mapping[int, int]", counts)


def _by_month(days: Mapping[int, int]) -> dict[str | int, int]:
    months: dict[str | int, int] = {}
    for day, count in days.items():
        month = month_of(date.fromordinal(day))
        months[month] = months.get(month, 0) + count
    return months


def _by_year(months: Mapping[int, int]) -> dict[int, int]:
    years: dict[int, int] = {}
    for month, count in months.items():
        years[month // 12] = years.get(month // 12, 0) + count
    return years


def _periods(
    counts: Mapping[int, int], everything: Mapping[int, int], name: Callable[[int], str]
) -> tuple[TimelineBar, ...]:
    return tuple(
        TimelineBar(name(number), counts.get(number, 0), everything.get(number, 0))
        for number in range(min(counts), max(counts) + 1)
    )


def _ordinal(day: date | None) -> int | None:
    return None if day is None else day.toordinal()
