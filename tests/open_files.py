"""Which files this process has open, as Linux tells it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import pytest

_HANDLES: Final = Path("/proc/self/fd")
TOLD: Final = pytest.mark.skipif(not _HANDLES.exists(), reason="the system does not tell which files are open")


def open_files() -> set[str]:
    """The paths of the files that are open."""
    return {os.path.realpath(each) for each in _HANDLES.iterdir()}
