"""The contract of a reader; the suite in `tests/contracts/reader.py` tests each of them.

In: a `Blob`, which is bytes with a location. Out: a stream of items, each an `Article` as the file gives it (its date
as it is written there, its id empty where the file has none), a `Skipped` for what could not be read, or a `Remark` on
what was left out of an article. `registry.py` lists the readers; `indexer/cleaning/clean.py` completes their articles.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Protocol

from indexer.findings import Finding
from search.article import Article


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that gave no article.

    location  the file, continued inside archives, and the line or number in it
    reason    one of few findings, by which the report counts
    detail    what is wrong in this case
    """

    location: str
    reason: Finding
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that was left out of articles that were read: what it is, and one example."""

    about: Finding
    example: str


@dataclass(frozen=True, slots=True)
class PartEnds:
    """What comes next is of another part of the file than the one that is wanted; only where a file is divided."""


Found = Article | Skipped | Remark  # in a file of which all is wanted
Item = Found | PartEnds
PART_ENDS: Final = PartEnds()


@dataclass(slots=True)
class Allowance:
    """How many bytes may still be unpacked from one file on disk."""

    left: int


@dataclass(slots=True)
class Division:
    """Which part of a large file is wanted, and how far its reader has come; other processes read its other parts.

    A reader that divides its file calls `come_to` for each line or member, gives `PART_ENDS` while that is past the
    part that is wanted, whereupon another part behind it may be wanted, and passes over what is not wanted. It tells
    apart by nothing but the place, so that every process finds the same parts.

    allowance  of the file
    begin      of the part that is wanted, in bytes of the file on disk
    end        of that part; None: that of the file
    read       how many bytes of the file have been read
    place      where the last line or member began, in bytes of the file on disk; all before that is of its part
    units      how many lines or members there were
    """

    allowance: Allowance
    begin: int = 0
    end: int | None = None
    read: int = 0
    place: int = 0
    units: int = 0

    def come_to(self, place: int) -> None:
        """Another line or member begins."""
        self.place = place
        self.units += 1

    @property
    def is_past(self) -> bool:
        """Whether that is behind the part that is wanted."""
        return self.end is not None and self.place >= self.end

    @property
    def is_wanted(self) -> bool:
        """Whether that is not before the part that is wanted."""
        return self.place >= self.begin


@dataclass(slots=True)
class Within:
    """Which file inside the one on disk is being read: its location, as `Blob` has it; "" before the first."""

    location: str = ""


@dataclass(frozen=True, slots=True)
class Blob:
    """Bytes with a name, to be read once.

    location  how the report names it: its path, continued inside archives
    blocks    its bytes; the iterator may raise `Unreadable` or OSError
    section   the folder that it lies in, where that may name a section
    path      the file on disk that holds exactly these bytes, if any
    depth     how many files it is nested in
    name      the name whose suffix shows its format, where that is not `location`: `news.jsonl` of `news.jsonl.gz`
    allowance what may be unpacked from the file on disk; None until something is
    division  which part of the file on disk is wanted; None: all of it
    within    told by readers of archives which file they have come to; None: nobody asks
    """

    location: str
    blocks: Iterator[bytes]
    section: str | None = None
    path: str | None = None
    depth: int = 0
    name: str | None = None
    allowance: Allowance | None = None
    division: Division | None = None
    within: Within | None = None


class Unreadable(Exception):
    """The rest of a blob cannot be read. `registry.py` catches it and gives a Skipped in its place."""

    def __init__(self, reason: Finding, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail


class Reader(Protocol):
    """Reads one format and gives its items in the order of the file.

    Whatever the bytes are, it raises nothing but `Unreadable` and OSError. It holds at most about `LARGEST_DOCUMENT`
    bytes in memory.
    """

    def __call__(self, blob: Blob) -> Iterator[Item]: ...
