"""Folders and feeds → an index that follows them, until it is stopped.

In: the places that are watched, what updates the index, and the rounds of feeds. Out: lines of what was done. Called
by `following.py`. Nothing is remembered but what changed since the last update; every hour all is gone through, for
what the system did not tell.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from indexer.fetching.report import FeedReport
from indexer.fetching.waiting import Clock
from indexer.watching.changes import Changed, Changes
from indexer.watching.feed_rounds import FeedRounds, round_line

EVERYTHING_SECONDS: Final = 3600.0  # between two updates of everything
RETRY_SECONDS: Final = 5.0  # before an update is tried again that could not be made


class Updater(Protocol):
    """What brings the index up to date; each method returns whether it could be done now."""

    def everything(self) -> bool: ...

    def files(self, paths: Sequence[str], gone: Sequence[str]) -> bool: ...

    def feeds(self, addresses: Sequence[str]) -> bool: ...


class Watched(Protocol):
    """What tells of changed paths, after about a second if there are none."""

    def wait(self, pause: Callable[[], None]) -> set[str]: ...

    def close(self) -> None: ...


@dataclass(slots=True)
class Watch:
    """One watch.

    reopen  gives the places anew where the sources of the index have changed; None where they have not
    every   seconds between two rounds of the feeds
    """

    folders: Watched
    updates: Updater
    rounds: FeedRounds
    clock: Clock
    say: Callable[[str], None]
    every: float
    reopen: Callable[[], Watched | None] = lambda: None
    _changes: Changes = field(default_factory=Changes)
    _fetched: set[str] = field(default_factory=set)  # feeds of which something new is not indexed yet
    _next_round: float = 0.0
    _next_everything: float = 0.0
    _not_before: float = 0.0  # no update before, since one could not be made

    def run(self) -> None:
        """Follow until KeyboardInterrupt is raised, or an error that does not pass."""
        try:
            while True:
                self.step()
        finally:
            self.rounds.stop()
            self.folders.close()

    def step(self) -> None:
        """Wait once, and update what is due."""
        self._changes.add(self.folders.wait(self._pause), self.clock.now())  # first, so that nothing comes unseen
        now = self.clock.now()
        if now >= self._next_everything:
            self._next_everything = now + EVERYTHING_SECONDS
            self._changes.add_everything(now - EVERYTHING_SECONDS)  # which is quiet already
        if now >= self._next_round:
            self._next_round = now + self.every
            self.rounds.begin()
        self._take_fetched()
        if now >= self._not_before:
            self._update(now)
        if anew := self.reopen():
            self.folders.close()
            self.folders = anew
            self._changes.add_everything(self.clock.now())

    def _take_fetched(self) -> None:
        reports = self.rounds.came()
        fetched = [report.address for report in reports if report.new or report.corrected]
        if fetched or any(_is_worth_saying(report) for report in reports):
            self.say(round_line(reports))
        self._fetched.update(fetched)

    def _update(self, now: float) -> None:
        changed = self._changes.take(now)
        if changed is not None and not self._made(changed):
            self._put_back(changed, now)
        elif self._fetched and (changed is None or not changed.everything):
            if self.updates.feeds(sorted(self._fetched)):
                self._fetched.clear()
            else:
                self._not_before = now + RETRY_SECONDS
        elif changed is not None and changed.everything:
            self._fetched.clear()

    def _made(self, changed: Changed) -> bool:
        return self.updates.everything() if changed.everything else self.updates.files(changed.files, changed.gone)

    def _put_back(self, changed: Changed, now: float) -> None:
        """Has an update that could not be made be tried again."""
        self._not_before = now + RETRY_SECONDS
        if changed.everything:
            self._changes.add_everything(now)
        else:
            self._changes.add((*changed.files, *changed.gone), now)

    def _pause(self) -> None:
        self.clock.wait(1.0)


def _is_worth_saying(report: FeedReport) -> bool:
    """Whether a feed failed in this round; one that rests after that was told when it failed."""
    return bool(report.reason) and report.outcome not in ("resting", "gone")
