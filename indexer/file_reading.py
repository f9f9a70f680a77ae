"""A file on disk → its bytes, up to the size that it had when it was opened, and how it was all the while.

Called by `sources.py` for each file that is read.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Generator

from indexer.file_state import FileState, hash_of, look, new_hash
from indexer.findings import NO_FILE
from indexer.readers.blocks import full_blocks
from indexer.readers.bounds import BLOCK_BYTES
from indexer.readers.contract import Unreadable


class FileReading:
    """Reads one file.

    before  how the file was when it was looked at before
    left    bytes that are still to be read
    grew    whether it has more than that by now
    """

    def __init__(self, path: str, before: FileState, count: Callable[[int], None]) -> None:
        self._path = path
        self._before = before
        self._count = count
        self._hash = new_hash()
        self._shrank = False
        self.left = 0
        self.grew = False

    def blocks(self) -> Generator[bytes, None, None]:
        """Give the bytes of the file. Raises OSError, and Unreadable where the path is no regular file any more."""
        with open(self._path, "rb", buffering=0, opener=_without_waiting) as opened:
            status = os.fstat(opened.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise Unreadable(NO_FILE)
            self.left = status.st_size
            for block in full_blocks(opened, BLOCK_BYTES, most=self.left):
                self.left -= len(block)
                self._count(len(block))
                self._hash.update(block)
                yield block
            self._shrank = self.left > 0
            self.grew = not self.left and bool(opened.read(1))

    def state(self) -> FileState | None:
        """How the file was all the while; None where it changed meanwhile, or cannot be looked at any more."""
        try:
            hashed = hash_of(self._path) if self.left else self._hash.digest()  # some readers leave the rest unread
            same = look(self._path).is_as_in(self._before)
        except OSError:
            return None
        return self._before._replace(hash=hashed) if same else None

    @property
    def may_lack_some(self) -> bool:
        """Whether of a file that changed not all may have been read; one that was removed is read to its end."""
        return self._shrank or os.path.lexists(self._path)


def _without_waiting(path: str, flags: int) -> int:
    """Open a file without blocking: if a pipe has replaced it meanwhile, opening it would wait for a writer."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
