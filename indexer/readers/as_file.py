"""A blob as a file, for the libraries that want one. Called by the readers.

`as_stream` can be read once from front to back and holds a block; `as_seekable` is the file on disk itself, else a
temporary copy, on disk when large.
"""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from typing import IO, Any

from indexer.readers.bounds import LARGEST_DOCUMENT, LARGEST_SPOOL
from indexer.readers.contract import Blob, Unreadable
from indexer.readers.findings import LARGE_WITHIN, NO_ROOM, TOO_LARGE
from search.storage.temporary_folders import temporary_folder

_KEPT_IN_MEMORY = 8_000_000


class _Stream(io.RawIOBase):
    def __init__(self, blocks: Iterator[bytes]) -> None:
        self._blocks = blocks
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._rest:
            block = next(self._blocks, None)
            if block is None:
                return 0
            self._rest = block
        given = self._rest[: len(buffer)]
        buffer[: len(given)] = given
        self._rest = self._rest[len(given) :]
        return len(given)


def as_stream(blocks: Iterator[bytes]) -> io.BufferedReader:
    """The blocks as a file that is read from front to back. Reading raises what the blocks raise."""
    return io.BufferedReader(_Stream(blocks), 1 << 16)


def begin(blocks: Iterator[bytes], size: int) -> tuple[bytes, Iterator[bytes]]:
    """At least so many first bytes, where there are as many, and the blocks as if nothing had been read.

    Raises what the blocks raise where nothing can be read; later errors come when what stands before has been read.
    """
    begun: list[bytes] = []
    try:
        while sum(map(len, begun)) < size and (block := next(blocks, None)) is not None:
            begun.append(block)
    except (Unreadable, OSError) as error:
        if not any(begun):
            raise
        blocks = _raising(error)
    return b"".join(begun), chain(begun, blocks)


def _raising(error: Exception) -> Iterator[bytes]:
    raise error
    yield b""


def whole(blocks: Iterator[bytes]) -> bytes:
    """All bytes of these blocks. Raises Unreadable where there are more than an article may have."""
    parts, size = [], 0
    for block in blocks:
        parts.append(block)
        size += len(block)
        if size > LARGEST_DOCUMENT:
            raise Unreadable(TOO_LARGE)
    return b"".join(parts)


@contextmanager
def as_seekable(blob: Blob, what: str) -> Iterator[IO[bytes]]:
    """The blob as a file with any position. `what` it is («a zip») is named where a copy of it has no room."""
    if blob.path is not None:
        with open(blob.path, "rb") as file:
            yield file
        return
    with tempfile.SpooledTemporaryFile(_KEPT_IN_MEMORY) as spool:
        _copy(blob, spool, what)
        spool.seek(0)
        yield spool


@contextmanager
def as_path(blob: Blob, what: str) -> Iterator[str]:
    """The path of the blob on the disk, be it that of a temporary copy. `what` it is: as for `as_seekable`."""
    if blob.path is not None:
        yield blob.path
        return
    with temporary_folder() as folder:
        path = folder / "copy"
        with path.open("wb") as copy:
            _copy(blob, copy, what)
        yield str(path)


def _copy(blob: Blob, file: IO[bytes], what: str) -> None:
    for block in blob.blocks:
        _spool(file, block, what)
        if file.tell() > LARGEST_SPOOL:
            raise Unreadable(LARGE_WITHIN.of(what))


def _spool(file: IO[bytes], block: bytes, what: str) -> None:
    try:
        file.write(block)
    except OSError as error:
        detail = f"{os.path.realpath(tempfile.gettempdir())}: {error.strerror or error}"
        raise Unreadable(NO_ROOM.of(f"{what} within another file"), detail) from error
