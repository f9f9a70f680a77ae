"""Which files a run can judge: those below the paths that it was given, unless they could not be seen.

A file that is gone counts as removed. One that could not be read, or lies in a folder that could not be entered or
that is there and empty, as where a disk is not mounted, does not: what it held may be there still.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

_REMEMBERED: Final = 10_000


class Scope:
    """The files below these paths."""

    def __init__(self, table: sqlite3.Connection, paths: Sequence[str]) -> None:
        self._table = table
        self._paths = tuple(path.rstrip(os.sep) for path in paths)
        self._is_empty = lru_cache(_REMEMBERED)(_is_empty)

    def holds(self, path: str) -> bool:
        """Whether a file lies below these paths."""
        return any(path == each or path.startswith(each + os.sep) for each in self._paths)

    def is_doubtful(self, path: str) -> bool:
        """Whether what is not seen of this file may be there all the same."""
        for place in (path, *_folders(path)):
            if self._table.execute("select 1 from doubtful where path = ?", (place,)).fetchone():
                return True
        return not os.path.lexists(path) and self._is_empty(os.path.dirname(path))

    def vanished(self) -> Iterator[tuple[int, str]]:
        """Number and path of the files that were read earlier and surely give nothing any more."""
        query = (
            "select id, path from files where (path = ? or path > ? and path < ?) and id not in (select file from read)"
        )
        for path in self._paths:
            below = path + os.sep
            for file, found in self._table.execute(query, (path, below, path + chr(ord(os.sep) + 1))):
                if not self.is_doubtful(found):
                    yield file, found

    def is_there(self, file: int) -> bool:
        """Whether the file of an entry gives it: it was read just now, or cannot be judged and has not gone."""
        if self._table.execute("select 1 from read where file = ?", (file,)).fetchone():
            return True
        (path,) = self._table.execute("select path from files where id = ?", (file,)).fetchone()
        return self.holds(path) or os.path.lexists(path)


def _folders(path: str) -> Iterator[str]:
    while (above := os.path.dirname(path)) != path:
        path = above
        yield path


def _is_empty(folder: str) -> bool:
    """Whether the innermost folder that is there holds nothing, or may not be looked into."""
    while not os.path.isdir(folder) and os.path.dirname(folder) != folder:
        folder = os.path.dirname(folder)
    try:
        with os.scandir(folder) as entries:
            return next(entries, None) is None
    except OSError:
        return True
