"""Folders and files that are watched → the paths that change, by watchfiles, also where they vanish and come back.

In: the places of sources. Out: changed paths, a set for each wait. Called by `watch.py`. Where the system cannot tell
of changes, or of no more folders, watchfiles looks at all files now and then; that is said once.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from typing import Final, Protocol

from watchfiles import watch

from indexer.readers.database_logs import of_database
from indexer.readers.folders import is_backup, is_hidden
from search.index.source_registry import is_within

WAIT_SECONDS: Final = 1.0  # of one wait without a change
_STEP_SECONDS: Final = 0.25
_LOOKS_SECONDS: Final = 10.0  # between two looks at all files

Say = Callable[[str], None]


class Notifications(Protocol):
    """Gives a set of changed paths at a time, an empty one where nothing changes for a while. Raises OSError."""

    def __call__(self, folders: Sequence[str], *, looking: bool) -> Iterator[set[str]]:
        """looking: by looking at all files, not by what the system tells."""


def system_notifications(folders: Sequence[str], *, looking: bool) -> Iterator[set[str]]:
    """The notifications of watchfiles. Raises OSError where the system has no more of them."""
    try:
        for found in watch(
            *folders,
            watch_filter=None,
            debounce=int(1000 * WAIT_SECONDS),
            step=int(1000 * _STEP_SECONDS),
            rust_timeout=int(1000 * WAIT_SECONDS),
            yield_on_timeout=True,
            force_polling=looking,
            poll_delay_ms=int(1000 * _LOOKS_SECONDS),
            ignore_permission_denied=True,
        ):
            yield {path for _, path in found}
    except RuntimeError as error:  # what watchfiles raises where notifications cannot begin
        raise OSError(str(error)) from error


class Folders:
    """The places that are watched.

    places  absolute paths of folders and files
    apart   a folder whose changes are not told, as that of the index
    say     takes what a user is to know
    looking looks at all files from the start
    """

    def __init__(
        self,
        places: Sequence[str],
        *,
        apart: str,
        say: Say,
        looking: bool = False,
        notifications: Notifications = system_notifications,
    ) -> None:
        self.places = tuple(places)
        self._apart = tuple(path + os.sep for path in {apart, *(_as_below(apart, place) for place in places)} if path)
        self._say = say
        self._looking = looking
        self._notifications = notifications
        self._known = {place: _identity(place) for place in places}
        self._opened: Iterator[set[str]] | None = None
        for place, identity in self._known.items():
            if identity is None:
                say(f"{place} is not there: it is read when it is back")

    def wait(self, pause: Callable[[], None]) -> set[str]:
        """Return the paths that changed, after about a second if none did. A place that comes or goes is one of them.

        pause: waits in place of the system where there is no folder to watch.
        """
        changed = self._moved()
        if changed:
            self.close()
            return changed
        folders = [place for place in self.places if os.path.isdir(place)]
        if not folders:
            pause()
            return set()
        try:
            self._opened = self._opened or self._notifications(folders, looking=self._looking)
            found = next(self._opened)
            if not found.isdisjoint(folders):
                self.close()  # the folder itself went or came, with or without the notifications about it
            return {path for path in map(of_database, found) if self._is_of_archive(path)}
        except FileNotFoundError:  # it went away just now: the next look tells which
            self.close()
            pause()
        except OSError as error:
            self.close()
            if self._looking:
                raise
            self._looking = True
            self._say(
                f"the system cannot tell of more changes ({error}): all files are looked at every {_LOOKS_SECONDS:g} s"
            )
        return set()

    def close(self) -> None:
        """End the notifications; the next wait begins them anew."""
        opened, self._opened = self._opened, None
        if opened is not None:
            getattr(opened, "close", lambda: None)()

    def _moved(self) -> set[str]:
        """The places that are there again, are others than before, or went; files among them that were changed."""
        moved = set()
        for place, before in self._known.items():
            now = _identity(place)
            if now == before:
                continue
            self._known[place] = now
            if now is None:
                self._say(f"{place} is gone: its articles stay in the index, and it is read when it is back")
            else:
                if before is None:
                    self._say(f"{place} is there again")
                moved.add(place)
        return moved

    def _is_of_archive(self, path: str) -> bool:
        """Whether a reader of the archive would see this path."""
        if (path + os.sep).startswith(self._apart):
            return False
        place = max((each for each in self.places if is_within(path, each)), key=len, default=None)
        if place is None or self._known[place] is None or not os.path.lexists(place):
            return False  # what a place held that is gone is no change
        names = path[len(place) :].split(os.sep)
        return not any(map(is_hidden, filter(None, names))) and not is_backup(names[-1])


def _identity(place: str) -> tuple[int, ...] | None:
    """What changes when a folder is another one, or a file has changed; None where nothing is there."""
    try:
        status = os.stat(place)
    except OSError:
        return None
    if os.path.isdir(place):
        return status.st_dev, status.st_ino
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def _as_below(folder: str, place: str) -> str:
    """The path of a folder as it is told below a place that may be reached by a link; "" where it is not below it."""
    inner = os.path.relpath(os.path.realpath(folder), os.path.realpath(place))
    return "" if inner.startswith(os.pardir) else os.path.normpath(os.path.join(place, inner))
