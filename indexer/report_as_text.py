"""The report of a run of the indexer as text for a person, and as an object for JSON.

In: a `Report`. Out: its lines, or the object. Called by `indexer/commands.py` and `case_list.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, zip_longest
from typing import Any

from indexer.findings import printable
from indexer.repairs.counts import repairs_lines, repairs_object
from indexer.report import MOST_NAMED, Cases, Report

MOST_EXAMPLES = 5  # examples that the text names of each remark
MOST_TOLD = 8  # formats and the like that one reason names
MOST_SHOWN = 5  # reasons, and remarks, that the text names: the commonest
_COLUMNS = 80  # of a usual terminal


def report_object(report: Report) -> dict[str, Any]:
    """Return the report as an object for JSON."""
    cases = {
        name: [
            {"kind": case.about.kind, "text": case.text, "count": case.count, "named": list(case.named)}
            for case in getattr(report, name)
        ]
        for name in ("reasons", "remarks")
    }
    names = ("added", "updated", "unchanged", "repeated", "skipped", "articles")
    return {
        **{name: getattr(report, name) for name in names},
        "withdrawn": report.withdrawn,
        "removed": {"count": report.removed.count, "named": list(report.removed.named)},
        "vanished": {"count": report.vanished.count, "named": list(report.vanished.named), "pruned": report.pruned},
        "unread": {"files": report.unread, "articles": report.unread_articles},
        "repaired": repairs_object(report.repaired, report.repairs),
        "kept": report.kept,
        **cases,
        "seconds": round(report.seconds, 3),
        "articles_per_second": round(report.articles_per_second, 1),
        "megabytes_per_second": round(report.megabytes_per_second, 2),
    }


def report_text(report: Report) -> str:
    """Return the report as lines of text."""
    return "\n".join(_lines(report))


def _lines(report: Report) -> Iterator[str]:
    names = ("added", "updated", "unchanged", "skipped")
    yield ", ".join(f"{name} {getattr(report, name):,}" for name in names)
    if report.unread:
        yield f"not read again: {report.unread:,} files that did not change, with {report.unread_articles:,} articles"
    if report.repeated:
        yield f"repeated {report.repeated:,} (an id that came before: the last one is kept)"
    if report.withdrawn:
        yield f"withdrawn {report.withdrawn:,} (deleted for good, so left out: kashaf restore-article ID… lifts that)"
    if report.removed.count:
        yield f"removed {report.removed.count:,} (their files hold them no more)"
        yield from _named_lines(report.removed)
    if report.vanished.count:
        done = "removed" if report.pruned else f"still in the index, {_remedy(report)} removes them"
        yield f"vanished {report.vanished.count:,} (no longer in their sources: {done})"
        yield from _named_lines(report.vanished)
    reasons = _by_kind(report.reasons)
    for text, cases in reasons[:MOST_SHOWN]:
        yield f"skipped: {text} [{cases.about.kind}]: {cases.count:,}"
        yield from _named_lines(cases)
    yield from _rest("skipped", "reason", [cases for _, cases in reasons[MOST_SHOWN:]])
    for cases in report.remarks[:MOST_SHOWN]:
        yield from _remark_lines(cases)
    yield from _rest("remarked", "remark", report.remarks[MOST_SHOWN:])
    yield from repairs_lines(report.repaired, report.repairs)
    rates = f"{report.articles_per_second:,.0f} articles/s, {report.megabytes_per_second:.1f} MB/s"
    yield f"{report.articles:,} articles in the index; {report.seconds:.1f} s, {rates}"
    if report.kept:
        yield f"the index before this one is kept as generation {report.kept}: kashaf rollback brings it back"


def _remedy(report: Report) -> str:
    return "--allow-shrink" if report.refused else "--prune"


def _told(cases: Cases) -> str:
    return f"{cases.text} [{cases.about.kind}]: {cases.count:,}"


def _by_kind(reasons: Sequence[Cases]) -> list[tuple[str, Cases]]:
    """Each kind of reason once, the commonest first: how it is told of all that it is about, and its cases."""
    kinds: dict[str, list[Cases]] = {}
    for cases in reasons:
        kinds.setdefault(cases.about.kind, []).append(cases)
    grouped = [
        (_told_together(alike), replace(alike[0], count=sum(each.count for each in alike), named=_first_named(alike)))
        for alike in kinds.values()
    ]
    return sorted(grouped, key=lambda each: -each[1].count)


def _told_together(alike: Sequence[Cases]) -> str:
    """«no reader for .css files: 12, RAR archives: 3»: what the sentences share once, then each with its count."""
    if len(alike) == 1:
        return alike[0].text
    words = [cases.text.split() for cases in alike]
    shared = next((at for at, each in enumerate(zip(*words, strict=False)) if len(set(each)) > 1), 0)
    told = [f"{' '.join(each[shared:])} ({cases.count:,})" for each, cases in zip(words, alike, strict=True)]
    rest = [f"{len(told) - MOST_TOLD:,} others"] if len(told) > MOST_TOLD else []
    return " ".join([*words[0][:shared], ", ".join(told[:MOST_TOLD] + rest)])


def _first_named(alike: Sequence[Cases]) -> tuple[str, ...]:
    """The first case of each, then their second, as many as one reason names."""
    in_turn = (name for names in zip_longest(*(cases.named for cases in alike)) for name in names if name is not None)
    return tuple(islice(in_turn, MOST_NAMED))


def _rest(outcome: str, what: str, others: Sequence[Cases]) -> Iterator[str]:
    """Give a line for the less common reasons or remarks, if there are any."""
    if others:
        count, plural = sum(cases.count for cases in others), "s" if len(others) > 1 else ""
        yield f"{outcome}: {len(others):,} other {what}{plural}: {count:,} (--report FILE.json lists every case)"


def _named_lines(cases: Cases) -> Iterator[str]:
    """Give a line for each case that is named, and one that stands for the others."""
    yield from (f"    {printable(name)}" for name in cases.named)
    if cases.count > len(cases.named):
        yield "    …"


def _remark_lines(cases: Cases) -> Iterator[str]:
    """Give a remark with its examples in one line where a terminal has room for it, else a line for each of them."""
    named = [*map(printable, cases.named[:MOST_EXAMPLES]), *["…"] * (cases.count > MOST_EXAMPLES)]
    line = f"remarked: {_told(cases)} ({', '.join(named)})"
    if len(line) <= _COLUMNS:
        yield line
    else:
        yield f"remarked: {_told(cases)}"
        yield from (f"    {name}" for name in named)
