"""A comparison of queries over time → what the page /compare shows: a chart, its figures as a table, and the form.

In: the service's `Comparison` and the site's `Links`. Out: a `CompareView`. Pure; called by `web/routes/over_time.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from search.limits import MOST_COMPARED
from search.over_time.records import ComparedQuery, CompareRequest, Comparison, PeriodCounts
from search.pages.dates_in_words import period_text, span_in_words
from search.pages.plurals import counted, number
from search.pages.records import Filters, IndexFacts, SearchRequest
from search.pages.sentences import note_text
from web.addresses.links import Link, Links, Pair, pairs
from web.addresses.over_time_requests import AskedComparison
from web.messages.table import say
from web.text.dates import short_period_text
from web.text.shortening import fitting, shortened
from web.views.date_fields import DateFields, around, date_fields, said_of_filters
from web.views.line_chart import NARROW, WIDE, Drawing, draw_lines

LETTERS: Final = {"ar": "أبجد", "en": "ABCD"}
LEAST_SHARED: Final = 10  # articles of a period: a share of fewer says nothing and would flatten all others
_LABEL: Final = 14  # letters of a query at the end of its line


@dataclass(frozen=True, slots=True)
class LineView:
    """One query: its letter, the search it leads to, its figures in words, and the comparison without it."""

    letter: str
    label: str
    text: str
    short_query: str
    url: str
    total: str
    undated: Link | None
    peak: str
    notes: tuple[str, ...]
    without: str | None


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure, the search that finds these articles (None where there are none), and both in a sentence."""

    text: str
    url: str | None
    title: str


@dataclass(frozen=True, slots=True)
class Row:
    """One period of the table; `all` is how many articles there are of it."""

    period: str
    cells: tuple[Cell, ...]
    all: str


@dataclass(frozen=True, slots=True)
class CompareView:
    """All that the page shows; `typed` fills the form's boxes, `notices` are sentences about what is shown."""

    heading: str
    queries: tuple[str, ...]
    typed: tuple[str, ...]
    letters: str
    lines: tuple[LineView, ...]
    share: bool
    switch: tuple[Link, ...]
    drawings: tuple[Drawing, ...]
    label: str
    rows: tuple[Row, ...]
    notices: tuple[str, ...]
    chips: tuple[Link, ...]
    kept: tuple[Pair, ...]
    dates: DateFields
    csv: str
    data: str
    coverage: str


def compare_url(links: Links, request: CompareRequest, *, share: bool, path: str = "/compare") -> str:
    """The address of this comparison."""
    found = [("q", query) for query in request.queries[:MOST_COMPARED]]
    found += pairs(SearchRequest("", filters=request.filters, names=request.names))
    return links.at(path, (*found, ("share", "1")) if share else tuple(found))


def build_compare_view(page: Comparison, links: Links, asked: AskedComparison, facts: IndexFacts) -> CompareView:
    """The page of this comparison."""
    language, request, share = links.language, page.request, asked.share
    lines = tuple(_line(page, n, links, share) for n in range(len(page.lines)))
    series = [_series(page, n, share) for n in range(len(page.lines))]
    typed = (*request.queries[:MOST_COMPARED], *[""] * MOST_COMPARED)[:MOST_COMPARED]
    queries = tuple(shortened(query) for query in typed if query)
    quoted = _listed([say(language, "quoted", query=query) for query in queries], language)
    filters = request.filters
    return CompareView(
        heading=say(language, "compare_heading", queries=quoted) if queries else say(language, "compare_title"),
        queries=queries,
        typed=typed,
        letters=LETTERS[language],
        lines=lines,
        share=share,
        switch=tuple(
            Link(say(language, key), compare_url(links, request, share=on), current=on is share)
            for key, on in (("compare_counts", False), ("compare_share", True))
        ),
        drawings=_drawings(page, series, language, share) if page.periods else (),
        label=_label(lines, language),
        rows=tuple(_rows(page, links, share)),
        notices=tuple(_notices(page, asked, language)),
        chips=tuple(_chips(request, links, share)),
        kept=pairs(SearchRequest("", filters=replace(filters, first=None, last=None), names=request.names)),
        dates=date_fields(filters, around(facts, asked.refused), language),
        csv=compare_url(links, request, share=share, path="/compare.csv"),
        data=compare_url(links, request, share=False, path="/api/compare"),
        coverage=links.at("/coverage", ()),
    )


def figure(value: float, *, share: bool) -> str:
    """A count, or a share of 0 to 1 as a percentage."""
    if not share:
        return number(round(value))
    return f"{value * 100:.1f}%" if 0 < value < 0.1 else f"{value * 100:.0f}%"


def _line(page: Comparison, n: int, links: Links, share: bool) -> LineView:
    line, language, request = page.lines[n], links.language, page.request
    letter = LETTERS[language][n]
    others = tuple(query for query in request.queries[:MOST_COMPARED] if query != line.query)
    return LineView(
        letter=letter,
        label=f"{letter} {shortened(line.query, _LABEL)}",
        text=line.query,
        short_query=shortened(line.query),
        url=links.search(_search(page, line)),
        total=counted(line.total, "article", language),
        undated=_undated(page, line, links) if line.undated else None,
        peak=_peak(page, n, language, share),
        notes=tuple(note_text(note, language) for note in line.notes),
        without=compare_url(links, replace(request, queries=others), share=share) if others else None,
    )


