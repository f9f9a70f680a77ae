"""Follows an index directory for a site: the newest state that is ready is searched.

In: an index directory. Out: a `Followed`, one of the `Indexes` of `search/index/searched_state.py`. Another thread sees
a commit or a swap within a second, opens it aside, works out what its first readers would wait for, and only then
replaces the open index, which answers meanwhile; its files are held open, so it does even when they are gone from the
directory. A commit to the same generation is served at once with the names, completions and examples of the commit
before, since working them out takes a while and changes little, and again when it has its own.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from threading import Event, Thread

from search.errors import KashafError
from search.index.open_index import OpenIndex, open_index

LOOK_SECONDS = 1.0  # between two looks at the manifest, a stat each
_LONGEST_SECONDS = 60.0  # between two attempts to open what could not be opened
_UNOPENED = "the index as it is now cannot be opened, the one opened before answers"
_UNPREPARED = "the index answers, but what is worked out for its readers beforehand, such as examples, could not be"
_LOGGER = logging.getLogger("kashaf.index")


class _Failures:
    """What could not be opened: which state it was, how often, and what was said of it."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._state: object = None
        self._count = 0
        self._until = 0.0
        self._said: set[str] = set()

    def hold(self, state: object) -> bool:
        """Whether this state failed so lately that another attempt should wait. Another state is tried at once."""
        return self._count > 0 and state == self._state and self._clock() < self._until

    def note(self, state: object) -> None:
        """Counts a failure; after each of the same state twice as long is waited."""
        self._count = self._count + 1 if state == self._state else 1
        self._state = state
        self._until = self._clock() + min(LOOK_SECONDS * 2**self._count, _LONGEST_SECONDS)

    def tell(self, sentence: str, *, trace: bool) -> None:
        """Logs each sentence once, until something is opened again."""
        if sentence not in self._said:
            self._said.add(sentence)
            _LOGGER.warning(sentence, exc_info=trace)

    def forget(self) -> None:
        """All is well again."""
        self._count = 0
        self._said.clear()


class Followed:
    """The newest state that is ready. `start` begins to follow; `look` is what it does again and again.

    clock: seconds, for how long a state that could not be opened is left alone.
    today: what is ready is made ready again on another day.
    """

    def __init__(
        self,
        path: Path,
        names: Path | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
        today: Callable[[], date] = date.today,
    ) -> None:
        self._index = open_index(path, names)
        self._failures = _Failures(clock)
        self._today = today
        self._day: date | None = None
        self._ready: Callable[[OpenIndex], None] = _warm
        self._noticed: str | None = None
        self._stopped = Event()
        self._thread = Thread(target=self._follow, name="follow", daemon=True)

    @property
    def current(self) -> OpenIndex:
        """The index opened last; costs nothing."""
        return self._index

    @property
    def prepares(self) -> bool:
        """Whether it was started."""
        return self._thread.ident is not None

    def start(self, ready: Callable[[OpenIndex], None] | None = None) -> None:
        """Makes the open index ready, then follows the directory until `stop`. `ready`: `OpenIndex.warm` or more."""
        self._ready = ready or _warm
        self._thread.start()

    def stop(self, *, patience: float = 0) -> bool:
        """Ends following; whether it ended within `patience` seconds: a warming takes its time."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join(patience)
        return not self._thread.is_alive()

    def close(self) -> None:
        """Ends following, without waiting for what is being prepared."""
        self.stop()
        self._index.let_go()

    def look(self) -> None:
        """Replaces the open index if the directory changed. Raises nothing: a failure is logged once, the old stays.

        What failed is tried again after ever longer pauses, and at once when the directory changes.
        """
        try:
            served = self._index if self._index.current and not self._index.borrows else None
            state = self._index.newest_stamp()
        except KashafError as error:  # the directory is gone, and a cluster that it might be a copy of has none
            self._failures.tell(f"{_UNOPENED}: {error}", trace=False)
            return
        if served and not (self.prepares and self._day != self._today()):
            self._failures.forget()
        elif not self._failures.hold(state):
            self._prepare(served, state)

    def _follow(self) -> None:
        self._prepare(self._index, (self._index.stamp, self._index.names.stamp))
        while not self._stopped.wait(LOOK_SECONDS):
            self.look()

    def _prepare(self, index: OpenIndex | None, state: object) -> None:
        """Opens the index, if it is not given, and warms it; it is served from then on. state: of the directory."""
        day = self._today()
        failing = _UNPREPARED if index else _UNOPENED
        try:
            if index is None:
                index = open_index(self._index.directory.path, self._index.names_path)
                if self._serve_early(index):
                    failing = _UNPREPARED
            if index.notice and index.notice != self._noticed:
                _LOGGER.warning(index.notice)
            self._noticed = index.notice
            self._ready(index)
            self._serve(index)
            self._day = day
            self._failures.forget()
        except BaseException as error:  # whatever it is: the thread must live to see the next commit
            self._failures.note(state)
            ours = isinstance(error, KashafError)
            what = str(error) if ours else f"{type(error).__name__}: {error}"
            self._failures.tell(f"{failing}: {what}", trace=not ours)

    def _serve_early(self, index: OpenIndex) -> bool:
        """Serves a commit with what was worked out for the one before; whether it may have that."""
        early = index.borrowing(self._index) if self.prepares else None
        if early:
            early.warm_engine()
            self._serve(early)
        return early is not None

    def _serve(self, index: OpenIndex) -> None:
        """Replaces the open index, if it is not the same."""
        former, self._index = self._index, index
        if former is not index:
            former.let_go()


def _warm(index: OpenIndex) -> None:
    index.warm()
