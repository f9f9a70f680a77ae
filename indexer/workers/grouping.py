"""Files of the sources → groups, each of which one process reads: small files together, a large one part by part.

In: what `indexer/sources.py` finds. Out: groups of files and parts of files, and batches of what is said in place of
files, in their order. Called by `pool.py`. What is in a group depends on nothing but the files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Final

from indexer.file_state import look
from indexer.readers.dividing import units_of
from indexer.sources import LeftUnread, SourceEntry, SourceFile, size_of
from indexer.workers.parted_file import Part
from indexer.workers.prepared import Batch, Begins
from indexer.workers.preparing import FilePart
from indexer.workers.processes import Group
from search.errors import SourceError

GROUP_BYTES: Final = 1_000_000  # of files that are read together, and of a part of a larger one
_GROUP_FILES: Final = 256


class Groups:
    """The groups of files, one after another; what ends the walk is raised when all before it was taken."""

    def __init__(self, entries: Iterable[SourceEntry]) -> None:
        self._groups = _divided(grouped(entries))
        self._failure: SourceError | None = None

    def next(self) -> Group | Batch | None:
        """Return the next group, or what is said instead of files; None where there is none."""
        try:
            return next(self._groups, None)
        except SourceError as error:
            self._failure = error
            return None

    def raise_failure(self) -> None:
        """Raise what ended the walk, if anything did."""
        if self._failure:
            raise self._failure


def grouped(entries: Iterable[SourceEntry]) -> Iterator[Group | Batch]:
    """Divide files into groups: a large one alone, small ones together; what is said instead of files is a batch.

    An error of the walk comes after what was found before it.
    """
    files, told = Group([], 0), Batch([Begins("")], 0, 0, True)
    iterator = iter(entries)
    failure: SourceError | None = None
    while True:
        try:
            entry = next(iterator, None)
        except SourceError as error:
            entry, failure = None, error
        is_file = isinstance(entry, SourceFile)
        size = size_of(entry.path) if isinstance(entry, SourceFile) else 0
        if files.entries and (not is_file or files.size + size > GROUP_BYTES or len(files.entries) >= _GROUP_FILES):
            yield files
            files = Group([], 0)
        if len(told.read) > 1 and (entry is None or is_file or len(told.read) > _GROUP_FILES):
            yield told
            told = Batch([Begins("")], 0, 0, True)
        if entry is None:
            break
        if isinstance(entry, SourceFile):
            files.entries.append(FilePart(entry))
            files.size += size
        else:
            told.read.append(entry)
            told = told._replace(bytes=told.bytes + (entry.size if isinstance(entry, LeftUnread) else 0))
    if failure:
        raise failure


def _divided(groups: Iterator[Group | Batch]) -> Iterator[Group | Batch]:
    """The same groups; a large file whose reader divides it in several."""
    for group in groups:
        if isinstance(group, Batch) or group.size < 2 * GROUP_BYTES:
            yield group
        else:
            yield from _parts(group) or [group]


def _parts(group: Group) -> list[Group]:
    """A group for each part of a large file; none where it must be read as a whole."""
    file = group.entries[0].file
    with suppress(OSError):
        if len(group.entries) == 1 and (units := units_of(file.path)):
            state = look(file.path)
            begins = range(0, max(state.size - GROUP_BYTES, 1), GROUP_BYTES)
            ends = [*begins[1:], None]
            if len(ends) == 1:
                return []
            return [
                Group(
                    [FilePart(file, part=Part(begin, end, state, units, None if begin else 0))],
                    (end or state.size) - begin,
                )
                for begin, end in zip(begins, ends, strict=True)
            ]
    return []
