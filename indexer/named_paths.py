"""Paths as a user names them: made absolute, and refused where nothing there could be read. Called by `sources.py`."""

from __future__ import annotations

import os
from pathlib import Path

from indexer.readers.folders import index_around, is_shown_whole, shown
from search.errors import SourceError


def absolute_path(path: str | Path) -> Path:
    """The path from the root on; links in it stay. Raises SourceError for a path that names nothing."""
    if not str(path):
        raise SourceError("an empty path ('') names nothing: is a variable unset? Write . for the folder you are in")
    try:
        return Path(os.path.abspath(path))
    except OSError as error:
        raise SourceError(f"the folder that {path} is below is gone: change to another") from error


def require_readable(path: str, *, apart: bool) -> None:
    """Raise SourceError where there is nothing at this path that could be read. apart: also where it is an index's."""
    if not is_shown_whole(path):
        raise SourceError(f"the name {shown(path)} is not UTF-8: rename it")
    try:
        os.stat(path)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise SourceError(f"no such file or folder: {path}") from error
    except OSError as error:
        raise SourceError(f"{path} cannot be read ({error.strerror}): check its permissions or its links") from error
    if apart and (index := index_around(path)) is not None:
        where = "is an index of Kashaf" if os.path.samefile(index, path) else f"lies in the index {index}"
        raise SourceError(f"{path} {where}, which holds no files to read: name the folder of the articles")
