"""Paths that this process cannot read or write → a sentence that says why and what to do.

In: paths. Out: a sentence that names the path, its owner and mode, and the remedy, or None if access is allowed. Called
by `search/index/directory.py` and the engines when the system refuses a file.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from stat import S_IMODE

_EFFECTIVE = os.access in os.supports_effective_ids


def unreadable(folder: Path) -> str | None:
    """Return why this process cannot read the folder or a file in it; None if it can, or the folder is missing."""
    for path in _way_to(folder):
        if os.path.exists(path) and not _may(path, os.X_OK):
            return _sentence(path, "be entered", "x")
    if not os.path.exists(folder):
        return None
    for path in (folder, *sorted(folder.iterdir() if folder.is_dir() and _may(folder, os.R_OK) else ())):
        if os.path.exists(path) and path.suffix != ".lock" and not _may(path, os.R_OK):
            return _sentence(path, "be read", "rx" if path.is_dir() else "r")
    return None


def unwritable(paths: Iterable[Path]) -> str | None:
    """Return why this process cannot write to one of these paths, those that exist; None if it can."""
    for path in paths:
        if os.path.exists(path) and not _may(path, os.W_OK | (os.X_OK if path.is_dir() else 0)):
            return refusal(path)
    return None


def refusal(path: Path) -> str:
    """Return the sentence for a path that cannot be written, about the path or the nearest folder above that exists."""
    for existing in (path, *path.parents):
        if os.path.exists(existing):
            if _read_only(existing):
                remedy = "mount it writable to change the index"
                return f"{existing} lies on a file system that is mounted read-only: {remedy}"
            return _sentence(existing, "be written", "rwx" if existing.is_dir() else "rw")
    return f"{path} may not be written"


def _way_to(folder: Path) -> Iterator[Path]:
    """The folders above a folder, the outermost first, up to the first that may not be entered."""
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
