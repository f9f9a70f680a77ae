"""What every reader fulfils; `tests/contracts/reader.py` holds the suite that each inherits.

In comes a `Blob`, bytes with a name; out goes a stream of items: an `Article` as the file gives it (its date still as
written, its id still empty where the file has none), a `Skipped` for what could not be read, a `Remark` on what was
left out. Readers are named in `registry.py`; `indexer/cleaning/clean.py` completes their articles.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from search.article import Article

BLOCK_BYTES = 1 << 16  # read and unpacked at a time: what fits the processor's cache is fastest
LARGEST_DOCUMENT = 20_000_000  # bytes of one article in a file, its markup included
LARGEST_SPOOL = 2_000_000_000  # bytes of a zip inside another file, unpacked to a temporary file
DEEPEST = 6  # files within files: beyond it stands a trap, not an archive


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that gave no article. `reason` is one of few, for counting; `detail` is about this one."""

    place: str
    reason: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that was left out of articles that were read: what, and which."""

    text: str
    example: str


Item = Article | Skipped | Remark


@dataclass(frozen=True, slots=True)
class Blob:
    """Bytes with a name, to be read once.

    place    how the report names it: its path, continued inside archives
    blocks   its bytes; the iterator may raise `Unreadable` or OSError
    section  the folder it lies in, where that may name a section
    path     the file on disk that holds exactly these bytes, if any
    depth    in how many other files it lies
    name     what tells its format, where that is not `place`: of `news.jsonl.gz` the part without `.gz`
    """

    place: str
    blocks: Iterator[bytes]
    section: str | None = None
    path: str | None = None
    depth: int = 0
    name: str | None = None


class Unreadable(Exception):
    """The rest of a blob cannot be read. Never leaves `indexer/readers`: `registry.py` makes a Skipped of it."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail


class Reader(Protocol):
    """Reads one format. No bytes make it raise anything but `Unreadable` or OSError, and it holds at most about
    `LARGEST_DOCUMENT` bytes at a time. Items come in the order of the file."""

    def __call__(self, blob: Blob) -> Iterator[Item]: ...
