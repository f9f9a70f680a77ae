"""A file in an archive → its blob, and how much may be unpacked from one file on disk, whatever is nested in it.

Called by the registry and by the readers of archives.

An attack packs petabytes into kilobytes, by zeros or by archives within archives. So all that is unpacked from a file
is counted against one allowance, a generous multiple of its size.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import PurePosixPath

from indexer.findings import Finding
from indexer.readers.bounds import MOST_UNPACKED, UNPACKED_ANYWAY
from indexer.readers.contract import Allowance, Blob, Item, Skipped, Unreadable
from indexer.readers.findings import BACKUP, BOMB
from indexer.readers.folders import is_backup, is_hidden, section_of


def member_items(
    blob: Blob,
    name: str,
    blocks: Iterator[bytes],
    read: Callable[[Blob], Iterator[Item]],
    *,
    unfit: Finding | None = None,
) -> Iterator[Item]:
    """What `read` makes of the file of this name in an archive, whose bytes are `blocks`; nothing of a hidden one.

    unfit: why the file is left out whatever is in it, if it is.
    """
    path = PurePosixPath(name)
    if is_hidden_within(name):
        return
    location = f"{blob.location}/{name}"
    if blob.within:
        blob.within.location = location
    if reason := unfit or (BACKUP if is_backup(path.name) else None):
        yield Skipped(location, reason)
        return
    member = nested(blob, blocks, location=location, section=section_of(path.parts[:-1]))
    yield from read(replace(member, division=None))


def is_hidden_within(name: str) -> bool:
    """Whether the file of this name in an archive is left out without a word."""
    return any(map(is_hidden, PurePosixPath(name).parts))


def allowance_of(size: int) -> Allowance:
    """What may be unpacked from a file on disk of so many bytes."""
    return Allowance(UNPACKED_ANYWAY + MOST_UNPACKED * size)


def with_allowance(blob: Blob) -> Blob:
    """The same file with the allowance that all that is in it shares, which it has from the file that it is in."""
    if blob.allowance is not None:
        return blob
    return replace(blob, allowance=blob.division.allowance if blob.division else allowance_of(_size(blob)))


def nested(
    blob: Blob, blocks: Iterator[bytes], *, location: str = "", section: str | None = None, name: str | None = None
) -> Blob:
    """The file in this one whose bytes are `blocks`, counted against the allowance of the file on disk."""
    blob = with_allowance(blob)
    assert blob.allowance is not None
    return replace(
        blob,
        location=location or blob.location,
        blocks=_counted(blocks, blob.allowance),
        section=section or blob.section,
        path=None,
        depth=blob.depth + 1,
        name=name,
    )


def _counted(blocks: Iterator[bytes], allowance: Allowance) -> Iterator[bytes]:
    for block in blocks:
        allowance.left -= len(block)
        if allowance.left < 0:
            raise Unreadable(BOMB)
        yield block


def _size(blob: Blob) -> int:
    with suppress(OSError):
        return 0 if blob.path is None else os.path.getsize(blob.path)
    return 0
