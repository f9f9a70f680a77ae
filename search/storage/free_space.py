"""The error for a disk without room, which says how much is free. Called by the engines and by the indexer."""

from __future__ import annotations

from pathlib import Path
from shutil import disk_usage

from search.errors import StorageFull


def storage_full(what: str, folder: Path) -> StorageFull:
    """The error for what could not be written into this folder; it need not be there any more."""
    free = free_bytes(folder)
    there = "" if free is None else f" ({free / 1_000_000:,.1f} MB are free)"
    return StorageFull(f"no space left for {what}{there}: free some, then run the command again")


def free_bytes(folder: Path) -> int | None:
    """The free bytes of the disk that holds this folder, or would; None where the system does not say."""
    for place in (folder, *folder.parents):
        try:
            return disk_usage(place).free
        except OSError:
            continue
    return None
