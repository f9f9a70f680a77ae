"""The folder of an index → Tantivy's index, opened as of its last commit. Called by `engine.py` and `writer.py`."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

import tantivy

from search.engines.tantivy.errors import REFUSALS, damaged
from search.engines.tantivy.files import openable_folder

_TRIES: Final = 25
_PAUSE: Final = 0.02  # seconds between two looks at files that a merge is replacing
Seen = TypeVar("Seen")


def open_own(folder: Path) -> tantivy.Index:
    """The index in this folder. Raises IndexDamaged where there is none that can be read."""
    try:
        index = retried(lambda: tantivy.Index.open(str(folder)))
        index.config_reader("manual")
        retried(index.reload)
    except REFUSALS as error:
        raise damaged(str(error), folder) from error
    return index


def open_read_only(folder: Path) -> tantivy.Index:
    """The same as `open_own`, also where this process may not write."""

    def open_once() -> tantivy.Index:
        with openable_folder(folder) as openable:
            index = tantivy.Index.open(str(openable))
            index.config_reader("manual")
            index.reload()
            return index

    try:
        return retried(open_once)
    except REFUSALS as error:
        raise damaged(str(error), folder) from error


def retried(read: Callable[[], Seen]) -> Seen:
    """Read the last commit, again if a merge that ended meanwhile removed files that the commit named before."""
    for _ in range(_TRIES):
        try:
            return read()
        except REFUSALS as error:
            if "FileDoesNotExist" not in str(error) and not _denied(error):
                raise
            time.sleep(_PAUSE)
    return read()


def _denied(error: BaseException) -> bool:
    """Whether a file may not be read: for a moment that is so of a file that a merge has just replaced."""
    return isinstance(error, PermissionError) or "PermissionDenied" in str(error)
