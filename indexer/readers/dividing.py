"""Which large files several processes may read at once, each its parts of it, and of what units these consist.

In: the path of a file. Out: its units; None where one process must read it as a whole. Called by
`indexer/workers/grouping.py`. Each process unpacks all of a file of lines and passes over those that are not wanted,
which costs a fiftieth of what is done with them; so files that are slow to unpack are not divided.
"""

from __future__ import annotations

from enum import Enum

from indexer.readers import zipped
from indexer.readers.as_file import begin
from indexer.readers.blocks import full_blocks
from indexer.readers.bounds import BLOCK_BYTES
from indexer.readers.contract import Unreadable
from indexer.readers.packings import PACKINGS, name_within
from indexer.readers.registry import HEAD, reads_lines


class Units(Enum):
    """What the reader of a file tells it apart into."""

    LINES = "lines"
    MEMBERS = "members"


def units_of(path: str) -> Units | None:
    """The units of a file, by how it begins."""
    try:
        with open(path, "rb", buffering=0) as file:
            head, blocks = begin(full_blocks(file, BLOCK_BYTES), 1)
            packing = next((each for each in PACKINGS if each.begins(head)), None)
            if packing is None:
                return _units(path, head)
            if not packing.quick:
                return None
            units = _units(name_within(packing, path), begin(packing.unpack(blocks), HEAD)[0])
            return units if units is Units.LINES else None
    except (OSError, Unreadable):
        return None


def _units(name: str, head: bytes) -> Units | None:
    if head.startswith(zipped.MAGIC):
        return None if zipped.begins_as_document(head) else Units.MEMBERS
    return Units.LINES if reads_lines(name, head) else None
