"""The batches of the parts of a file, which processes read apart → the same as of the whole file.

Called by `pool.py` for each batch of a part, in their order. A process that reads a part does not know how many
articles are before it, which remarks were made, how much was unpacked, and whether the file ended early. Nor does it
know what other processes found of a file that was removed, shortened or replaced meanwhile: that is said here, once.
"""

from __future__ import annotations

from dataclasses import replace

import msgspec

from indexer.findings import CHANGED, GREW, Rejected
from indexer.readers.contract import Remark, Skipped
from indexer.readers.dividing import Units
from indexer.readers.rows import ROW_REMARKS, Remarked
from indexer.readers.unpacking import allowance_of
from indexer.sources import WasRead
from indexer.workers.parted_file import Part
from indexer.workers.prepared import Batch, Noticed, Prepared, Read, RepairsMade
from indexer.workers.preparing import FilePart


class Joining:
    """Joins the parts of one file after another."""

    def __init__(self) -> None:
        self._begin_file("")

    def _begin_file(self, path: str) -> None:
        self._path = path
        self._begin = 0  # where the last part began
        self._articles = 0  # in the parts before
        self._in_part = 0
        self._unpacked = 0  # bytes, by the parts before
        self._remarked = Remarked()
        self._unchanged = True
        self._unread: Skipped | None = None  # why a part was not read, of a file that is as it was
        self._ended = False

    def rest_unpacking_too_much(self, file: FilePart, batch: Batch) -> FilePart | None:
        """The rest of the file from this part on, to be read by one process, where the batch unpacked more than the
        file may, which its process could not know. None where it did not.
        """
        part = file.part
        if part is None or part.unpacked is not None or part.units is Units.LINES or self._ended:
            return None  # who reads lines unpacks all of the file
        if self._unpacked + (batch.part.unpacked if batch.part else 0) <= allowance_of(part.state.size).left:
            return None
        return replace(file, part=part._replace(end=None, unpacked=self._unpacked))

    def joined(self, file: FilePart, batch: Batch) -> Batch:
        """Return the batch as it is in the whole file; empty where the file had ended before."""
        part = file.part
        assert part is not None
        if file.file.path != self._path or part.begin < self._begin:  # a file that two sources name is read twice
            self._begin_file(file.file.path)
        self._begin = part.begin
        if self._ended or batch.part is None:
            return batch._replace(read=[], bytes=0)
        self._unchanged &= batch.part.unchanged
        self._unread = self._unread or batch.part.ended_before
        read = [kept for each in batch.read if (kept := self._kept(each, part)) is not None]
        if batch.whole:
            self._articles += self._in_part
            self._in_part = 0
            self._unpacked += batch.part.unpacked
            self._ended = batch.part.ends_file or part.end is None
            if self._ended and (said := self._not_whole(file.file.location)):
                read.append(said)
        return batch._replace(read=read)

    def _not_whole(self, location: str) -> Skipped | None:
        """Why the parts are not all of one file; None where they are."""
        return self._unread if self._unchanged else Skipped(location, CHANGED)

    def _kept(self, read: Read, part: Part) -> Read | None:
        """What was read, as it is in the whole file; None where it is not in it."""
        if isinstance(read, Prepared | Rejected):
            self._in_part = max(self._in_part, read.place)
        if isinstance(read, Prepared):
            return msgspec.structs.replace(read, place=read.place + self._articles) if self._articles else read
        if isinstance(read, Rejected | Noticed | RepairsMade):
            return read._replace(place=read.place + self._articles)
        if isinstance(read, WasRead):
            return read if self._unchanged and not self._unread else None
        if isinstance(read, Remark) and read.about == GREW:
            return None  # more than that is said of a file that changed
        if isinstance(read, Remark) and read.about in ROW_REMARKS and part.units is Units.LINES:
            return read if self._remarked.is_news(read.about, read.example) else None
        return read
