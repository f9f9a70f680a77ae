"""What the service takes and gives about time: queries side by side over time, and what the archive holds when.

Plain records. `search/over_time/comparison.py` and `search/over_time/coverage.py` make them;
`search/over_time/as_json.py`, `search/over_time/as_text.py` and the web front end show them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from search.over_time.periods import CalendarPeriod
from search.pages.records import Filters, Note


@dataclass(frozen=True, slots=True)
class CompareRequest:
    """Queries to set side by side, each different from the others; of more than `MOST_COMPARED` the first are taken.

    filters narrow all of them, and the articles that they are a share of. names: search a foreign name's other
    spellings too. today: for words such as "yesterday" (None: the machine's day). swapped: the days to narrow by were
    given with the later one first, which is said.
    """

    queries: tuple[str, ...]
    filters: Filters = field(default_factory=Filters)
    names: bool = True
    today: date | None = None
    swapped: bool = False


@dataclass(frozen=True, slots=True)
class ComparedQuery:
    """One query: its matching articles, copies included, how many of them bear no date, and how it was read."""

    query: str
    total: int
    undated: int
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class PeriodCounts:
    """One period: all articles of it, and how many of them match each line."""

    period: CalendarPeriod
    all: int
    counts: tuple[int, ...]

    def share(self, line: int) -> float | None:
        """The part of all articles of this period, 0 to 1; None where there are none."""
        return self.counts[line] / self.all if self.all else None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Queries over time.

    lines     one for each query that was counted, in their order
    uncounted the queries after those for which there was no time
    dropped   how many queries there were beyond `MOST_COMPARED`
    step      "day", "month" or "year": what the periods are; None where nothing dated matches
    periods   from the first to the last in which any line has an article, those with none included
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
    """Months in a row without an article: "2015-03" to "2015-05"."""

    first: str
    last: str
    months: int


@dataclass(frozen=True, slots=True)
class SourceCoverage:
    """What there is of one source, of several together, or of the whole archive.

    name    the source; None for several or all
    sources how many sources these articles are of; 0 for articles that name none
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
    """What an archive holds when. An article of two sources counts for both.

    all         every article; each: the commonest sources, or those that were asked for
    rest        all other sources together, None where there are none
    sourceless  the articles that name no source
    updated     ISO 8601 moment of the index's last commit
    notes       what to know of the state of the index
    """

    all: SourceCoverage
    each: tuple[SourceCoverage, ...]
    rest: SourceCoverage | None
    sourceless: SourceCoverage
    updated: str | None
    notes: tuple[Note, ...] = ()
