"""The records of comparisons of queries over time, and of the coverage of an archive.

`search/over_time/comparison.py` and `coverage.py` make them; `search/over_time/as_json.py`, `as_text.py` and the views
of the web package show them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from search.over_time.periods import CalendarPeriod
from search.pages.records import Filters, Note


@dataclass(frozen=True, slots=True)
class CompareRequest:
    """Queries to compare over time; of more than `MOST_COMPARED` different ones the first are counted.

    filters  for every query, and for the articles of which the shares are
    names    whether other spellings of foreign names, and synonyms, are searched too
    today    the day that words such as "yesterday" count from; None: the machine's
    swapped  whether the days to filter by were given with the later one first, of which a note tells
    """

    queries: tuple[str, ...]
    filters: Filters = field(default_factory=Filters)
    names: bool = True
    today: date | None = None
    swapped: bool = False


@dataclass(frozen=True, slots=True)
class ComparedQuery:
    """One query of a comparison.

    total    matching articles, near-duplicates included
    undated  how many of them have no date
    notes    how the query was read
    """

    query: str
    total: int
    undated: int
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class PeriodCounts:
    """The articles of one period: `all` of them, and for each query, in order, how many of them match it."""

    period: CalendarPeriod
    all: int
    counts: tuple[int, ...]

    def share(self, line: int) -> float | None:
        """Return the share, 0 to 1, of the period's articles that match query number `line`; None without articles."""
        return self.counts[line] / self.all if self.all else None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Several queries counted over time.

    lines     one for each query that was counted, in their order
    uncounted the queries for which there was no time, the last ones
    dropped   how many queries beyond `MOST_COMPARED` were left out
    step      what a period is: "day", "month" or "year" (one or several); None if no article with a date matches
    periods   from the first to the last in which any query matches, also those between in which none does
    articles  all articles within the filters; undated: how many of them bear no date
    notes     what to know of the days that all queries are narrowed to
    """

    request: CompareRequest
    lines: tuple[ComparedQuery, ...]
    uncounted: tuple[str, ...]
    dropped: int
    step: str | None
    periods: tuple[PeriodCounts, ...]
    articles: int
    undated: int
    took_ms: float
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Gap:
    """A run of months without an article, from `first` to `last`, such as "2015-03" and "2015-05"."""

    first: str
    last: str
    months: int


@dataclass(frozen=True, slots=True)
class SourceCoverage:
    """The articles of one source, of several sources together, or of the whole archive.

    name    the source; None for several or all
    sources how many sources these are; 0 for the articles that name none
    undated articles without a date
    months  month (year * 12 + month - 1) → articles, without the months that have none, in order
    gaps    months without an article between the first and the last day
    """

    name: str | None
    sources: int
    articles: int
    undated: int
    first: date | None
    last: date | None
    months: Mapping[int, int]
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """The articles of an archive by source and month. An article with two sources counts for both.

    all         every article
    each        each of the commonest sources, or of those that were asked for
    rest        all other sources together; None if there are none
    sourceless  the articles that name no source
    updated     moment of the index's last commit, in ISO 8601
    notes       what the reader should know of the state of the index
    """

    all: SourceCoverage
    each: tuple[SourceCoverage, ...]
    rest: SourceCoverage | None
    sourceless: SourceCoverage
    updated: str | None
    notes: tuple[Note, ...] = ()
