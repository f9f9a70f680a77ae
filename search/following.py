"""Which state of an index directory is searched: the newest at each call, or the newest that is ready.

`SearchService` asks one of these for its open index. Commands and tests ask for the newest and wait while it is opened.
A site follows: another thread sees a commit or a swap within a second, opens it aside, works out what its first readers
would wait for, and only then replaces the open index, which answers meanwhile; its files are held open, so it does even
when they are gone from the directory.
"""

from __future__ import annotations

import logging
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Protocol

from search.errors import KashafError
from search.opened import OpenIndex, open_index

LOOK_SECONDS = 1.0  # between two looks at the manifest, a stat each
_LOGGER = logging.getLogger("kashaf.index")


class Indexes(Protocol):
    """Gives the open index to search now. Raises IndexStateErrors."""

    @property
    def current(self) -> OpenIndex:
        """The open index; a request asks once and keeps what it got."""


class Newest:
    """The newest state: opened at the call that finds the directory changed."""

    def __init__(self, place: Path, names: Path | None = None) -> None:
        self._index = open_index(place, names)
        self._lock = Lock()

    @property
    def current(self) -> OpenIndex:
        """The index as it is now; reopened if its directory changed since the last call."""
        current = self._index
        if current.current:
            return current
        with self._lock:
            if self._index is current:
                self._index = open_index(current.catalogue.place, current.names_path)
            return self._index


class Followed:
    """The newest state that is ready. `start` begins to follow; `look` is what it does again and again."""

    def __init__(self, place: Path, names: Path | None = None) -> None:
        self._index = open_index(place, names)
        self._told: str | None = None
        self._noticed: str | None = None
        self._stopped = Event()
        self._thread = Thread(target=self._follow, name="follow", daemon=True)

    @property
    def current(self) -> OpenIndex:
        """The index opened last; costs nothing."""
        return self._index

    def start(self) -> None:
        """Prepares the open index, then follows the directory until `stop`."""
        self._thread.start()

    def stop(self, *, patience: float = 0) -> bool:
        """Ends following; whether it ended within `patience` seconds: a warming takes its time."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join(patience)
        return not self._thread.is_alive()

    def look(self) -> None:
        """Replaces the open index if the directory changed. Raises nothing: a failure is logged once, the old stays."""
        if self._index.current:
            self._told = None
            return
        self._prepare(None)

    def _follow(self) -> None:
        self._prepare(self._index)
        while not self._stopped.wait(LOOK_SECONDS):
            self.look()

    def _prepare(self, index: OpenIndex | None) -> None:
        """Opens the index, if it is not given, and warms it; it is served from then on."""
        try:
            index = index or open_index(self._index.catalogue.place, self._index.names_path)
            if index.notice and index.notice != self._noticed:
                _LOGGER.warning(index.notice)
            self._noticed = index.notice
            index.warm()
            self._index = index
        except KashafError as error:
            self._tell(f"the index as it is now cannot be opened, the one opened before answers: {error}")
        except BaseException:  # whatever it is: the thread must live to see the next commit
            self._tell("the index as it is now cannot be opened, the one opened before answers", trace=True)

    def _tell(self, sentence: str, *, trace: bool = False) -> None:
        if sentence != self._told:
            self._told = sentence
            _LOGGER.warning(sentence, exc_info=trace)
