"""What a run of the indexer did: counted while it runs, then told as text or JSON.

`indexer/build.py` counts, `indexer/commands.py` prints. Memory is bounded: every reason is counted, few cases are
named.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from indexer.readers.contract import Skipped
from search.errors import IndexStateError

MOST_NAMED = 10  # cases named of each reason
MOST_EXAMPLES = 5  # examples of a remark in the text
MOST_KINDS = 100  # reasons and remarks told apart


@dataclass(frozen=True, slots=True)
class Cases:
    """One reason or remark: how often, and the first of its cases."""

    text: str
    count: int
    named: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """One run. `articles` is what the index holds now; `repeated` rows had the id of an earlier one and replaced it;
    `text_bytes` counts the articles' JSON, `seconds` the whole run, `kept` names the generation before."""

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

    @property
    def read(self) -> int:
        """The articles that were read."""
        return self.added + self.updated + self.unchanged + self.repeated

    @property
    def articles_per_second(self) -> float:
        return self.read / max(self.seconds, 1e-6)

    @property
    def megabytes_per_second(self) -> float:
        return self.text_bytes / 1e6 / max(self.seconds, 1e-6)


class SwapRefused(IndexStateError):
    """A rebuilt index was not swapped in. `report`: what was read; its `articles` are those that are still served."""

    def __init__(self, sentence: str, report: Report) -> None:
        super().__init__(sentence)
        self.report = report


class _Kinds:
    """Counts cases by their kind."""

    def __init__(self) -> None:
        self._kinds: dict[str, tuple[int, tuple[str, ...]]] = {}

    def add(self, text: str, named: str) -> None:
        kind = text if text in self._kinds or len(self._kinds) < MOST_KINDS else "other"
        count, names = self._kinds.get(kind, (0, ()))
        if named and len(names) < MOST_NAMED and named not in names:
            names += (named,)
        self._kinds[kind] = count + 1, names

    def cases(self) -> tuple[Cases, ...]:
        """The commonest kind first."""
        found = (Cases(text, count, names) for text, (count, names) in self._kinds.items())
        return tuple(sorted(found, key=lambda cases: -cases.count))


@dataclass(slots=True)
class Tally:
    """Counts a run."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    repeated: int = 0
    skipped: int = 0
    text_bytes: int = 0
    _reasons: _Kinds = field(default_factory=_Kinds)
    _remarks: _Kinds = field(default_factory=_Kinds)

    def skip(self, skipped: Skipped) -> None:
        """Counts something that gave no article."""
        self.skipped += 1
        self._reasons.add(skipped.reason, f"{skipped.place}: {skipped.detail}" if skipped.detail else skipped.place)

    def remark(self, text: str, example: str) -> None:
        """Counts something that was left out of an article."""
        self._remarks.add(text, example)

    @property
    def read(self) -> int:
        """The articles that were read."""
        return self.added + self.updated + self.unchanged + self.repeated

    def report(self, *, articles: int, seconds: float, kept: str | None = None) -> Report:
        """The counts so far."""
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
        )


def report_object(report: Report) -> dict[str, Any]:
    """The report as JSON."""
    cases = {
        name: [{"text": case.text, "count": case.count, "named": list(case.named)} for case in getattr(report, name)]
        for name in ("reasons", "remarks")
    }
    names = ("added", "updated", "unchanged", "repeated", "skipped", "articles")
    return {
        **{name: getattr(report, name) for name in names},
        "kept": report.kept,
        **cases,
        "seconds": round(report.seconds, 3),
        "articles_per_second": round(report.articles_per_second, 1),
        "megabytes_per_second": round(report.megabytes_per_second, 2),
    }


def report_text(report: Report) -> str:
    """The report as lines for a person."""
    return "\n".join(_lines(report))


def _lines(report: Report) -> Iterator[str]:
    names = ("added", "updated", "unchanged", "skipped")
    yield ", ".join(f"{name} {getattr(report, name):,}" for name in names)
    if report.repeated:
        yield f"repeated {report.repeated:,} (an id that came before: the last one is kept)"
    for cases in report.reasons:
        yield f"skipped: {cases.text}: {cases.count:,}"
        yield from (f"    {_printable(name)}" for name in cases.named)
        if cases.count > len(cases.named):
            yield "    …"
    for cases in report.remarks:
        named = ", ".join(map(_printable, cases.named[:MOST_EXAMPLES]))
        yield f"remarked: {cases.text}: {cases.count:,} ({named}{', …' if cases.count > MOST_EXAMPLES else ''})"
    rates = f"{report.articles_per_second:,.0f} articles/s, {report.megabytes_per_second:.1f} MB/s"
    yield f"{report.articles:,} articles in the index; {report.seconds:.1f} s, {rates}"
    if report.kept:
        yield f"the index before this one is kept as generation {report.kept}: kashaf rollback brings it back"


def _printable(text: str) -> str:
    return "".join(char if char.isprintable() else "\ufffd" for char in text)
