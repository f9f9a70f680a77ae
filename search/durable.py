"""Small files that are replaced in one step and folders that are made, so that no crash and no power cut tears them.

Called by `search/catalogue.py`, `search/spellings.py` and the indexer.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path


def replace_file(path: Path, content: bytes) -> None:
    """Writes the file aside and renames it, durably: readers see the old content or the new. Raises OSError."""
    aside = path.with_name(path.name + ".new")
    with aside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
    sync_folder(path.parent)


def remove_file(path: Path) -> None:
    """Removes the file durably, if it is there. Raises OSError."""
    if path.exists():
        path.unlink(missing_ok=True)
        sync_folder(path.parent)


def make_folder(folder: Path) -> None:
    """Makes the folder and those above it that are missing, durably. Raises OSError."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir(exist_ok=True)
        sync_folder(each.parent)


def sync_folder(folder: Path) -> None:
    """Makes names that were given, changed or taken away in the folder durable, where the system can."""
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@cache
def usual_mode() -> int:
    """The permissions that the umask leaves a new file."""
    mask = os.umask(0o022)
    os.umask(mask)
    return 0o666 & ~mask
