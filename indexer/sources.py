"""The paths that a user gives → one stream of items, with a count of the bytes read so far.

Called by `indexer/commands.py` and `indexer/build.py`. A path that does not exist raises an error before anything is
read. After that no file ends the run: one that cannot be read gives a Skipped with the reason.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from indexer.findings import GONE, GREW, NO_FILE
from indexer.readers.bounds import BLOCK_BYTES
from indexer.readers.contract import Blob, Item, Remark, Skipped, Unreadable
from indexer.readers.folders import Entry, Walk, refused, section_of, shown
from indexer.readers.registry import read_blob
from search.errors import SourceError

_KINDS: Final = {stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket", stat.S_IFCHR: "a device", stat.S_IFBLK: "a device"}


@dataclass(frozen=True, slots=True)
class Root:
    """A file or folder that is read with all that is below it.

    follow_links   whether symbolic links that leave the archive are followed
    must_be_there  False: a folder that may not have been made yet, as that of a feed from which nothing was fetched
    """

    path: str
    follow_links: bool = False
    must_be_there: bool = True


class Sources:
    """Files and folders to read. `bytes_read` grows towards `size` while `items` is read.

    follow_links  of all paths that are no `Root`
    remembered    the roots are those of the index, of which one that is not there is skipped

    Raises SourceError for a path that does not exist, that may not be read, or whose name the manifest cannot hold.
    """

    def __init__(
        self, paths: Sequence[str | Path | Root], *, follow_links: bool = False, remembered: bool = False
    ) -> None:
        roots = [each if isinstance(each, Root) else Root(str(_absolute(each)), follow_links) for each in paths]
        self.roots = tuple({root.path: root for root in reversed(roots)}.values())[::-1]
        self.paths = tuple(Path(root.path) for root in self.roots)
        self.follow_links = follow_links or any(root.follow_links for root in self.roots)
        self.remembered = remembered
        self.bytes_read = 0
        self.root = self.current = ""  # which of `paths` is being read, and which file below it
        if not remembered:
            for path in map(str, self.paths):
                _require_readable(path)

    @cached_property
    def size(self) -> int:
        """The size of all files in bytes; computed once, for there may be a million files."""
        return sum(_size(entry) for entry in self._entries() if isinstance(entry, str))

    def items(self) -> Iterator[Item]:
        """Give the articles of all files, and what could not be read, file after file."""
        try:
            for entry in self._entries():
                if isinstance(entry, str):
                    yield from self._read(entry)
                else:
                    yield entry
        except OSError as error:  # else the caller, who is writing the index, would take it for an error of the index
            where = self.current or self.root
            raise SourceError(f"{where} cannot be read ({error.strerror or error}): name other paths") from error

    def _entries(self) -> Iterator[Entry]:
        walk = Walk([root.path for root in self.roots])
        for root in self.roots:
            self.root, self.current = root.path, ""
            if os.path.isdir(root.path):
                yield from walk.below(root.path, follow_links=root.follow_links)
            elif os.path.lexists(root.path) or not self.remembered:
                yield root.path
            elif root.must_be_there:
                yield Skipped(shown(root.path), GONE)

    def _read(self, path: str) -> Iterator[Item]:
        location = self.current = shown(path)
        try:
            kind = stat.S_IFMT(os.stat(path).st_mode)
        except OSError as error:
            yield refused(path, error)
            return
        if kind != stat.S_IFREG:
            yield Skipped(location, NO_FILE, _KINDS.get(kind, ""))
            return
        before = self.bytes_read
        reading = _Reading(self, path)
        yield from read_blob(Blob(location, reading.blocks(), self._section(path), path=path))
        self.bytes_read = before + reading.size  # also where the reader left the rest unread
        if reading.grew:
            yield Remark(GREW, location)

    def _section(self, path: str) -> str | None:
        return None if path == self.root else section_of(os.path.relpath(path, self.root).split(os.sep)[:-1])


class _Reading:
    """Reads one file up to the size that it had when it was opened: a log that grows would never end."""

    def __init__(self, sources: Sources, path: str) -> None:
        self._sources = sources
        self._path = path
        self.size = 0
        self.grew = False

    def blocks(self) -> Iterator[bytes]:
        """Give the bytes of the file. Raises OSError, and Unreadable where the path is no regular file any more."""
        with open(self._path, "rb", buffering=0, opener=_without_waiting) as opened:
            status = os.fstat(opened.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise Unreadable(NO_FILE)
            self.size = left = status.st_size
            while left and (block := opened.read(min(left, BLOCK_BYTES))):
                left -= len(block)
                self._sources.bytes_read += len(block)
                yield block
            self.grew = not left and bool(opened.read(1))


def _without_waiting(path: str, flags: int) -> int:
    """Open a file without blocking: if a pipe has replaced it meanwhile, opening it would wait for a writer."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _absolute(path: str | Path) -> Path:
    if not str(path):
        raise SourceError("an empty path ('') names nothing: is a variable unset? Write . for the folder you are in")
    try:
        return Path(os.path.abspath(path))
    except OSError as error:
        raise SourceError(f"the folder that {path} is below is gone: change to another") from error


def _require_readable(path: str) -> None:
    """Raise SourceError where there is nothing at this path that could be read."""
    if shown(path) != path:
        raise SourceError(f"the name {shown(path)} is not UTF-8: rename it")
    try:
        os.stat(path)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise SourceError(f"no such file or folder: {path}") from error
    except OSError as error:
        raise SourceError(f"{path} cannot be read ({error.strerror}): check its permissions or its links") from error


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size
    except OSError:
        return 0
