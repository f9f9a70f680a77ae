"""What a file is like: its size, its times and the hash of its bytes, and by what rules it was read.

In: a path, or the status that the system gives of it. Out: its state. `sources.py` makes the states of the files that
it reads, `origins/unread.py` compares them.
"""

from __future__ import annotations

import hashlib
import os
import time
from typing import Final, NamedTuple

from indexer.readers.bounds import BLOCK_BYTES

_HASH_BYTES: Final = 16
# A file that was changed so shortly before it was looked at may have been changed again, at the same time as its file
# system counts: the times of some count in steps of two seconds.
_TOO_NEAR: Final = 2_000_000_000


class FileState(NamedTuple):
    """A file when it was read. Times are nanoseconds since 1970.

    modified  when its bytes were changed
    changed   when its bytes, its name or its rights were changed
    looked    when it was looked at, before it was opened
    hash      of its bytes
    made      what read it: see `reading_rules.py`; 0 until that is known
    """

    size: int
    modified: int
    changed: int
    looked: int
    hash: bytes = b""
    made: int = 0

    @property
    def is_certain(self) -> bool:
        """Whether a later change would show in the times."""
        return max(self.modified, self.changed) + _TOO_NEAR < self.looked

    def is_as_in(self, other: FileState) -> bool:
        """Whether the size and the times are those of the other state."""
        return self[:3] == other[:3]


def look(path: str) -> FileState:
    """The state of a file without its hash. Raises OSError."""
    return state_of(os.stat(path))


def is_still(path: str, state: FileState) -> bool:
    """Whether a file surely is as it was a moment ago, by its size and its times."""
    try:
        return state.is_certain and look(path).is_as_in(state)
    except OSError:
        return False


def state_of(status: os.stat_result) -> FileState:
    """The state of a file that has this status now, without its hash."""
    return FileState(status.st_size, status.st_mtime_ns, status.st_ctime_ns, time.time_ns())


def new_hash() -> hashlib.blake2b:
    """A hash that takes bytes by `update`."""
    return hashlib.blake2b(digest_size=_HASH_BYTES)


def hash_of(path: str) -> bytes:
    """The hash of the bytes of a file. Raises OSError."""
    hashed = new_hash()
    with open(path, "rb", buffering=0) as file:
        while block := file.read(BLOCK_BYTES):
            hashed.update(block)
    return hashed.digest()
