"""The paths that a user gives → the files to read → the items of each, with a count of the bytes read so far.

`indexer/commands.py` makes `Sources`, `indexer/ingestion.py` goes through the files, `indexer/workers` reads each. A
path that does not exist raises an error before anything is read. After that no file ends the run: one that cannot be
read gives a Skipped with the reason.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Final, Protocol, overload

from indexer.file_reading import FileReading
from indexer.file_state import FileState, is_still, state_of
from indexer.findings import CHANGED, EMPTY, GONE, GREW, NO_FILE
from indexer.named_paths import absolute_path, require_readable
from indexer.readers.contract import Blob, Division, Found, Item, Remark, Skipped, Within
from indexer.readers.database_logs import may_have_log
from indexer.readers.folders import Entry, Walk, is_empty, refused, section_of, shown
from indexer.readers.registry import read_blob
from indexer.reading_rules import rules_for
from search.errors import SourceError

_MOST_LOOKED_AT: Final = 50_000  # files that are not compared a second time: 20 MB
_KINDS: Final = {stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket", stat.S_IFCHR: "a device", stat.S_IFBLK: "a device"}


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read. section: the folder that it lies in, where that may name a section."""

    path: str
    section: str | None = None

    @property
    def location(self) -> str:
        """The path as a report can print it."""
        return shown(self.path)


@dataclass(frozen=True, slots=True)
class Root:
    """A file or folder that is read with all that is below it.

    follow_links   whether symbolic links that leave the archive are followed
    followed       folders below it in which they are followed, where they are not in all of it
    must_be_there  False: a folder that may not have been made yet, as that of a feed from which nothing was fetched
    home           the folder of the source that it lies in, whose folders tell its section; "": it is the source
    """

    path: str
    follow_links: bool = False
    followed: tuple[str, ...] = ()
    must_be_there: bool = True
    home: str = ""


@dataclass(frozen=True, slots=True)
class WasRead:
    """A file was read to its end; `state` is how it was. section: what its folders tell."""

    path: str
    section: str | None
    state: FileState

    def made(self) -> FileState:
        """The state, with the rules by which the file was read."""
        return self.state._replace(made=rules_for(self.section))


@dataclass(frozen=True, slots=True)
class LeftUnread:
    """A file that is as it was when it was read last: `state`, its hash left out.

    note: counts what it gives, to be called in its turn.
    """

    state: FileState
    note: Callable[[], None]

    @property
    def size(self) -> int:
        """Of the file, in bytes."""
        return self.state.size


SourceEntry = SourceFile | LeftUnread | Skipped | Remark


class UnreadFiles(Protocol):
    """Tells which files need not be read: `origins/unread.py`."""

    def unchanged(self, path: str, section: str | None) -> LeftUnread | None:
        """Return a file as unchanged, None where it has to be read. section: what its folders tell."""


