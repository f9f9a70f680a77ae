"""The coverage of an archive → what the page /coverage shows: a grid of sources by periods, spans and gaps.

In: the service's `Coverage` and the site's `Links`. Out: a `CoverageView`. Pure; called by `web/routes/over_time.py`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from typing import Final

from search.over_time.periods import CalendarPeriod, counts_by_period, periods_between
from search.over_time.records import Coverage, Gap, SourceCoverage
from search.pages.dates_in_words import day_text, month_text, period_days, period_text
from search.pages.plurals import counted, number
from search.pages.records import Filters, SearchRequest
from search.pages.sentences import note_text
from search.schema import month_of
from web.addresses.links import Link, Links, pairs
from web.addresses.over_time_requests import AskedCoverage
from web.messages.table import say
from web.text.shortening import shortened
from web.views.date_fields import Around, DateFields, date_fields, said_of_filters

MOST_MONTHS: Final = 72  # columns of months; longer spans are shown by year or several years, each a way to its months
MOST_YEARS: Final = 60
_UNBROKEN_DASH: Final = "\u00a0–\u00a0"  # of a span within a sentence: no line begins or ends with it
MOST_GAPS: Final = 5  # of one source; more are counted, and all are in the JSON
MOST_ADDRESSES: Final = 30_000  # bytes that the links of one row may take
LEVELS: Final = 5
SHORT_NAME: Final = 24  # letters of a source in the grid


@dataclass(frozen=True, slots=True)
class Column:
    """A period: the words of its heading, the same in full, the coverage of it alone if that shows more."""

    text: str
    title: str
    url: str | None


@dataclass(frozen=True, slots=True)
class GridCell:
    """Articles of a source in a period. kind: "some", "gap" (none between its first and last day) or "out" of them.

    level: 1 to LEVELS by the number of articles, 0 for none; text: the number; url: the search that finds them, or "".
    """

    kind: str
    level: int
    text: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class GridRow:
    """One source, or all, or the rest of them."""

    name: str
    url: str | None
    cells: tuple[GridCell, ...]


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source's figures: `gaps` in words, `more` how many further ones there are."""

    name: str
    url: str | None
    articles: str
    first: str
    last: str
    gaps: tuple[str, ...]
    more: str
    undated: Link | None


@dataclass(frozen=True, slots=True)
class CoverageView:
    """All that the page shows. `groups`: years over the columns of months, each with the number of its columns."""

    articles: int
    facts: tuple[str, ...]
    notices: tuple[str, ...]
    columns: tuple[Column, ...]
    groups: tuple[tuple[Column, int], ...]
    rows: tuple[GridRow, ...]
    figures: bool
    switch: tuple[Link, ...]
    sources: tuple[SourceRow, ...]
    source: str
    dates: DateFields
    whole: str | None
    csv: str
    data: str


def coverage_url(links: Links, asked: AskedCoverage, *, path: str = "/coverage") -> str:
    """The address of this coverage."""
    found = pairs(SearchRequest("", filters=asked.filters))
    return links.at(path, (*found, ("figures", "1")) if asked.figures else found)


def build_coverage_view(page: Coverage, asked: AskedCoverage, links: Links) -> CoverageView:
    """The page of this coverage, of the days asked for."""
    language = links.language
    stretches = _stretches(page, asked.filters)
    named = [(_label(page, each, language), each) for each in _told(page)]
    everything = AskedCoverage(replace(asked.filters, first=None, last=None), figures=False)
    return CoverageView(
        articles=page.all.articles,
        facts=tuple(_facts(page, language)),
        notices=tuple(_notices(page, asked, stretches, language)),
        columns=tuple(_column(each, asked, links) for each in stretches),
        groups=tuple(_groups(stretches, asked, links)),
        rows=tuple(_grid(page, named, stretches, links)) if stretches else (),
        figures=asked.figures,
        switch=tuple(
            Link(say(language, key), coverage_url(links, replace(asked, figures=on)), current=on is asked.figures)
            for key, on in (("coverage_squares", False), ("coverage_figures", True))
        ),
        sources=tuple(_source(name, each, links) for name, each in named if each is not page.all),
        source=asked.filters.sources[0] if len(asked.filters.sources) == 1 else "",
        dates=date_fields(asked.filters, Around((page.all.first, page.all.last), asked.refused), language),
        whole=links.at("/coverage", ()) if asked.filters != Filters() else None,
        csv=coverage_url(links, everything, path="/coverage.csv"),
        data=coverage_url(links, everything, path="/api/coverage"),
    )


