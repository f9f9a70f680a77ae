"""Comparisons and coverage as lines for a terminal.

In: the records of `search/over_time/records.py` and the style of the text. Out: lines of text. Called by
`search/over_time_commands.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from search.limits import MOST_COMPARED
from search.over_time.records import Comparison, Coverage, Gap, SourceCoverage
from search.pages.line_sentences import line_text
from search.pages.plurals import number
from search.pages.sentences import note_text
from search.pages.text_style import TextStyle

_MOST_YEARS = 10  # the coverage of more years is shown by year, of fewer by month
_NONE = "·"  # stands for a month without an article


def comparison_lines(page: Comparison, style: TextStyle, *, share: bool) -> Iterator[str]:
    """Yield the queries with their totals, then a line for each period: a figure for each query, and all articles.

    share: whether the figures are shares of all articles of the period in place of counts.
    """
    language = style.language
    if page.dropped:
        yield from style.folded(f"({line_text('dropped', language, limit=MOST_COMPARED, count=page.dropped)})")
    for query in page.uncounted:
        yield from style.folded(f"({line_text('uncounted', language, query=style.isolated(query))})")
    for n, line in enumerate(page.lines, 1):
        totals = line_text("compared", language, total=line.total, undated=line.undated)
        yield style.line(f"{n}. {style.isolated(line.query)}  {totals}")
        for note in line.notes:
            yield from style.folded(f"({note_text(note, language)})", indent="   ")
    if not page.periods:
        return
    yield ""
    step = line_text(page.step, language) if page.step else ""
    yield style.row([step, *(str(n) for n in range(1, len(page.lines) + 1)), line_text("all", language)])
    for each in page.periods:
        shares = (each.share(n) for n in range(len(each.counts)))
        figures = [_percent(part) for part in shares] if share else [str(count) for count in each.counts]
        yield style.row([each.period.key, *figures, str(each.all)])


def coverage_lines(page: Coverage, style: TextStyle) -> Iterator[str]:
    """Yield, for the archive and each source, its first and last day, its months without an article, and its articles
    by month or year."""
    language = style.language
    for note in page.notes:
        yield from style.folded(f"({note_text(note, language)})")
    facts = (
        ("updated", page.updated or "–"),
        ("articles", number(page.all.articles)),
        ("undated", number(page.all.undated)),
        ("no-source", number(page.sourceless.articles)),
    )
    for key, value in facts:
        yield style.line(f"{line_text(key, language):<11} {style.isolated(value)}")
    rows = [(line_text("all", language), page.all), *((each.name or "", each) for each in page.each)]
    if page.rest:
        rows.append((line_text("rest", language, count=page.rest.sources), page.rest))
    if page.sourceless.articles:
        rows.append((line_text("no-source", language), page.sourceless))
    for name, covered in rows:
        yield ""
        yield from _covered_lines(name, covered, style)


def _covered_lines(name: str, covered: SourceCoverage, style: TextStyle) -> Iterator[str]:
    language = style.language
    span = _span(covered.first, covered.last, language) if covered.first else line_text("no-dates", language)
    undated = f"  {line_text('undated', language)} {number(covered.undated)}" if covered.undated else ""
    yield style.line(f"{style.isolated(name)}  {number(covered.articles)}  {span}{undated}")
    if covered.gaps:
        gaps = ", ".join(_gap(gap, language) for gap in covered.gaps)
        yield from style.folded(f"{line_text('gaps', language)}  {gaps}", indent="  ")
    by_year: dict[int, dict[int, int]] = {}
    for month, count in covered.months.items():
        by_year.setdefault(month // 12, {})[month % 12] = count
    for year, months in by_year.items():
        yield style.row([f"  {year:04}", _year(months, whole=len(by_year) > _MOST_YEARS)], "  ")


def _year(months: Mapping[int, int], *, whole: bool) -> str:
    if whole:
        return str(sum(months.values()))
    return " ".join(f"{months.get(month, _NONE):>5}" for month in range(12))


def _gap(gap: Gap, language: str) -> str:
    return gap.first if gap.months == 1 else _span(gap.first, gap.last, language)


def _span(first: object, last: object, language: str) -> str:
    return line_text("span", language, first=first, last=last)


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share:.2%}"