class Sources:
    """Files and folders to read. `bytes_read` grows towards `size` while `items` is read.

    follow_links  of all paths that are no `Root`
    remembered    the roots are those of the index, of which one that is not there is skipped
    unread        tells what need not be read; None: all is read

    Raises SourceError for a path that does not exist, that may not be read, or whose name the manifest cannot hold.
    """

    def __init__(
        self, paths: Sequence[str | Path | Root], *, follow_links: bool = False, remembered: bool = False
    ) -> None:
        roots = [each if isinstance(each, Root) else Root(str(absolute_path(each)), follow_links) for each in paths]
        self.roots = tuple({root.path: root for root in reversed(roots)}.values())[::-1]
        self.paths = tuple(Path(root.path) for root in self.roots)
        self.remembered = remembered
        self.unread: UnreadFiles | None = None
        self._looked_at: dict[str, LeftUnread] = {}  # unchanged files that are about to come again
        self.bytes_read = 0
        if not remembered:
            for root in self.roots:
                require_readable(root.path, apart=root.must_be_there)

    @cached_property
    def size(self) -> int:
        """The size of all files in bytes; computed once, for there may be a million files."""
        return sum(size_of(file.path) for file in self._walk() if isinstance(file, SourceFile))

    def size_to_read(self, most: int) -> int:
        """The size of the files that have to be read; looks at no more of them once it is `most` or beyond."""
        size = 0
        for file in self._walk():
            if isinstance(file, SourceFile):
                unchanged = self._unchanged(file)
                if unchanged is None:
                    size += size_of(file.path)
                elif len(self._looked_at) < _MOST_LOOKED_AT:
                    self._looked_at[file.path] = unchanged
                if size >= most:
                    break
        return size

    def files(self) -> Iterator[SourceEntry]:
        """Give the files in an order that is the same every time, and why others are left out.

        Which files are unchanged is found out here, so that it does not depend on how far those before them were read.
        Raises SourceError where the folders cannot be walked any further.
        """
        for entry in self._walk():
            yield (self._unchanged(entry) or entry) if isinstance(entry, SourceFile) else entry

    def _unchanged(self, file: SourceFile) -> LeftUnread | None:
        """The file as unchanged, None where it has to be read. What was found out when sizes were added up is kept."""
        if self.unread is None:
            return None
        before = self._looked_at.pop(file.path, None)
        if before is not None and is_still(file.path, before.state):
            return before
        return self.unread.unchanged(file.path, file.section)

    def items(self) -> Iterator[Found]:
        """Give the articles of all files, and what could not be read, file after file."""
        for entry in self._walk():
            if isinstance(entry, SourceFile):
                yield from (item for item in read_file(entry, self._count) if not isinstance(item, WasRead))
            else:
                yield entry

    def _count(self, more: int) -> None:
        self.bytes_read += more

    def _walk(self) -> Iterator[SourceFile | Skipped | Remark]:
        where = ""
        try:
            walk = Walk([root.home or root.path for root in self.roots])
            for root in self.roots:
                where = root.path
                for entry in self._below(root, walk):
                    if isinstance(entry, str):
                        where = entry
                        yield SourceFile(entry, _section(root.home or root.path, entry))
                    else:
                        yield entry
        except OSError as error:  # else the caller, who is writing the index, would take it for an error of the index
            raise unreadable(shown(where), error) from error

    def _below(self, root: Root, walk: Walk) -> Iterator[Entry]:
        if os.path.isdir(root.path):
            if root.must_be_there and is_empty(root.path):
                yield Remark(EMPTY, shown(root.path))
            yield from walk.below(root.path, followed=(root.path,) if root.follow_links else root.followed)
        elif os.path.lexists(root.path) or not self.remembered:
            yield root.path
        elif root.must_be_there:
            yield Skipped(shown(root.path), GONE)


@overload
def read_file(
    file: SourceFile, count: Callable[[int], None], *, within: Within | None = None
) -> Generator[Found | WasRead, None, None]: ...


@overload
def read_file(
    file: SourceFile,
    count: Callable[[int], None],
    *,
    division: Division,
    state: FileState,
    within: Within | None = None,
) -> Generator[Item | WasRead, None, None]: ...


def read_file(
    file: SourceFile,
    count: Callable[[int], None],
    *,
    division: Division | None = None,
    state: FileState | None = None,
    within: Within | None = None,
) -> Generator[Item | WasRead, None, None]:
    """Give what is in one file, read up to the size that it had when it was opened: a log that grows would never end.

    Behind the items of a file that was read to its end comes how it was, or that it changed meanwhile. count: hears how
    many bytes more were read; in the end, of all of them, also where the reader left the rest unread. division: which
    part of it is wanted, if not all; state: how the file was when it was divided; within: is told which file inside it
    is being read. Raises SourceError where the system fails beyond what a reader can skip.
    """
    location = file.location
    try:
        try:
            status = os.stat(file.path)
            kind = stat.S_IFMT(status.st_mode)
        except OSError as error:
            yield refused(file.path, error)
            return
        if kind != stat.S_IFREG:
            yield Skipped(location, NO_FILE, _KINDS.get(kind, ""))
            return
        reading = FileReading(file.path, state or state_of(status), count)
        with closing(reading.blocks()) as blocks:  # readers may leave the rest unread, and their errors keep it open
            blob = Blob(location, blocks, file.section, path=file.path, division=division, within=within)
            yield from read_blob(blob)
        if division and not division.is_wanted:
            return
        count(reading.left)
        if reading.grew:
            yield Remark(GREW, location)
        elif state := reading.state():
            if location == file.path and not may_have_log(file.path):
                yield WasRead(file.path, file.section, state)
        elif not division and reading.may_lack_some:  # of parts it is said once: `indexer/workers/joining.py`
            yield Skipped(location, CHANGED)
    except OSError as error:
        raise unreadable(location, error) from error


def unreadable(where: str, error: OSError) -> SourceError:
    """The error that ends a run whose sources cannot be read any further."""
    return SourceError(f"{where} cannot be read ({error.strerror or error}): name other paths")


def size_of(path: str) -> int:
    """The size of a file in bytes, 0 where that cannot be known."""
    try:
        return os.stat(path).st_size
    except OSError:
        return 0


def _section(root: str, path: str) -> str | None:
    return None if path == root else _section_below(root, os.path.dirname(path))


@lru_cache(maxsize=64)  # files of one folder follow one another
def _section_below(root: str, folder: str) -> str | None:
    return section_of(os.path.relpath(folder, root).split(os.sep))
