"""The feeds of an index asked now and then, in a thread, so that slow hosts hold up no folder. Called by `watch.py`."""

from __future__ import annotations

import queue
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
from search.index.source_registry import Source

_PATIENCE: Final = 3.0  # seconds in which a round that was told to ends


class FeedRounds(Protocol):
    """Rounds of asking all feeds, one at a time."""

    def begin(self) -> None:
        """Begin a round, unless one is going on."""

    def came(self) -> Sequence[FeedReport]:
        """Return the reports of the feeds that were done since the last call. Raises what ended a round."""

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
        self._came: queue.SimpleQueue[FeedReport] = queue.SimpleQueue()
        self._failure: BaseException | None = None

    def begin(self) -> None:
        """Begin a round, unless one is going on or there is no feed."""
        feeds = [] if self._thread else remembered_feeds(self._directory)
        if not feeds:
            return
        self._clock, self._lines = SystemClock(), Lines()
        self._thread = threading.Thread(target=self._run, args=(feeds,), name="feed-round", daemon=True)
        self._thread.start()

    def came(self) -> Sequence[FeedReport]:
        """Return the reports since the last call. What a KashafError says is said: the next round may do better."""
        ended = self._thread is not None and not self._thread.is_alive()
        reports = [self._came.get() for _ in range(self._came.qsize())]
        if ended:
            self._thread = None
            failure, self._failure = self._failure, None
            if isinstance(failure, KashafError):
                self._say(f"feeds: {failure}")
            elif failure is not None:
                raise failure
        return reports

    def stop(self) -> None:
        """End a round that is going on."""
        if self._thread is not None:
            self._clock.stop()
            self._lines.end_all()
            self._thread.join(_PATIENCE)

    def _run(self, feeds: Sequence[Source]) -> None:
        try:
            fetch_feeds(
                self._directory.path,
                feeds,
                self._options,
                clock=self._clock,
                lines=self._lines,
                done=lambda report, *_: self._came.put(report),
            )
        except BaseException as failure:
            self._failure = failure


class NoRounds:
    """For who wants no feeds."""

    def begin(self) -> None:
        """Begin nothing."""

    def came(self) -> Sequence[FeedReport]:
        """Return nothing."""
        return ()

    def stop(self) -> None:
        """End nothing."""


def round_line(reports: Sequence[FeedReport]) -> str:
    """Return what came of some feeds, on one line: the articles, and each feed that failed."""
    new, corrected = sum(report.new for report in reports), sum(report.corrected for report in reports)
    failed = [f"{report.address} {report.outcome} ({report.reason})" for report in reports if report.reason]
    waiting = sum(report.waiting for report in reports)
    counts = f"feeds: {new:,} new, {corrected:,} corrected" + (f", {waiting:,} waiting" if waiting else "")
    return "; ".join((counts, *failed))
