"""The files that SQLite keeps beside a database, by their names: logs of changes that are not in the database yet.

Called by the reader of databases, which reads the log along with its database, and by what walks and watches folders.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from typing import Final

_LOGS: Final = ("-wal", "-journal")  # what was committed and not moved yet; how it was before a change that broke off
_ENDING: Final = r"\.(?:db3?|sqlite3?)"  # of the names of databases
_DATABASE: Final = re.compile(rf"{_ENDING}$", re.IGNORECASE)
_BESIDE: Final = re.compile(rf"(.{_ENDING})-(?:wal|journal|shm)$", re.IGNORECASE)


def is_beside_database(name: str) -> bool:
    """Whether a file of this name belongs to a database beside it and holds nothing by itself."""
    return _BESIDE.search(name) is not None


def of_database(path: str) -> str:
    """The path of the database where this is one of the files beside it, else the path."""
    return _BESIDE.sub(r"\1", path)


def may_have_log(path: str) -> bool:
    """Whether the database at this path may have changed where its file did not; other files never do."""
    return _DATABASE.search(path) is not None and has_log(path)


def has_log(path: str) -> bool:
    """Whether a log with anything in it stands beside this file."""
    return any(_size(path + log) for log in _LOGS)


def copy_with_log(path: str, folder: Path) -> Path:
    """A copy in this folder of a database and its log, where SQLite may bring both together. Raises OSError."""
    copy = folder / "copy"
    for end in ("", *_LOGS):
        if not end or _size(path + end):
            shutil.copyfile(path + end, f"{copy}{end}")
    return copy


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size
    except OSError:
        return 0
