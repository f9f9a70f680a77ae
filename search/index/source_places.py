"""Which source holds a file: the innermost of those at whose place it stands, or below which it lies.

In: sources, the index directory, below which what was fetched from feeds lies, and paths. Called by whoever asks whose
a file is: `indexer/origins`, `indexer/remembered_sources` and `origin.py`, which tells an article's owner.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Final

from search.index.source_registry import Source, fetched_folder

_REMEMBERED: Final = 4096  # folders


class SourcePlaces:
    """The places of some sources. Where two have the same place, the one that is read holds it."""

    def __init__(self, sources: Iterable[Source], index: Path) -> None:
        by_state = sorted(sources, key=lambda source: source.state == "read")
        self._by_place = {place_of(source, index): source for source in by_state}
        self._of_folder = lru_cache(_REMEMBERED)(self._find)

    def holding(self, path: str) -> Source | None:
        """The source that holds this file or folder, an absolute path; None where none does."""
        return self._by_place.get(path) or self._of_folder(os.path.dirname(path))

    def _find(self, folder: str) -> Source | None:
        while folder not in self._by_place:
            above = os.path.dirname(folder)
            if above == folder:
                return None
            folder = above
        return self._by_place[folder]


def place_of(source: Source, index: Path) -> str:
    """Where the files of a source lie: those of a feed where they were stored when they were fetched."""
    return str(fetched_folder(Path(os.path.abspath(index)), source)) if source.kind == "feed" else source.location
