"""Counts the articles that an index has of each source in each month, so that readers see which months it lacks.

In: an open index and, optionally, names of sources. Out: a `Coverage`. Called by `search/service.py`, which keeps the
result until the index changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

from search.engines.base import Engine
from search.index.open_index import OpenIndex
from search.limits import SOURCES_COVERED
from search.over_time.records import Coverage, Gap, SourceCoverage
from search.pages.records import Filters, IndexFacts
from search.query.clauses import Between, Clause, Combine, Everything, Term, TermSet, filtered
from search.repairs import notes
from search.schema import month_key


def coverage_of(index: OpenIndex, asked: Sequence[str] = ()) -> Coverage:
    """Return the coverage of the archive and of its commonest sources, or of the sources in `asked`, known or not."""
    facts = index.facts
    counts = dict(facts.sources)
    chosen = index.names.chosen(Filters(sources=tuple(asked))).sources  # each once, by the owner's name of it
    named = chosen or tuple(name for name, _ in facts.sources[:SOURCES_COVERED])
    others = tuple(name for name, _ in facts.sources if name not in set(named))
    engine = index.engine
    return Coverage(
        all=_all(index, facts),
        each=tuple(_covered(engine, Term("source", name), name, articles=counts.get(name, 0)) for name in named),
        rest=_covered(engine, TermSet("source", others), None, sources=len(others)) if others else None,
        sourceless=_covered(engine, _without(tuple(counts)), None, sources=0),
        updated=facts.updated,
        notes=notes.of_state(index.outdated),
    )


def gaps(months: Mapping[int, int]) -> tuple[Gap, ...]:
    """Return the runs of missing months between the first and the last month."""
    pairs = pairwise(sorted(months))
    return tuple(Gap(month_key(a + 1), month_key(b - 1), b - a - 1) for a, b in pairs if b - a > 1)


def _all(index: OpenIndex, facts: IndexFacts) -> SourceCoverage:
    months = _numbers(index.all_counts["month"])
    undated = facts.articles - sum(months.values())
    return SourceCoverage(
        None, len(facts.sources), facts.articles, undated, facts.first, facts.last, months, gaps(months)
    )


def _covered(
    engine: Engine, clause: Clause, name: str | None, *, articles: int | None = None, sources: int = 1
) -> SourceCoverage:
    months = _numbers(engine.counts(clause, ("month",))["month"])
    total = engine.search(clause, limit=1).total if articles is None else articles
    first, last = _edges(engine, clause, months)
    return SourceCoverage(name, sources, total, total - sum(months.values()), first, last, months, gaps(months))


def _edges(engine: Engine, clause: Clause, months: Mapping[int, int]) -> tuple[date | None, date | None]:
    """Return the first and last day with an article.

    Only the first and last month are counted by day, because an archive may have 60,000 days.
    """
    if not months:
        return None, None
    ends = {month: list(_days(engine, clause, month)) for month in {min(months), max(months)}}
    return min(ends[min(months)]), max(ends[max(months)])


def _days(engine: Engine, clause: Clause, month: int) -> Iterator[date]:
    within = filtered(clause, Between("month", month, month))
    return (date.fromordinal(int(day)) for day in engine.counts(within, ("day",))["day"])


def _without(names: tuple[str, ...]) -> Clause:
    return Combine(must=(Everything(),), must_not=(TermSet("source", names),)) if names else Everything()


def _numbers(counts: Mapping[str | int, int]) -> dict[int, int]:
    return {int(value): count for value, count in sorted(counts.items())}
