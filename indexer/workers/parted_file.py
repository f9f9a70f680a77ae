"""A large file of which a process reads some parts: opened once, its parts read one behind another.

`preparing.py` opens one, in a worker process. In: the parts that are wanted. Out: what is in each, and how it ended.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from typing import NamedTuple

from indexer.file_state import FileState, look
from indexer.readers.contract import Division, Found, Item, PartEnds, Skipped, Within
from indexer.readers.dividing import Units
from indexer.readers.unpacking import allowance_of
from indexer.sources import SourceFile, WasRead, read_file
from indexer.workers.prepared import PartRead


class Part(NamedTuple):
    """A part of a file: the lines or members that begin in it.

    begin     where in the file on disk, in bytes
    end       where it ends; None: it reaches to the end of the file
    state     of the file when it was divided
    units     of the file
    unpacked  bytes that the parts before it unpack to; None: that is not known yet
    """

    begin: int
    end: int | None
    state: FileState
    units: Units
    unpacked: int | None


class PartedFile:
    """Gives the parts of one file, in their order. within: which file inside it is being read."""

    def __init__(self, file: SourceFile, first: Part) -> None:
        self.within = Within()
        self._file = file
        self._state = first.state
        self._division = Division(allowance_of(first.state.size))
        self._division.allowance.left -= first.unpacked or 0
        self._items: Generator[Item | WasRead, None, None] = read_file(
            file, self._count, division=self._division, state=first.state, within=self.within
        )
        self._hear: Callable[[int], None] = lambda more: None
        self._unpacked_before = 0
        self._done = 0  # where the last part ended
        self._ends, self._unchanged = False, True
        self._before: Skipped | None = None  # why the file ended before a part that was wanted

    def is_before(self, file: SourceFile, part: Part) -> bool:
        """Whether this is the file of the part, and has not come beyond it."""
        return file == self._file and part.state == self._state and part.begin >= self._done and not part.unpacked

    def close(self) -> None:
        """Read no more of it."""
        self._items.close()

    @property
    def read(self) -> PartRead:
        """How far the part has been read."""
        unpacked = self._unpacked_before - self._division.allowance.left
        return PartRead(unpacked, ends_file=self._ends, unchanged=self._unchanged, ended_before=self._before)

    def items(self, part: Part, count: Callable[[int], None]) -> Iterator[Found | WasRead]:
        """Give what is in a part. count: hears how many bytes of the file were read for it."""
        self._hear = count
        self._division.begin, self._division.end = part.begin, part.end
        self._unpacked_before = self._division.allowance.left
        self._ends, self._unchanged = False, True
        for item in self._items:
            if isinstance(item, PartEnds):
                break
            if self._division.is_wanted:
                yield item
            elif isinstance(item, Skipped):  # not what is in it, which is passed over
                self._before = item
        else:
            self._ends = self._division.is_wanted
        self._done = part.begin + 1 if part.end is None else part.end
        self._unchanged = self._is_unchanged()

    def _count(self, more: int) -> None:
        self._division.read += more
        if self._division.is_wanted:
            self._hear(more)

    def _is_unchanged(self) -> bool:
        """Whether the file is as it was when it was divided."""
        try:
            return look(self._file.path).is_as_in(self._state)
        except OSError:
            return False