def _told(page: Coverage) -> Iterator[SourceCoverage]:
    yield page.all
    yield from page.each
    if page.rest:
        yield page.rest
    if page.sourceless.articles:
        yield page.sourceless


def _label(page: Coverage, covered: SourceCoverage, language: str) -> str:
    if covered.name is not None:
        return shortened(covered.name)
    if covered is page.all:
        return say(language, "coverage_all")
    if covered is page.rest:
        return say(language, "coverage_rest", count=counted(covered.sources, "source", language))
    return say(language, "coverage_none")


def _stretches(page: Coverage, filters: Filters) -> tuple[CalendarPeriod, ...]:
    """The columns: of the months that hold any article, those asked for."""
    held = page.all.months
    if not held:
        return ()
    first, last = min(held), max(held)
    first = max(first, month_of(filters.first)) if filters.first else first
    last = min(last, month_of(filters.last)) if filters.last else last
    return periods_between(first, last, most_months=MOST_MONTHS, most_years=MOST_YEARS) if first <= last else ()


def _facts(page: Coverage, language: str) -> Iterator[str]:
    everything = page.all
    yield counted(everything.articles, "article", language)
    if everything.first and everything.last:
        days = (day_text(day, language) for day in (everything.first, everything.last))
        yield say(language, "span", **dict(zip(("first", "last"), days, strict=True)))
    if everything.undated:
        yield say(language, "undated", count=_part(everything.undated, everything.articles))
    if page.sourceless.articles:
        yield say(language, "sourceless", count=_part(page.sourceless.articles, everything.articles))
    if page.updated:
        yield say(language, "updated", moment=_moment(page.updated, language))


def _part(count: int, of: int) -> str:
    share = f"{count / of:.0%}"
    return f"{number(count)} – {share}" if share != "0%" else number(count)


def _moment(updated: str, language: str) -> str:
    moment = datetime.fromisoformat(updated)
    return f"{day_text(moment.date(), language)} {moment:%H:%M} UTC"


def _notices(page: Coverage, asked: AskedCoverage, stretches: Sequence[CalendarPeriod], language: str) -> Iterator[str]:
    for note in page.notes:
        yield note_text(note, language)
    yield from said_of_filters(asked, language)
    for each in page.each:
        if not each.articles:
            yield say(language, "coverage_unknown", source=_label(page, each, language))
    if not stretches:
        yield say(language, "coverage_nothing")
    if page.all.undated:
        yield say(language, "coverage_undated")
    if page.all.gaps:
        gaps = [_gap(gap, language) for gap in page.all.gaps[:MOST_GAPS]]
        if len(page.all.gaps) > MOST_GAPS:
            gaps.append(_more_gaps(len(page.all.gaps) - MOST_GAPS, language))
        yield say(language, "coverage_gaps", gaps=say(language, "and").join(gaps).replace(" – ", _UNBROKEN_DASH))


def _more_gaps(count: int, language: str) -> str:
    return say(language, "more_gaps", count=counted(count, "more gaps", language))


def _column(period: CalendarPeriod, asked: AskedCoverage, links: Links) -> Column:
    words = period_text(period.key, links.language)
    if _is_month(period):
        return Column(str(period.first.month), words, None)
    return Column(words, words, _within(period.first, period.last, asked, links))


