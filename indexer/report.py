"""The report of a run of the indexer, counted in a `Tally` while it runs.

`indexer/ingestion.py` counts; `report_as_text.py` writes it as text or JSON. Memory is bounded: every case is counted,
and only the first few of each reason are named; who wants all of them takes them as they come (`case_list.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from indexer.findings import OTHER, STRUCK, VANISHED, Finding
from indexer.readers.contract import Skipped
from indexer.repairs.counts import RepairCounts, Repaired
from search.errors import IndexStateError

MOST_NAMED = 10  # cases that are named of each reason
MOST_REASONS = 100  # different reasons, or remarks; further ones are counted as “other”


@dataclass(frozen=True, slots=True)
class Case:
    """One thing that was skipped, remarked on or repaired, or an article that vanished.

    file      the file on disk; "" where none was being read
    location  as `Skipped` has it: the file, continued inside it as far as the reader knows
    article   which of the file's articles it is, from 1 on; None: it is none, or that is not known
    named     the id and title of what is remarked on, for people; of what was skipped the detail has them
    """

    outcome: Literal["skipped", "remarked", "repaired", "removed", "vanished"]
    file: str
    location: str
    reason: Finding
    detail: str = ""
    article: int | None = None
    id: str = ""
    named: str = ""


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
    removed     articles that their files give no more, and that were removed
    vanished    other articles that an earlier run read and that are no longer in their sources
    pruned      whether these were removed too
    refused     whether articles that would have been removed stay, for they are more than a tenth of all
    refusal     why, where it is another tenth
    unread      files that did not change since they were read last, so that they were not read again
    unread_articles  how many of the unchanged articles these hold
    repaired    how many articles were repaired
    repairs     by which repairs, of which sources
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
    removed: Cases = NOTHING
    refused: bool = False
    refusal: str = ""
    unread: int = 0
    unread_articles: int = 0
    repaired: int = 0
    repairs: tuple[Repaired, ...] = ()

    @property
    def read(self) -> int:
        """How many articles were read."""
        return self.added + self.updated + self.unchanged + self.repeated - self.unread_articles

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
    unread: int = 0
    unread_articles: int = 0
    _reasons: _CasesByFinding = field(default_factory=_CasesByFinding)
    _remarks: _CasesByFinding = field(default_factory=_CasesByFinding)
    _vanished: _CasesByFinding = field(default_factory=_CasesByFinding)
    _removed: _CasesByFinding = field(default_factory=_CasesByFinding)
    _repairs: RepairCounts = field(default_factory=RepairCounts)
    pruned: bool = False
    refused: bool = False
    refusal: str = ""
    listed: Callable[[Case], None] | None = None

    def skip(self, skipped: Skipped, *, file: str = "", article: int | None = None) -> None:
        """Count something that gave no article. `file`: the one being read; `article`: which of its articles."""
        self.skipped += 1
        where = _where(skipped.location, article)
        self._reasons.add(skipped.reason, f"{where}: {skipped.detail}" if skipped.detail else where)
        if self.listed:
            self.listed(Case("skipped", file, skipped.location, skipped.reason, skipped.detail, article))

    def remark(
        self, about: Finding, example: str, *, file: str = "", article: int | None = None, named: str = ""
    ) -> None:
        """Count something that was left out of an article, or done to it. `named`: its id and title."""
        said = "; ".join(part for part in (example if example not in named else "", named) if part)
        self._remarks.add(about, example if article is None else f"{_where(file, article)}: {said}")
        if self.listed:
            location, detail = (example, "") if file and example.startswith(file) else (file, example)
            self.listed(Case("remarked", file, location, about, detail, article, named=named))

    def leave_unread(self, articles: int, withdrawn: int) -> None:
        """Count a file that did not change, its articles that are in the index, and those that are withdrawn."""
        self.unread += 1
        self.unread_articles += articles
        self.unchanged += articles
        self.withdrawn += withdrawn

    def repair(self, repairs: Sequence[Finding], source: str, id: str, *, file: str, article: int) -> None:
        """Count an article that was repaired. `source`: its publisher, or the file where it names none."""
        self._repairs.add(repairs, source)
        if self.listed:
            for repair in repairs:
                self.listed(Case("repaired", file, file, repair, source, article, id))

    def correct(self) -> None:
        """A former text was replaced by one that was counted as added."""
        if self.added:
            self.added -= 1
            self.updated += 1

    def strike(self, id: str, path: str) -> None:
        """Counts an article that was removed, for its file gives it no more."""
        self._removed.add(STRUCK, f"{id}: {path}")
        if self.listed:
            self.listed(Case("removed", path, path, STRUCK, id=id))

    def vanish(self, id: str, path: str) -> None:
        """Counts another article that is no longer in its source."""
        self._vanished.add(VANISHED, f"{id}: {path}")
        if self.listed:
            self.listed(Case("vanished", path, path, VANISHED, id=id))

    @property
    def vanished(self) -> Cases:
        """The articles that are no longer in their sources."""
        return next(iter(self._vanished.cases()), NOTHING)

    @property
    def read(self) -> int:
        """How many articles were read so far, or stand in files that did not change."""
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
            removed=next(iter(self._removed.cases()), NOTHING),
            refused=self.refused,
            refusal=self.refusal,
            unread=self.unread,
            unread_articles=self.unread_articles,
            repaired=self._repairs.articles,
            repairs=self._repairs.repaired(),
        )


def _where(location: str, article: int | None) -> str:
    """A place as the report names it: a file, or one of its articles, which are counted from 1 on."""
    return location if article is None else f"{location}, article {article:,}"
