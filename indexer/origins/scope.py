"""Which files a run can judge: those below the paths that it was given, unless they could not be seen.

A file that is gone counts as removed. One that could not be read, or lies in a folder that could not be entered or
that is there and empty, as where a disk is not mounted, does not: what it held may be there still. But the files of an
empty folder below a source were removed if it changed since they were read: the place of a disk stays as it was.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from indexer.sources import Sources
from search.analysis.weak_methods import weakly
from search.index.source_places import SourcePlaces, place_of
from search.index.source_registry import Registry, is_within

_REMEMBERED: Final = 10_000


class Scope:
    """The files below these paths.

    abandoned  paths of sources that were removed: what lies there has vanished, though the files may be there
    kept       of a file there, whether a source that is read holds it
    """

    def __init__(
        self,
        table: sqlite3.Connection,
        paths: Sequence[str],
        *,
        abandoned: Sequence[str] = (),
        kept: Callable[[str], bool] = lambda _: True,
    ) -> None:
        self._table = table
        self._paths = tuple(path.rstrip(os.sep) for path in paths)
        self._abandoned = tuple(path.rstrip(os.sep) for path in abandoned)
        self._kept = kept
        self._emptied = lru_cache(_REMEMBERED)(weakly(self._when_emptied))

    def holds(self, path: str) -> bool:
        """Whether a file lies below these paths, or is abandoned."""
        return _is_below(path, self._paths) or self.is_abandoned(path)

    def is_abandoned(self, path: str) -> bool:
        """Whether a file belongs to a source that was removed, and to no other."""
        return _is_below(path, self._abandoned) and not self._kept(path)

    def was_read(self, file: int) -> bool:
        """Whether the file is there and gives what its entries say."""
        return self._table.execute("select 1 from read where file = ?", (file,)).fetchone() is not None

    def is_doubtful(self, path: str) -> bool:
        """Whether what is not seen of this file may be there all the same."""
        if self.is_abandoned(path):
            return False
        for place in (path, *_folders(path)):
            if self._table.execute("select 1 from doubtful where path = ?", (place,)).fetchone():
                return True
        return not os.path.lexists(path) and self._may_come_back(path)

    def _may_come_back(self, path: str) -> bool:
        """Whether a file that is gone lay in a folder that is empty, and that nobody emptied since it was read."""
        emptied = self._emptied(os.path.dirname(path))
        if emptied is None:
            return False
        query = (
            "select looked, exists (select 1 from entries e where e.file = f.id) from files f "
            "left join states s on s.file = f.id where path = ?"
        )
        looked, is_given = self._table.execute(query, (path,)).fetchone() or (None, True)
        return bool(is_given) and (looked is None or emptied <= looked)

    def _when_emptied(self, folder: str) -> int | None:
        """When the innermost folder that is there changed, in nanoseconds, where it holds nothing; 0 where that is not
        told: of a folder that may not be looked into, and of a source. None of a folder that holds something.
        """
        while not os.path.isdir(folder) and os.path.dirname(folder) != folder:
            folder = os.path.dirname(folder)
        try:
            with os.scandir(folder) as entries:
                if next(entries, None) is not None:
                    return None
            return 0 if folder in self._paths else os.stat(folder).st_mtime_ns
        except OSError:
            return 0

    def vanished(self) -> Iterator[tuple[int, str]]:
        """Number and path of the files that were read earlier and surely give nothing any more."""
        query = (
            "select id, path from files where (path = ? or path > ? and path < ?) and id not in (select file from read)"
        )
        for path in dict.fromkeys((*self._paths, *self._abandoned)):
            below = path + os.sep
            for file, found in self._table.execute(query, (path, below, path + chr(ord(os.sep) + 1))):
                if self.holds(found) and not self.is_doubtful(found):
                    yield file, found

    def is_there(self, file: int) -> bool:
        """Whether the file of an entry gives it: it was read just now, or cannot be judged and has not gone."""
        if self.was_read(file):
            return True
        (path,) = self._table.execute("select path from files where id = ?", (file,)).fetchone()
        return not self.is_abandoned(path) and (self.holds(path) or os.path.lexists(path))


def scope_of(table: sqlite3.Connection, sources: Sources, registry: Registry, index: Path) -> Scope:
    """The scope of a run: a run of all remembered sources judges those that were removed, too."""
    paths = [root.path for root in sources.roots]
    if not sources.remembered:
        return Scope(table, paths)
    removed = [place_of(source, index) for source in registry.sources if source.state == "removed"]
    read = SourcePlaces(registry.read, index)
    return Scope(table, paths, abandoned=removed, kept=lambda path: read.holding(path) is not None)


def _is_below(path: str, folders: Sequence[str]) -> bool:
    return any(is_within(path, each) for each in folders)


def _folders(path: str) -> Iterator[str]:
    while (above := os.path.dirname(path)) != path:
        path = above
        yield path
