"""Comparisons and coverage as JSON types and as CSV, for the commands and the site.

In: the records of `search/over_time/records.py`. Out: dictionaries of JSON types, or CSV text with a heading row and a
row for each period or month. Called by `search/over_time_commands.py` and `web/routes/over_time.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from search.export.table import table_text
from search.over_time.records import Comparison, Coverage, SourceCoverage
from search.pages.as_json import note_object
from search.schema import month_key


def comparison_object(page: Comparison) -> dict[str, Any]:
    """Return the comparison as JSON types; a share is None for a period of which the archive has no article."""
    return {
        "queries": [
            {
                "query": line.query,
                "total": line.total,
                "undated": line.undated,
                "notes": [note_object(note) for note in line.notes],
            }
            for line in page.lines
        ],
        "notes": [note_object(note) for note in page.notes],
        "uncounted": list(page.uncounted),
        "dropped": page.dropped,
        "step": page.step,
        "periods": [
            {
                "key": each.period.key,
                "first": each.period.first.isoformat(),
                "last": each.period.last.isoformat(),
                "all": each.all,
                "counts": list(each.counts),
                "shares": [_rounded(each.share(n)) for n in range(len(each.counts))],
            }
            for each in page.periods
        ],
        "articles": page.articles,
        "undated": page.undated,
        "took_ms": round(page.took_ms, 3),
    }


def coverage_object(page: Coverage) -> dict[str, Any]:
    """Return the coverage as JSON types; `months` has only the months with an article."""
    return {
        "updated": page.updated,
        "notes": [note_object(note) for note in page.notes],
        "articles": page.all.articles,
        "undated": page.all.undated,
        "without_source": page.sourceless.articles,
        "all": _covered_object(page.all),
        "sources": [_covered_object(each) for each in page.each],
        "rest": _covered_object(page.rest) if page.rest else None,
        "sourceless": _covered_object(page.sourceless),
    }


def comparison_csv(page: Comparison, *, share: bool) -> str:
    """Return a column for each query and a row for each period; the last row is for articles without a date.

    share: whether the figures are shares of all articles of the period, 0 to 1, in place of counts.
    """
    head = ["period", "first", "last", *(line.query for line in page.lines), "all"]
    undated: list[object] = ["undated", "", "", *(line.undated for line in page.lines), page.undated]
    if share:
        undated = undated[:3] + [_rounded(line.undated / page.undated) if page.undated else "" for line in page.lines]
        undated.append(page.undated)
    return table_text([head, *_period_rows(page, share=share), undated])


def coverage_csv(page: Coverage) -> str:
    """Return a row for each source and month with an article, and one for each source with articles without a date."""
    rows: list[Sequence[object]] = [("source", "month", "articles")]
    rows += [row for each in page.each for row in _covered_rows(each.name or "", each)]
    rows += _covered_rows("(rest)", page.rest) if page.rest else ()
    rows += _covered_rows("(none)", page.sourceless)
    return table_text(rows)


def _covered_object(covered: SourceCoverage) -> dict[str, Any]:
    return {
        "source": covered.name,
        "sources": covered.sources,
        "articles": covered.articles,
        "undated": covered.undated,
        "first": covered.first.isoformat() if covered.first else None,
        "last": covered.last.isoformat() if covered.last else None,
        "months": {month_key(month): count for month, count in covered.months.items()},
        "gaps": [asdict(gap) for gap in covered.gaps],
    }


def _period_rows(page: Comparison, *, share: bool) -> Iterator[list[object]]:
    for each in page.periods:
        period = each.period
        shares = [_rounded(each.share(n)) for n in range(len(each.counts))]
        figures = ["" if part is None else part for part in shares] if share else each.counts
        yield [period.key, period.first.isoformat(), period.last.isoformat(), *figures, each.all]


def _covered_rows(name: str, covered: SourceCoverage) -> Iterator[tuple[str, str, int]]:
    yield from ((name, month_key(month), count) for month, count in covered.months.items())
    if covered.undated:
        yield name, "undated", covered.undated


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 6)
