"""The feeds of an index asked now and then, in a thread, so that slow hosts hold up no folder. Called by `watch.py`."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Final, Protocol

from indexer.feed_updates import remembered_feeds
from indexer.fetching.exchange import Lines
from indexer.fetching.fetching import FetchOptions, fetch_feeds
from indexer.fetching.report import FeedReport
from indexer.fetching.waiting import SystemClock
from search.errors import KashafError
from search.index.directory import IndexDirectory

_PATIENCE: Final = 3.0  # seconds in which a round that was told to ends


class FeedRounds(Protocol):
    """Rounds of asking all feeds, one at a time."""

    def begin(self) -> None:
        """Begin a round, unless one is going on."""

    def ended(self) -> Sequence[FeedReport] | None:
        """Return what the last round gave, once; None while there is nothing new. Raises what ended it."""

    def stop(self) -> None:
        """End a round that is going on; what was fetched is kept."""


class ThreadedRounds:
    """Rounds in a thread of their own."""

    def __init__(self, directory: IndexDirectory, options: FetchOptions, say: Callable[[str], None]) -> None:
        self._directory = directory
        self._options = options
        self._say = say
        self._thread: threading.Thread | None = None
        self._clock = SystemClock()
        self._lines = Lines()
        self._reports: Sequence[FeedReport] | None = None
        self._failure: BaseException | None = None

    def begin(self) -> None:
        """Begin a round, unless one is going on or there is no feed."""
        if self._thread is not None or not remembered_feeds(self._directory):
            return
        self._clock, self._lines = SystemClock(), Lines()
        self._thread = threading.Thread(target=self._run, name="feed-round", daemon=True)
        self._thread.start()

    def ended(self) -> Sequence[FeedReport] | None:
        """Return what the last round gave, once. A KashafError is said: the next round may do better."""
        if self._thread is None or self._thread.is_alive():
            return None
        self._thread.join()
        self._thread = None
        failure, self._failure = self._failure, None
        reports, self._reports = self._reports, None
        if isinstance(failure, KashafError):
            self._say(f"feeds: {failure}")
            return None
        if failure is not None:
            raise failure
        return reports

    def stop(self) -> None:
        """End a round that is going on."""
        if self._thread is not None:
            self._clock.stop()
            self._lines.end_all()
            self._thread.join(_PATIENCE)

    def _run(self) -> None:
        try:
            feeds = remembered_feeds(self._directory)
            self._reports = fetch_feeds(
                self._directory.path, feeds, self._options, clock=self._clock, lines=self._lines
            )
        except BaseException as failure:
            self._failure = failure


class NoRounds:
    """For who wants no feeds."""

    def begin(self) -> None:
        """Begin nothing."""

    def ended(self) -> None:
        """Return nothing."""

    def stop(self) -> None:
        """End nothing."""


def round_line(reports: Sequence[FeedReport]) -> str:
    """Return what a round gave, on one line: the articles, and each feed that failed."""
    new, corrected = sum(report.new for report in reports), sum(report.corrected for report in reports)
    failed = [f"{report.address} {report.outcome} ({report.reason})" for report in reports if report.reason]
    waiting = sum(report.waiting for report in reports)
    counts = f"feeds: {new:,} new, {corrected:,} corrected" + (f", {waiting:,} waiting" if waiting else "")
    return "; ".join((counts, *failed))
