"""Who may read and write the files of an index: finds what stands in the way and says what is needed.

In: paths. Out: a sentence that names the path, its owner and the remedy, or None. Called where a file was refused.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from stat import S_IMODE

_EFFECTIVE = os.access in os.supports_effective_ids


def unreadable(folder: Path) -> str | None:
    """What keeps this process from reading the folder and the files in it."""
    for path in _way_to(folder):
        if path.exists() and not _may(path, os.X_OK):
            return _sentence(path, "be entered", "x")
    if not folder.exists():
        return None
    for path in (folder, *sorted(folder.iterdir() if folder.is_dir() and _may(folder, os.R_OK) else ())):
        if path.exists() and path.suffix != ".lock" and not _may(path, os.R_OK):
            return _sentence(path, "be read", "rx" if path.is_dir() else "r")
    return None


def unwritable(paths: Iterable[Path]) -> str | None:
    """What keeps this process from writing to these files and folders, those that are missing aside."""
    for path in paths:
        if path.exists() and not _may(path, os.W_OK | (os.X_OK if path.is_dir() else 0)):
            return refusal(path)
    return None


def refusal(path: Path) -> str:
    """Why something cannot be written here."""
    for place in (path, *path.parents):
        if place.exists():
            if _read_only(place):
                return f"{place} lies on a file system that is mounted read-only: mount it writable to change the index"
            return _sentence(place, "be written", "rwx" if place.is_dir() else "rw")
    return f"{path} may not be written"


def _way_to(folder: Path) -> Iterator[Path]:
    """The folders above, the outermost first, as far as they can be looked at."""
    for path in reversed(folder.absolute().parents):
        yield path
        if not _may(path, os.X_OK):
            return


def _may(path: Path, access: int) -> bool:
    return os.access(path, access, effective_ids=True) if _EFFECTIVE else os.access(path, access)


def _read_only(path: Path) -> bool:
    return hasattr(os, "statvfs") and bool(os.statvfs(path).f_flag & os.ST_RDONLY)


def _sentence(path: Path, what: str, needed: str) -> str:
    try:
        status = path.stat()
    except OSError:
        return f"{path} may not {what} by user {_me()}: give that user the permissions {needed}"
    owner, mode = _name(status.st_uid), S_IMODE(status.st_mode)
    return (
        f"{path} may not {what} by user {_me()} (owner {owner}, mode {mode:04o}): "
        f"give that user the permissions {needed}, or run the command as {owner}"
    )


def _me() -> str:
    return _name(os.geteuid()) if hasattr(os, "geteuid") else os.environ.get("USERNAME", "?")


def _name(uid: int) -> str:
    try:
        import pwd

        return pwd.getpwuid(uid).pw_name
    except (ImportError, KeyError):
        return str(uid)