def _search(page: Comparison, line: ComparedQuery) -> SearchRequest:
    return SearchRequest(line.query, filters=page.request.filters, names=page.request.names)


def _undated(page: Comparison, line: ComparedQuery, links: Links) -> Link:
    text = say(links.language, "undated", count=number(line.undated))
    return Link(text, links.narrowed(_search(page, line), undated=True))


def _series(page: Comparison, n: int, share: bool) -> list[float | None]:
    """The figures to draw, None where the archive has no article, or too few for a share to mean anything."""
    least = LEAST_SHARED if share and _thin(page) else 1
    return [_value(each, n, share) if each.all >= least else None for each in page.periods]


def _thin(page: Comparison) -> bool:
    """Whether periods of few articles can be left out of the drawing of shares: not where most are such."""
    enough = sum(each.all >= LEAST_SHARED for each in page.periods)
    return 2 * enough >= sum(each.all > 0 for each in page.periods)


def _value(each: PeriodCounts, n: int, share: bool) -> float | None:
    return each.share(n) if share else float(each.counts[n])


def _peak(page: Comparison, n: int, language: str, share: bool) -> str:
    drawn = [(value, -at) for at, value in enumerate(_series(page, n, share)) if value]
    if not drawn:
        return ""
    value, at = max(drawn)
    period = period_text(page.periods[-at].period.key, language)
    return say(language, "peak", period=period, figure=figure(value, share=share))


def _drawings(
    page: Comparison, series: Sequence[Sequence[float | None]], language: str, share: bool
) -> tuple[Drawing, ...]:
    keys = [short_period_text(each.period.key, language) for each in page.periods]
    return tuple(
        draw_lines(
            series, keys, frame, from_right=language == "ar", written=lambda value: _axis_figure(value, share=share)
        )
        for frame in (WIDE, NARROW)
    )


def _axis_figure(value: float, *, share: bool) -> str:
    return f"{value * 100:.3g}%" if share else f"{value:,.10g}"


def _rows(page: Comparison, links: Links, share: bool) -> Iterator[Row]:
    columns = [_cells(page, n, links, share) for n in range(len(page.lines))]
    for at, each in enumerate(page.periods):
        row = tuple(column[at] for column in columns)
        yield Row(period_text(each.period.key, links.language), row, number(each.all))


def _cells(page: Comparison, n: int, links: Links, share: bool) -> list[Cell]:
    """A query's column of the table."""
    request, short_query = _search(page, page.lines[n]), shortened(page.lines[n].query)
    urls = [_url(each, n, request, links) for each in page.periods]
    if fitting(url or "" for url in urls) < len(urls):
        urls = [None] * len(urls)
    return [
        _cell(each, n, url, short_query, links.language, share) for each, url in zip(page.periods, urls, strict=True)
    ]


def _cell(each: PeriodCounts, n: int, url: str | None, short_query: str, language: str, share: bool) -> Cell:
    part = each.share(n)
    if part is None:
        return Cell("–", None, say(language, "compare_none"))
    text = figure(part if share else each.counts[n], share=share)
    words = counted(each.counts[n], "article", language)
    period = period_text(each.period.key, language)
    percentage = figure(part, share=True)
    return Cell(
        text, url, say(language, "compare_point", query=short_query, period=period, count=words, share=percentage)
    )


def _url(each: PeriodCounts, n: int, request: SearchRequest, links: Links) -> str | None:
    """The search within the days of this period that the reader's own dates leave: those were counted."""
    if not each.counts[n]:
        return None
    period, chosen = each.period, request.filters
    first, last = max(period.first, chosen.first or period.first), min(period.last, chosen.last or period.last)
    return links.narrowed(request, first=first, last=last)


def _notices(page: Comparison, asked: AskedComparison, language: str) -> Iterator[str]:
    yield from said_of_filters(asked, language)
    if page.dropped:
        yield say(language, "compare_dropped", count=counted(page.dropped, "query", language))
    for query in page.uncounted:
        yield say(language, "compare_uncounted", query=shortened(query))
    if not page.lines:
        return
    if not page.periods:
        yield say(language, "compare_nothing")
    if page.undated:
        yield say(language, "compare_undated", count=counted(page.undated, "article", language))
    if any(not each.all for each in page.periods):
        yield say(language, "compare_holes")
    if asked.share and _thin(page) and any(0 < each.all < LEAST_SHARED for each in page.periods):
        yield say(language, "compare_thin", least=LEAST_SHARED)


def _chips(request: CompareRequest, links: Links, share: bool) -> Iterator[Link]:
    """The filters in force, each leading to the comparison without it."""
    filters, language = request.filters, links.language

    def changed(text: str, narrowed: Filters) -> Link:
        return Link(text, compare_url(links, replace(request, filters=narrowed), share=share))

    for name, chosen in filters.names.items():
        for value in chosen:
            yield changed(value, filters.without_name(name, value))
    if filters.first:
        yield changed(span_in_words(filters.first, None, language), replace(filters, first=None))
    if filters.last:
        yield changed(span_in_words(None, filters.last, language), replace(filters, last=None))


def _label(lines: Sequence[LineView], language: str) -> str:
    return say(
        language, "compare_label", queries=_listed([f"{line.letter} {line.short_query}" for line in lines], language)
    )


def _listed(words: Sequence[str], language: str) -> str:
    return ("، " if language == "ar" else ", ").join(words)
