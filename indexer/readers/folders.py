"""Folders → the files in them, in an order that is the same every time. Called by `indexer/sources.py`.

Left out without a word: hidden files, what macOS puts into zips, and index directories of Kashaf itself.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from indexer.readers.contract import Skipped
from search.catalogue import MANIFEST


def files_below(folder: Path) -> Iterator[Path | Skipped]:
    """The files in this folder and below; a Skipped for each folder that cannot be listed. Links are followed once."""
    yield from _walk(folder, set())


def _walk(folder: Path, seen: set[tuple[int, int]]) -> Iterator[Path | Skipped]:
    try:
        status = folder.stat()
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield Skipped(str(folder), "cannot be read", error.strerror or "")
        return
    names = {entry.name for entry in entries}
    if (status.st_dev, status.st_ino) in seen or {MANIFEST, "generations"} <= names:
        return
    seen.add((status.st_dev, status.st_ino))
    for entry in entries:
        if is_hidden(entry.name):
            continue
        if entry.is_dir():
            yield from _walk(Path(entry.path), seen)
        else:
            yield Path(entry.path)


def is_hidden(name: str) -> bool:
    """Whether a file or folder of this name is no part of an archive."""
    return name.startswith(".") or name in ("__MACOSX", "Thumbs.db", "desktop.ini")


def section_of(folders: Sequence[str]) -> str | None:
    """The section that folder names tell, outermost first: the innermost that is a word, so no year and no number."""
    for name in reversed(folders):
        if any(map(str.isalpha, name)) and not any(map(str.isdigit, name)):
            return name
    return None
