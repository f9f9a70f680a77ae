"""Comparisons and coverage as lines for a terminal.

In: the records of `search/over_time/records.py`. Out: lines of text. Called by
`search/over_time_commands.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from search.limits import MOST_COMPARED
from search.over_time.records import Comparison, Coverage, Gap, SourceCoverage
from search.pages.sentences import note_text

_MOST_YEARS = 10  # the coverage of more years is shown by year, of fewer by month
_NONE = "·"  # stands for a month without an article


def comparison_lines(page: Comparison, *, share: bool) -> Iterator[str]:
    """Yield the queries with their totals, then a line for each period: a figure for each query, and all articles.

    share: whether the figures are shares of all articles of the period in place of counts.
    """
    if page.dropped:
        yield f"(compared are the first {MOST_COMPARED} queries, {page.dropped} more were left out)"
    for query in page.uncounted:
        yield f"(there was no time to count {query})"
    for n, line in enumerate(page.lines, 1):
        yield f"{n}. {line.query}  articles {line.total:,}, undated {line.undated:,}"
        for note in line.notes:
            yield f"   ({note_text(note, 'en')})"
    if not page.periods:
        return
    yield ""
    yield "\t".join([page.step or "", *(str(n) for n in range(1, len(page.lines) + 1)), "all"])
    for each in page.periods:
        shares = (each.share(n) for n in range(len(each.counts)))
        figures = [_percent(part) for part in shares] if share else [str(count) for count in each.counts]
        yield "\t".join([each.period.key, *figures, str(each.all)])


def coverage_lines(page: Coverage) -> Iterator[str]:
    """Yield, for the archive and each source, its first and last day, its months without an article, and its articles
    by month or year."""
    for note in page.notes:
        yield f"({note_text(note, 'en')})"
    yield f"updated     {page.updated or '–'}"
    yield f"articles    {page.all.articles:,}"
    yield f"undated     {page.all.undated:,}"
    yield f"no source   {page.sourceless.articles:,}"
    rows = [("all", page.all), *((each.name or "", each) for each in page.each)]
    if page.rest:
        rows.append((f"{page.rest.sources:,} more sources", page.rest))
    if page.sourceless.articles:
        rows.append(("without a source", page.sourceless))
    for name, covered in rows:
        yield ""
        yield from _covered_lines(name, covered)


def _covered_lines(name: str, covered: SourceCoverage) -> Iterator[str]:
    span = f"{covered.first} to {covered.last}" if covered.first else "no dates"
    yield f"{name}  {covered.articles:,}  {span}" + (f"  undated {covered.undated:,}" if covered.undated else "")
    if covered.gaps:
        yield f"  none in  {', '.join(_gap(gap) for gap in covered.gaps)}"
    by_year: dict[int, dict[int, int]] = {}
    for month, count in covered.months.items():
        by_year.setdefault(month // 12, {})[month % 12] = count
    for year, months in by_year.items():
        yield f"  {year:04}  {_year(months, whole=len(by_year) > _MOST_YEARS)}"


def _year(months: Mapping[int, int], *, whole: bool) -> str:
    if whole:
        return str(sum(months.values()))
    return " ".join(f"{months.get(month, _NONE):>5}" for month in range(12))


def _gap(gap: Gap) -> str:
    return gap.first if gap.months == 1 else f"{gap.first} to {gap.last}"


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share:.2%}"
