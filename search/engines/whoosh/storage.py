"""Whoosh's file storage with three changes: commits are synced to disk, failed commits removed, segments memory-mapped.

Whoosh itself does not sync what it commits, leaves files open when the disk is full, and copies every file of a segment
into memory when it opens it. Its exceptions become the errors of `search/errors.py` here. Called by the other modules
of this folder.
"""

from __future__ import annotations

import errno
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from search.engines.whoosh.library import BufferFile, CompoundStorage, FileStorage, StructFile
from search.errors import EngineError, IndexDamaged, IndexForbidden, KashafError
from search.storage.free_space import storage_full
from search.storage.permissions import refusal, unwritable


class Storage(FileStorage):  # type: ignore[misc]
    """Whoosh's storage in a folder, with a list of its open files, which syncs written files to disk at a commit."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))
        self._opened: list[StructFile] = []
        self._written: set[str] = set()
        self._below: list[Storage] = []

    def create_file(self, name: str, *args: Any, **kwargs: Any) -> StructFile:
        """The same as in Whoosh; the file is added to the list of open files."""
        self._written.add(name)
        return self._remember(super().create_file(name, *args, **kwargs))

    def open_file(self, name: str, *args: Any, **kwargs: Any) -> StructFile:
        """The same as in Whoosh; the file is added to the list of open files."""
        return self._remember(super().open_file(name, *args, **kwargs))

    def temp_storage(self, name: str | None = None) -> Storage:
        """Whoosh's folder for temporary files, as a storage of this class."""
        below: Storage = Storage(Path(self.folder) / (name or "temporary.tmp")).create()
        self._below.append(below)
        return below

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """Rename the table of contents, which commits, after all files that it names were synced to disk."""
        for name in self._written:
            with suppress(FileNotFoundError):
                _sync(Path(self.folder) / name)
        super().rename_file(oldname, newname, safe=safe)
        self._written.clear()
        if os.name == "posix":
            _sync(Path(self.folder), flags=os.O_RDONLY)

    def discard(self) -> None:
        """Close and remove all files that were written since the last commit, even if the disk is full."""
        below = list(self._below)
        self.close_files()
        for each in below:
            with suppress(OSError):
                each.destroy()
        for name in self._written:
            with suppress(OSError):
                self.delete_file(name)
        self._written.clear()

    def close_files(self) -> None:
        """Close all open files, also of temporary storages. A full disk may refuse their buffers, which is ignored."""
        for below in self._below:
            below.close_files()
        for opened in self._opened:
            if not opened.is_closed:
                with suppress(OSError):
                    opened.close()
                opened.is_closed = True
        self._opened.clear()
        self._below.clear()

    def _remember(self, file: StructFile) -> StructFile:
        self._opened = [opened for opened in self._opened if not opened.is_closed]
        self._opened.append(file)
        return file


class SegmentFiles(CompoundStorage):  # type: ignore[misc]
    """The files of one segment, which Whoosh packs into one: mapped into memory, never copied.

    The map stays readable after a later commit has removed the file's name.
    """

    def open_file(self, name: str, *args: Any, **kwargs: Any) -> BufferFile:
        """Open one of the packed files within the memory map."""
        offset, length = self.range(name)
        return _MappedFile(memoryview(self._source)[offset : offset + length], name)


class _MappedFile(BufferFile):  # type: ignore[misc]
    """Whoosh's file over a buffer, without its copy of the buffer. `get…` are safe from several threads."""

    def __init__(self, buffer: memoryview, name: str) -> None:
        self._buf = buffer
        self._name = name
        self.file = io.BufferedReader(_View(buffer))
        self.onclose = None
        self.is_real = False
        self.is_closed = False


class _View(io.RawIOBase):
    """A buffer as a stream; Whoosh reads the headers of its files so."""

    def __init__(self, buffer: memoryview) -> None:
        self._buffer = buffer
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: len(self._buffer)}[whence]
        self._at = max(0, base + offset)
        return self._at

    def readinto(self, target: Any) -> int:
        piece = self._buffer[self._at : self._at + len(target)]
        target[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)


@contextmanager
def reading(folder: Path) -> Iterator[None]:
    """Turn exceptions of Whoosh while it reads files into IndexDamaged.

    Damaged bytes make it raise nearly anything (Exception for a bad block, KeyError, struct.error, UnpicklingError …),
    so every exception is caught.
    """
    try:
        yield
    except KashafError:
        raise
    except Exception as error:
        remedy = "kashaf verify says which, kashaf reindex makes them anew"
        raise IndexDamaged(f"index files in {folder} cannot be read ({error!r}): {remedy}") from error


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Turn exceptions of Whoosh while it writes into StorageFull, IndexForbidden or EngineError."""
    try:
        yield
    except KashafError:
        raise
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise IndexForbidden(unwritable((folder, *folder.iterdir())) or refusal(folder)) from error
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise storage_full(f"the index in {folder}", folder) from error
        raise EngineError(f"Whoosh cannot write in {folder}: {error}") from error
    except Exception as error:
        raise EngineError(f"Whoosh refused in {folder}: {error!r}") from error


def _sync(path: Path, *, flags: int = os.O_RDWR) -> None:
    handle = os.open(path, flags | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
