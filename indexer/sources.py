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
from typing import Final, Protocol

from indexer.file_state import FileState, hash_of, look, new_hash, state_of
from indexer.findings import GONE, GREW, NO_FILE
from indexer.readers.bounds import BLOCK_BYTES
from indexer.readers.contract import Blob, Item, Remark, Skipped, Unreadable
from indexer.readers.folders import Entry, Walk, refused, section_of, shown
from indexer.readers.registry import read_blob
from indexer.reading_rules import rules_for
from search.errors import SourceError

_KINDS: Final = {stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket", stat.S_IFCHR: "a device", stat.S_IFBLK: "a device"}


@dataclass(frozen=True, slots=True)
class Root:
    """A file or folder that is read with all that is below it.

    follow_links   whether symbolic links that leave the archive are followed
    must_be_there  False: a folder that may not have been made yet, as that of a feed from which nothing was fetched
    home           the folder of the source that it lies in, whose folders tell its section; "": it is the source
    """

    path: str
    follow_links: bool = False
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


class UnreadFiles(Protocol):
    """Tells which files need not be read: `origins/unread.py`. section: what the file's folders tell."""

    def is_unchanged(self, path: str, section: str | None) -> bool:
        """Whether it is as it was when it was read last."""

    def leave(self, path: str, section: str | None) -> bool:
        """The same, and note that the file is left unread if so."""


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
        roots = [each if isinstance(each, Root) else Root(str(_absolute(each)), follow_links) for each in paths]
        self.roots = tuple({root.path: root for root in reversed(roots)}.values())[::-1]
        self.paths = tuple(Path(root.path) for root in self.roots)
        self.follow_links = follow_links or any(root.follow_links for root in self.roots)
        self.remembered = remembered
        self.unread: UnreadFiles | None = None
        self.bytes_read = 0
        self.root = self.current = ""  # which source is being read, and which file below it
        if not remembered:
            for path in map(str, self.paths):
                _require_readable(path)

    @cached_property
    def size(self) -> int:
        """The size of all files in bytes; computed once, for there may be a million files."""
        return sum(_size(entry) for entry in self._entries() if isinstance(entry, str))

    def size_to_read(self, most: int) -> int:
        """The size of the files that have to be read; looks at no more of them once it is `most` or beyond."""
        size = 0
        try:
            for entry in self._entries():
                if isinstance(entry, str) and not (
                    self.unread and self.unread.is_unchanged(entry, self._section(entry))
                ):
                    size += _size(entry)
                    if size >= most:
                        break
        except OSError as error:
            raise self._broken_off(error) from error
        return size

    def items(self) -> Iterator[Item]:
        """Give the articles of all files, and what could not be read, file after file."""
        return (item for item in self.reading() if not isinstance(item, WasRead))

    def reading(self) -> Iterator[Item | WasRead]:
        """The same, and behind the items of a file that was read to its end how it was."""
        try:
            for entry in self._entries():
                if isinstance(entry, str):
                    if self.unread and self.unread.leave(entry, self._section(entry)):
                        self.bytes_read += _size(entry)
                    else:
                        yield from self._read(entry)
                else:
                    yield entry
        except OSError as error:
            raise self._broken_off(error) from error

    def _broken_off(self, error: OSError) -> SourceError:
        """The error of a source, which the caller, who is writing the index, would take for an error of the index."""
        return SourceError(f"{self.current or self.root} cannot be read ({error.strerror or error}): name other paths")

    def _entries(self) -> Iterator[Entry]:
        walk = Walk([root.path for root in self.roots])
        for root in self.roots:
            self.root, self.current = root.home or root.path, ""
            if os.path.isdir(root.path):
                yield from walk.below(root.path, follow_links=root.follow_links)
            elif os.path.lexists(root.path) or not self.remembered:
                yield root.path
            elif root.must_be_there:
                yield Skipped(shown(root.path), GONE)

    def _read(self, path: str) -> Iterator[Item | WasRead]:
        location = self.current = shown(path)
        try:
            status = os.stat(path)
            kind = stat.S_IFMT(status.st_mode)
        except OSError as error:
            yield refused(path, error)
            return
        if kind != stat.S_IFREG:
            yield Skipped(location, NO_FILE, _KINDS.get(kind, ""))
            return
        before, section = self.bytes_read, self._section(path)
        reading = _Reading(self, path, state_of(status))
        yield from read_blob(Blob(location, reading.blocks(), section, path=path))
        self.bytes_read = before + reading.size  # also where the reader left the rest unread
        if reading.grew:
            yield Remark(GREW, location)
        elif (state := reading.state()) and location == path:
            yield WasRead(path, section, state)

    def _section(self, path: str) -> str | None:
        return None if path == self.root else section_of(os.path.relpath(path, self.root).split(os.sep)[:-1])


class _Reading:
    """Reads one file up to the size that it had when it was opened: a log that grows would never end.

    before: how the file was when it was looked at before.
    """

    def __init__(self, sources: Sources, path: str, before: FileState) -> None:
        self._sources = sources
        self._path = path
        self._before = before
        self._hash = new_hash()
        self._left = 0
        self.size = 0
        self.grew = False

    def blocks(self) -> Iterator[bytes]:
        """Give the bytes of the file. Raises OSError, and Unreadable where the path is no regular file any more."""
        with open(self._path, "rb", buffering=0, opener=_without_waiting) as opened:
            status = os.fstat(opened.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise Unreadable(NO_FILE)
            self.size = self._left = status.st_size
            while self._left and (block := opened.read(min(self._left, BLOCK_BYTES))):
                self._left -= len(block)
                self._sources.bytes_read += len(block)
                self._hash.update(block)
                yield block
            self.grew = not self._left and bool(opened.read(1))

    def state(self) -> FileState | None:
        """How the file was all the while; None where it changed meanwhile, or cannot be looked at any more."""
        try:
            hashed = hash_of(self._path) if self._left else self._hash.digest()  # some readers leave the rest unread
            same = look(self._path).is_as_in(self._before)
        except OSError:
            return None
        return self._before._replace(hash=hashed) if same else None


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
