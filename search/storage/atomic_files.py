"""Small files that are replaced in one step and folders that are made, so that no crash and no power cut tears them.

Called by `search/index/directory.py`, `search/results/spelling_variants.py` and the indexer.
"""

from __future__ import annotations

import os
import secrets
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

_ASIDE: Final = ".new"  # ends the name of a file that is being written aside
_ABANDONED_SECONDS: Final = 3600  # nobody writes a small file for that long


def replace_file(path: Path, content: bytes) -> None:
    """Writes the file aside and renames it, durably: readers see the old content or the new. Raises OSError.

    Each call has a name of its own aside, so that two processes that replace one file do not write into each other's.
    """
    aside = path.with_name(f"{path.name}.{secrets.token_hex(8)}{_ASIDE}")
    try:
        with aside.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    except BaseException:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def is_aside(name: str, replaced: str) -> bool:
    """Whether a file of this name was written aside to replace the one named `replaced`."""
    return name.startswith(replaced) and name.endswith(_ASIDE)


def sweep_aside(folder: Path, replaced: str = "") -> None:
    """Removes what processes that were killed left aside in the folder, for the file `replaced` or for any."""
    for path in folder.glob("*" + _ASIDE):
        with suppress(OSError):
            if is_aside(path.name, replaced) and time.time() - path.stat().st_mtime > _ABANDONED_SECONDS:
                path.unlink()


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


def usual_mode() -> int:
    """The permissions that the umask leaves a new file."""
    return 0o666 & ~_UMASK


def _umask() -> int:
    """The umask of this process, without touching it where the system tells it."""
    with suppress(OSError, ValueError):
        lines = Path("/proc/self/status").read_text(encoding="utf-8", errors="replace").splitlines()
        for line in lines:
            if line.startswith("Umask:"):
                return int(line.split()[1], 8)
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


_UMASK: Final = _umask()  # once, before there are threads: elsewhere it is read by setting it, for all of them
