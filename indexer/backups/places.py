"""Where a backup and its index lie: apart from each other. Called by `backing_up.py` and `restoring.py`."""

from __future__ import annotations

import os
from pathlib import Path

from search.errors import IndexStateError


def require_apart(index: Path, backup: Path) -> None:
    """Raise IndexStateError where one of the two folders lies in the other, or both are one."""
    one, other = Path(os.path.realpath(index)), Path(os.path.realpath(backup))
    if one == other:
        raise IndexStateError(f"{backup} is the index itself: name another folder for the backup")
    if one.is_relative_to(other) or other.is_relative_to(one):
        raise IndexStateError(f"backup {backup} and index {index} lie in each other: name a folder apart from it")
