"""What was read of files and prepared for the index, as processes exchange it.

`preparing.py` makes it, in the process that writes or in one beside it, and `indexer/ingestion.py` takes it. What there
is of each article is a struct of msgspec, which pickle writes and reads in two thirds of the time of a named tuple.
"""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from indexer.findings import Finding, Rejected
from indexer.readers.contract import Remark, Skipped
from indexer.sources import LeftUnread, WasRead
from search.index.documents import Analysed


class Begins(NamedTuple):
    """From here on everything is of this file, until the next one begins. "": of no file, but of the folders."""

    file: str


class Noticed(NamedTuple):
    """What was left out of one article while it was cleaned.

    place  which of its file's articles it is, from 1 on
    named  its id and title, for people
    """

    place: int
    about: Finding
    example: str
    named: str = ""


class RepairsMade(NamedTuple):
    """What was mended in an article; publisher: its sources, if it names any."""

    place: int
    repairs: tuple[Finding, ...]
    publisher: str
    id: str


class PartRead(NamedTuple):
    """How far a part of a large file was read; `joining.py` takes it.

    unpacked      bytes, from the beginning of the part on
    ends_file     whether the file ended in it; what other processes gave of parts behind it is not of the file
    unchanged     whether the file was as when it was divided, as far as that is known
    ended_before  why the process could not read as far as the part, where it could not
    """

    unpacked: int
    ends_file: bool = False
    unchanged: bool = True
    ended_before: Skipped | None = None


class Prepared(msgspec.Struct, frozen=True, gc=False):
    """An article ready for the index.

    named      whether it has an id or an address, so that a correction keeps its id
    publishers that it names
    size       bytes of its JSON
    committed  the digest that the index had for its id at the commit of the batch, None where it had none
    raw        its JSON
    analysed   None where the index has the article as it is
    """

    place: int
    named: bool
    publishers: tuple[str, ...]
    id: str
    digest: int
    size: int
    committed: int | None
    raw: bytes
    analysed: Analysed | None


Read = Begins | Skipped | Remark | Noticed | RepairsMade | Rejected | Prepared | WasRead | LeftUnread


class Batch(NamedTuple):
    """A part of what is in a group of files, in its order.

    commit  how many commits the run had made when the index was asked for digests
    bytes   how many more bytes of the files were read
    whole   whether the group ends with it
    part    how far the part of a file was read to the end of the batch; None: the group is of whole files
    """

    read: list[Read]
    commit: int
    bytes: int
    whole: bool
    part: PartRead | None = None
