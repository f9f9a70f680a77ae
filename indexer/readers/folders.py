"""Folders → the files in them, in an order that is the same every time. Called by `indexer/sources.py`.

Left out without a word: hidden files, what macOS puts into zips, logs of databases, which are read with these, and
index directories of Kashaf itself. A link to something within the archive adds nothing, for that is read where it
stands; only what is hidden there is read by its link. Whatever cannot be looked at is named, and the rest is read.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from indexer.readers.contract import Remark, Skipped
from indexer.readers.database_logs import is_beside_database
from indexer.readers.findings import BACKUP, CANNOT_BE_READ, CIRCLE, LEAVES, NOWHERE, OF_THE_DISK
from search.index.directory import GENERATIONS, LOCK
from search.index.manifest import FILE as MANIFEST
from search.index.source_registry import FILE as REGISTRY
from search.index.source_registry import is_within

_LOST_AND_FOUND: Final = "lost+found"
_NOTHING: Final = (errno.ENOENT, errno.ENOTDIR)

Entry = str | Skipped | Remark  # a file's path, or why something is left out


@dataclass(frozen=True, slots=True)
class _Folder:
    """A folder to look into."""

    path: str


class Walk:
    """The files of some archives, each folder once.

    archives: the paths that the user named: a link may lead anywhere within them.
    """

    def __init__(self, archives: Sequence[str]) -> None:
        self._homes = [os.path.realpath(archive) for archive in archives]
        self._followed: Sequence[str] = ()
        self._seen: set[tuple[int, int]] = set()  # folders, and files that were reached by a link

    def below(self, folder: str, *, followed: Sequence[str] = ()) -> Iterator[Entry]:
        """The files in this folder and below, and why others are left out. Folders may lie as deep as paths reach.

        followed: folders in which links that leave the archives are followed as well.
        """
        self._followed = followed
        open_folders = [self._inside(folder)]
        while open_folders:
            entry = next(open_folders[-1], None)
            if entry is None:
                open_folders.pop()
            elif isinstance(entry, _Folder):
                open_folders.append(self._inside(entry.path))
            else:
                yield entry

    def _inside(self, folder: str) -> Iterator[Entry | _Folder]:
        try:
            if not self._is_new(folder):
                return
            with os.scandir(folder) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError as error:
            yield refused(folder, error)
            return
        if _is_index({entry.name for entry in entries}):
            return
        for entry in entries:
            if not is_hidden(entry.name):
                yield from self._entry(entry)

    def _entry(self, entry: os.DirEntry[str]) -> Iterator[Entry | _Folder]:
        try:
            if entry.is_symlink():
                yield from self._link(entry.path)
            elif not entry.is_dir(follow_symlinks=False):
                yield Skipped(shown(entry.path), BACKUP) if is_backup(entry.name) else entry.path
            elif entry.name == _LOST_AND_FOUND:
                yield Remark(OF_THE_DISK, shown(entry.path))
            else:
                yield _Folder(entry.path)
        except OSError as error:
            yield refused(entry.path, error)

    def _link(self, path: str) -> Iterator[Entry | _Folder]:
        """What a link leads to, unless that is read where it stands. Raises OSError."""
        target = os.path.realpath(path, strict=True)
        home = next((home for home in self._homes if is_within(target, home)), None)
        if home is None:
            if not any(is_within(path, each) for each in self._followed):
                yield Skipped(shown(path), LEAVES, f"to {shown(target)}: --follow-links reads it")
                return
            self._homes.append(target)
        elif not any(map(is_hidden, _names_between(home, target))):
            return
        if os.path.isdir(path):
            yield _Folder(path)
        elif self._is_new(path):
            yield path

    def _is_new(self, path: str) -> bool:
        status = os.stat(path)
        identity = status.st_dev, status.st_ino
        new = identity not in self._seen
        self._seen.add(identity)
        return new


def refused(path: str, error: OSError) -> Skipped:
    """The skipped entry for what the system would not let us see."""
    if error.errno == errno.ELOOP:
        return Skipped(shown(path), CIRCLE)
    if error.errno in _NOTHING and os.path.islink(path):
        return Skipped(shown(path), NOWHERE)
    return Skipped(shown(path), CANNOT_BE_READ, error.strerror or str(error))


def shown(path: str) -> str:
    """A path as a report can print it, be it UTF-8 or not."""
    return os.fsencode(path).decode("utf-8", "replace")


def is_shown_whole(path: str) -> bool:
    """Whether a report prints the path as it is: it is UTF-8."""
    try:
        path.encode()
    except UnicodeEncodeError:  # which Python reads as half surrogates
        return False
    return True


def is_hidden(name: str) -> bool:
    """Whether a file or folder of this name is no part of an archive."""
    return name.startswith(".") or name in ("__MACOSX", "Thumbs.db", "desktop.ini") or is_beside_database(name)


def is_backup(name: str) -> bool:
    """Whether an editor or an office program left a file of this name beside another."""
    return name.endswith("~") or name.startswith("~$") or (name.startswith("#") and name.endswith("#"))


def section_of(folders: Sequence[str]) -> str | None:
    """The section that folder names tell, outermost first: the innermost that is a word, so no year and no number."""
    for name in reversed(folders):
        if any(map(str.isalpha, name)) and not any(map(str.isdigit, name)):
            return name
    return None


def is_index(folder: str) -> bool:
    """Whether this folder is an index directory of Kashaf."""
    try:
        return _is_index(set(os.listdir(folder)))
    except OSError:
        return False


def is_empty(folder: str) -> bool:
    """Whether this folder holds nothing at all, as the place of a disk that is not mounted."""
    try:
        with os.scandir(folder) as found:
            return next(found, None) is None
    except OSError:
        return False


def index_around(path: str) -> str | None:
    """The index directory of Kashaf that this path is, or in whose generations it lies; None where there is none."""
    place = os.path.realpath(path)
    for folder in (place, *map(str, Path(place).parents)):
        inside = _names_between(folder, place)
        if inside[:1] in ([], [GENERATIONS]) and _is_index(_names_of_index(folder)):
            return folder
    return None


def _names_of_index(folder: str) -> set[str]:
    return {name for name in (LOCK, REGISTRY, GENERATIONS, MANIFEST) if os.path.lexists(os.path.join(folder, name))}


def _is_index(names: set[str]) -> bool:
    """Whether a folder of these names is an index, perhaps the one that is being made: it has no manifest yet."""
    if LOCK in names and REGISTRY in names:
        return True
    return GENERATIONS in names and not names.isdisjoint((MANIFEST, LOCK))


def _names_between(folder: str, path: str) -> list[str]:
    return [name for name in path[len(folder) :].split(os.sep) if name]
