"""Which state of an index directory is searched: the newest at each call, a fixed one, or none any more.

`SearchService` asks one of these for its open index. Commands and tests ask for the newest and wait while it is opened.
A site follows the directory instead (`following.py`), so that no reader waits.
"""

from __future__ import annotations

from pathlib import Path
from threading import Lock
from typing import Final, Protocol

from search.errors import IndexStateError
from search.index.open_index import OpenIndex, open_index


class Indexes(Protocol):
    """Gives the open index to search now. Raises IndexStateErrors."""

    @property
    def current(self) -> OpenIndex:
        """The open index; a request asks once and keeps what it got."""

    @property
    def prepares(self) -> bool:
        """Whether what its first readers would wait for is worked out aside, so that none has to do it."""

    def close(self) -> None:
        """Let go of the open index."""


class _Closed:
    """No index any more: whoever asks for one is told."""

    prepares = False

    @property
    def current(self) -> OpenIndex:
        raise IndexStateError("this service is closed: open the index again")

    def close(self) -> None:
        pass


CLOSED: Final[Indexes] = _Closed()


class Newest:
    """The newest state: opened at the call that finds the directory changed."""

    prepares = False

    def __init__(self, path: Path, names: Path | None = None) -> None:
        self._index = open_index(path, names)
        self._lock = Lock()

    @property
    def current(self) -> OpenIndex:
        """The index as it is now; reopened if its directory changed since the last call."""
        current = self._index
        if current.current:
            return current
        with self._lock:
            if self._index is current:
                self._index = open_index(current.directory.path, current.names_path)
                current.let_go()
            return self._index

    def close(self) -> None:
        self._index.let_go()


class Fixed:
    """One open index, whatever is committed after it: for work of many requests that belong together."""

    prepares = False

    def __init__(self, index: OpenIndex) -> None:
        self.current = index

    def close(self) -> None:
        pass
