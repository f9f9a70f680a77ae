"""The report of a run of the indexer: counted in a `Tally` while it runs, then written as text or JSON.

`indexer/build.py` counts and `indexer/commands.py` prints. Memory is bounded: every case is counted, and only the first
few of each reason are named; who wants all of them takes them as they come (`case_list.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from indexer.findings import OTHER, VANISHED, Finding
from indexer.readers.contract import Skipped
from search.errors import IndexStateError

MOST_NAMED = 10  # cases that are named of each reason
MOST_EXAMPLES = 5  # examples that the text names of each remark
MOST_SHOWN = 5  # reasons, and remarks, that the text names: the commonest
MOST_REASONS = 100  # different reasons, or remarks; further ones are counted as “other”


@dataclass(frozen=True, slots=True)
class Case:
    """One thing that was skipped or remarked on, or an article that vanished.

    file      the file on disk; "" where none was being read
    location  as `Skipped` has it: the file, continued inside it as far as the reader knows
    article   which of the file's articles it is, from 1 on; None: it is none, or that is not known
    """

    outcome: Literal["skipped", "remarked", "vanished"]
    file: str
    location: str
    reason: Finding
    detail: str = ""
    article: int | None = None
    id: str = ""


@dataclass(frozen=True, slots=True)
class Cases:
    """One reason or remark, how often it occurred, and the first of its cases."""

    about: Finding
    count: int
    named: tuple[str, ...]

    @property
    def text(self) -> str:
        return self.about.sentence


NOTHING: Final = Cases(OTHER, 0, ())


@dataclass(frozen=True, slots=True)
class Report:
    """What one run did.

    articles    how many articles the index holds now
    repeated    rows whose id an earlier row of the run had: each replaced the earlier one
    reasons     why inputs were skipped
    remarks     what was left out of articles that were read
    text_bytes  the size of the articles as JSON
    seconds     the duration of the whole run
    withdrawn   what was read and left out since `kashaf delete` took it out for good
    vanished    articles that an earlier run read and that are no longer in their sources
    pruned      whether these were removed
    kept        the generation before this one, which `kashaf rollback` serves again; None where there is none
    """

    added: int
    updated: int
    unchanged: int
    repeated: int
    skipped: int
    articles: int
    reasons: tuple[Cases, ...]
    remarks: tuple[Cases, ...]
    text_bytes: int
    seconds: float
    kept: str | None = None
    withdrawn: int = 0
    vanished: Cases = NOTHING
    pruned: bool = False

    @property
    def read(self) -> int:
        """How many articles were read."""
        return self.added + self.updated + self.unchanged + self.repeated

    @property
    def articles_per_second(self) -> float:
        return self.read / max(self.seconds, 1e-6)

    @property
    def megabytes_per_second(self) -> float:
        return self.text_bytes / 1e6 / max(self.seconds, 1e-6)


class Refused(IndexStateError):
    """What would lose articles was not done.

    report: what the run read; its `articles` is how many are served now.
    """

    def __init__(self, sentence: str, report: Report) -> None:
        super().__init__(sentence)
        self.report = report


class SwapRefused(Refused):
    """A rebuilt index was not swapped in."""


class PruneRefused(Refused):
    """Vanished articles were not removed; all else that was read is in the index."""


class _CasesByFinding:
    """Counts cases by what they are about."""

    def __init__(self) -> None:
        self._cases: dict[Finding, tuple[int, tuple[str, ...]]] = {}

    def add(self, about: Finding, named: str) -> None:
        about = about if about in self._cases or len(self._cases) < MOST_REASONS else OTHER
        count, names = self._cases.get(about, (0, ()))
        if named and len(names) < MOST_NAMED and named not in names:
            names += (named,)
        self._cases[about] = count + 1, names

    def cases(self) -> tuple[Cases, ...]:
        """Return the cases, the commonest reason or remark first."""
        found = (Cases(about, count, names) for about, (count, names) in self._cases.items())
        return tuple(sorted(found, key=lambda cases: -cases.count))


@dataclass(slots=True)
class Tally:
    """Counts what a run does, while it runs. listed: takes each case as it comes."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    repeated: int = 0
    skipped: int = 0
    withdrawn: int = 0
    text_bytes: int = 0
    _reasons: _CasesByFinding = field(default_factory=_CasesByFinding)
    _remarks: _CasesByFinding = field(default_factory=_CasesByFinding)
    _vanished: _CasesByFinding = field(default_factory=_CasesByFinding)
    pruned: bool = False
    listed: Callable[[Case], None] | None = None

    def skip(self, skipped: Skipped, *, file: str = "", article: int | None = None) -> None:
        """Count something that gave no article. `file`: the one being read; `article`: which of its articles."""
        self.skipped += 1
        named = f"{skipped.location}: {skipped.detail}" if skipped.detail else skipped.location
        self._reasons.add(skipped.reason, named)
        if self.listed:
            self.listed(Case("skipped", file, skipped.location, skipped.reason, skipped.detail, article))

    def remark(self, about: Finding, example: str, *, file: str = "", article: int | None = None) -> None:
        """Count something that was left out of an article, or done to it."""
        self._remarks.add(about, example)
        if self.listed:
            location, detail = (example, "") if file and example.startswith(file) else (file, example)
            self.listed(Case("remarked", file, location, about, detail, article))

    def correct(self) -> None:
        """A former text was replaced by one that was counted as added."""
        if self.added:
            self.added -= 1
            self.updated += 1

    def vanish(self, id: str, path: str) -> None:
        """Counts an article that its file gives no more."""
        self._vanished.add(VANISHED, f"{id}: {path}")
        if self.listed:
            self.listed(Case("vanished", path, path, VANISHED, id=id))

    @property
    def vanished(self) -> Cases:
        """The articles that are no longer in their sources."""
        return next(iter(self._vanished.cases()), NOTHING)

    @property
    def read(self) -> int:
        """How many articles were read so far."""
        return self.added + self.updated + self.unchanged + self.repeated

    def report(self, *, articles: int, seconds: float, kept: str | None = None) -> Report:
        """Return the counts so far as a report."""
        return Report(
            added=self.added,
            updated=self.updated,
            unchanged=self.unchanged,
            repeated=self.repeated,
            skipped=self.skipped,
            articles=articles,
            reasons=self._reasons.cases(),
            remarks=self._remarks.cases(),
            text_bytes=self.text_bytes,
            seconds=seconds,
            kept=kept,
            withdrawn=self.withdrawn,
            vanished=self.vanished,
            pruned=self.pruned,
        )


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
        "vanished": {"count": report.vanished.count, "named": list(report.vanished.named), "pruned": report.pruned},
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
    if report.repeated:
        yield f"repeated {report.repeated:,} (an id that came before: the last one is kept)"
    if report.withdrawn:
        yield f"withdrawn {report.withdrawn:,} (deleted for good, so left out: kashaf restore-article ID… lifts that)"
    if report.vanished.count:
        done = "removed" if report.pruned else "still in the index, --prune removes them"
        yield f"vanished {report.vanished.count:,} (no longer in their sources: {done})"
        yield from _named_lines(report.vanished)
    for cases in report.reasons[:MOST_SHOWN]:
        yield f"skipped: {_told(cases)}"
        yield from _named_lines(cases)
    yield from _rest("skipped", "reason", report.reasons[MOST_SHOWN:])
    for cases in report.remarks[:MOST_SHOWN]:
        named = ", ".join(map(_printable, cases.named[:MOST_EXAMPLES]))
        yield f"remarked: {_told(cases)} ({named}{', …' if cases.count > MOST_EXAMPLES else ''})"
    yield from _rest("remarked", "remark", report.remarks[MOST_SHOWN:])
    rates = f"{report.articles_per_second:,.0f} articles/s, {report.megabytes_per_second:.1f} MB/s"
    yield f"{report.articles:,} articles in the index; {report.seconds:.1f} s, {rates}"
    if report.kept:
        yield f"the index before this one is kept as generation {report.kept}: kashaf rollback brings it back"


def _told(cases: Cases) -> str:
    return f"{cases.text} [{cases.about.kind}]: {cases.count:,}"


def _rest(outcome: str, what: str, others: Sequence[Cases]) -> Iterator[str]:
    """Give a line for the less common reasons or remarks, if there are any."""
    if others:
        count, plural = sum(cases.count for cases in others), "s" if len(others) > 1 else ""
        yield f"{outcome}: {len(others):,} other {what}{plural}: {count:,} (--report FILE.json lists every case)"


def _named_lines(cases: Cases) -> Iterator[str]:
    """Give a line for each case that is named, and one that stands for the others."""
    yield from (f"    {_printable(name)}" for name in cases.named)
    if cases.count > len(cases.named):
        yield "    …"


def _printable(text: str) -> str:
    return "".join(char if char.isprintable() else "\ufffd" for char in text)
