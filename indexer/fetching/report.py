"""What fetching a feed gave: counted while it goes on, then written as text or JSON.

`feed_visit.py` counts; the commands that fetch print it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from indexer.fetching.waiting import moment
from indexer.findings import printable

MOST_NAMED: Final = 10  # pages that are named of each kind of trouble
Outcome = Literal["read", "unchanged", "resting", "forbidden", "failed", "gone", "stopped"]


@dataclass(slots=True)
class PageTroubles:
    """Pages whose text is the feed's own: how many, and the address and reason of the first."""

    count: int = 0
    named: list[tuple[str, str]] = field(default_factory=list)

    def add(self, address: str, reason: str) -> None:
        """Count one."""
        self.count += 1
        if len(self.named) < MOST_NAMED:
            self.named.append((address, reason))


@dataclass(slots=True)
class FeedReport:
    """What became of one feed.

    address    as it was added
    outcome    of asking the feed: its entries were read, nothing had changed, it is left alone after failures,
               robots.txt forbids it, it failed, it is gone for good, or the run ended before
    new, corrected, unchanged  articles that were stored, replaced, left as they were
    elsewhere  entries that another feed of this index gives too
    withdrawn  entries that were deleted for good, and not fetched
    skipped    entries that could not be read
    waiting    entries whose page is fetched in a later run
    forbidden  pages that robots.txt forbids
    failed     pages that could not be fetched or have no text
    reason     why the feed could not be read; "" where it could
    due        the moment in seconds since 1970 before which it is not asked again; 0: any time
    moved_to   its new address, if it has moved for good; "" where it has not
    """

    address: str
    title: str = ""
    outcome: Outcome = "read"
    new: int = 0
    corrected: int = 0
    unchanged: int = 0
    elsewhere: int = 0
    withdrawn: int = 0
    skipped: int = 0
    waiting: int = 0
    forbidden: PageTroubles = field(default_factory=PageTroubles)
    failed: PageTroubles = field(default_factory=PageTroubles)
    reason: str = ""
    due: float = 0.0
    moved_to: str = ""


def feed_objects(reports: Sequence[FeedReport]) -> list[dict[str, Any]]:
    """Return the reports as objects for JSON."""
    return [_object(report) for report in reports]


def _object(report: FeedReport) -> dict[str, Any]:
    names = ("new", "corrected", "unchanged", "elsewhere", "withdrawn", "skipped", "waiting")
    troubles = {
        name: {
            "count": found.count,
            "named": [{"address": address, "reason": reason} for address, reason in found.named],
        }
        for name, found in (("forbidden_pages", report.forbidden), ("failed_pages", report.failed))
    }
    return {
        "address": report.address,
        "title": report.title or None,
        "outcome": report.outcome,
        **{name: getattr(report, name) for name in names},
        **troubles,
        "reason": report.reason or None,
        "asked_again": moment(report.due) if report.due else None,
        "moved_to": report.moved_to or None,
    }


def feed_lines(reports: Sequence[FeedReport]) -> Iterator[str]:
    """Give the reports as lines of text."""
    for report in reports:
        named = f"{printable(report.title)} ({report.address})" if report.title else report.address
        yield f"feed {named}: {_outcome(report)}"
        if report.moved_to:
            yield f"    it has moved for good, and is asked at {report.moved_to} from now on"
        yield from _trouble_lines("robots.txt forbids", report.forbidden, reasons=False)
        yield from _trouble_lines("could not be fetched:", report.failed, reasons=True)
        if report.waiting:
            wait = "entry waits" if report.waiting == 1 else "entries wait"
            yield f"    {report.waiting:,} {wait} for a later run to fetch the full text"


def _outcome(report: FeedReport) -> str:
    counts = _counts(report)
    if report.outcome == "read":
        return counts
    again = f"; it is asked again {moment(report.due)}, --fetch-now asks at once" if report.due else ""
    said = {
        "unchanged": "it has not changed",
        "resting": f"not asked after failures ({report.reason}){again}",
        "forbidden": f"{report.reason}: it is not fetched",
        "failed": f"failed: {report.reason}{again}",
        "gone": f"gone for good ({report.reason}): not asked any more; kashaf source remove takes it off the list",
        "stopped": "the run ended before it was done",
    }[report.outcome]
    stored = report.new or report.corrected
    return f"{said}; {counts}" if stored else said


def _counts(report: FeedReport) -> str:
    others = {
        "in another feed too": report.elsewhere,
        "withdrawn": report.withdrawn,
        "that cannot be read": report.skipped,
    }
    said = [f"{report.new:,} new", f"{report.corrected:,} corrected", f"{report.unchanged:,} unchanged"]
    return ", ".join((*said, *(f"{count:,} {what}" for what, count in others.items() if count)))


def _trouble_lines(what: str, troubles: PageTroubles, *, reasons: bool) -> Iterator[str]:
    if not troubles.count:
        return
    pages = "1 page" if troubles.count == 1 else f"{troubles.count:,} pages"
    verb = f"{what} {pages}" if not reasons else f"{pages} {what.rstrip(':')}"
    yield f"    {verb}; the text is that of the feed:"
    for address, reason in troubles.named:
        yield f"        {printable(address)}" + (f": {printable(reason)}" if reasons else "")
    if troubles.count > len(troubles.named):
        yield "        …"