def _groups(stretches: Sequence[CalendarPeriod], asked: AskedCoverage, links: Links) -> Iterator[tuple[Column, int]]:
    if not stretches or not _is_month(stretches[0]):
        return
    years = [(year, len(list(group))) for year, group in groupby(each.first.year for each in stretches)]
    for year, months in years:
        url = _within(*period_days(f"{year:04}"), asked, links) if len(years) > 1 else None
        yield Column(str(year), str(year), url), months


def _within(first: date, last: date, asked: AskedCoverage, links: Links) -> str:
    return coverage_url(links, replace(asked, filters=replace(asked.filters, first=first, last=last)))


def _is_month(period: CalendarPeriod) -> bool:
    return (period.first.year, period.first.month) == (period.last.year, period.last.month)


def _grid(
    page: Coverage, named: Sequence[tuple[str, SourceCoverage]], stretches: tuple[CalendarPeriod, ...], links: Links
) -> Iterator[GridRow]:
    counts = [counts_by_period(each.months, stretches) for _, each in named]
    highest = max((count for row in counts[1:] for count in row), default=0) or max(counts[0], default=0)
    for (name, covered), row in zip(named, counts, strict=True):
        searchable = bool(covered.articles) and (covered.name is not None or covered is page.all)
        urls = [_search(covered.name, each, links) if searchable else "" for each in stretches]
        if sum(map(len, urls)) > MOST_ADDRESSES:
            urls = [""] * len(urls)
        cells = (
            _cell(name, covered, each, count, url if count else "", highest, links.language)
            for each, count, url in zip(stretches, row, urls, strict=True)
        )
        url = _search(covered.name, None, links) if searchable else None
        yield GridRow(shortened(name, SHORT_NAME) if covered.name else name, url, tuple(cells))


def _cell(
    label: str, covered: SourceCoverage, period: CalendarPeriod, count: int, url: str, highest: int, language: str
) -> GridCell:
    title = f"{label}، " if language == "ar" else f"{label}, "
    title += f"{period_text(period.key, language)}: {counted(count, 'article', language)}"
    if count:
        level = min(LEVELS, math.ceil(LEVELS * math.log1p(count) / math.log1p(max(highest, 1))))
        return GridCell("some", level, number(count), title, url)
    between = covered.first and covered.last and covered.first < period.first and period.last < covered.last
    return GridCell("gap" if between else "out", 0, "0" if between else "", title, "")


def _search(source: str | None, period: CalendarPeriod | None, links: Links) -> str:
    sources = () if source is None else (source,)
    first, last = (period.first, period.last) if period else (None, None)
    return links.search(SearchRequest("", filters=Filters(sources=sources, first=first, last=last)))


def _source(name: str, covered: SourceCoverage, links: Links) -> SourceRow:
    language = links.language
    gaps = tuple(_gap(gap, language) for gap in covered.gaps[:MOST_GAPS])
    others = len(covered.gaps) - len(gaps)
    return SourceRow(
        name=name,
        url=_search(covered.name, None, links) if covered.name and covered.articles else None,
        articles=number(covered.articles),
        first=day_text(covered.first, language) if covered.first else "",
        last=day_text(covered.last, language) if covered.last else "",
        gaps=gaps,
        more=_more_gaps(others, language) if others else "",
        undated=_undated(covered, links) if covered.undated else None,
    )


def _undated(covered: SourceCoverage, links: Links) -> Link:
    """How many articles bear no date, and the search that finds them where it is of one source."""
    filters = Filters(sources=(covered.name,), undated=True) if covered.name else None
    return Link(number(covered.undated), links.search(SearchRequest("", filters=filters)) if filters else "")


def _gap(gap: Gap, language: str) -> str:
    """The months of a gap in words, with how many they are where they are many."""
    first, last = (month_text(period_days(key)[0], language) for key in (gap.first, gap.last))
    if gap.months == 1:
        return first
    return say(language, "gap", first=first, last=last, months=counted(gap.months, "month", language))
