"""What is to be done where the index of a generation lies elsewhere than in its folder, on a cluster for example.

In: the folder of a generation. Nothing is done for an index that is all in its folder. Called by `directory.py`,
`index_facts.py`, `indexer/build.py`, `indexer/commands.py` and `indexer/generations/storage.py`.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Final

from search.engines.registry import elsewhere, shared
from search.errors import EngineError, KashafError
from search.index.manifest import FILE as MANIFEST
from search.index.mirror import require_own
from search.index.repeated_lines import FILE as LINES
from search.index.withdrawn import FILE as WITHDRAWN
from search.results.names_file import FILE as NAMES
from search.storage.atomic_files import remove_folder

COPY: Final = "generation.json"  # of the manifest, in a generation
_WANTED: Final = ("cluster.json", COPY, LINES, NAMES)  # small files of a generation that whoever searches it wants


def make_ready(folder: Path) -> None:
    """Make ready to be served what was written, before a manifest names it for the first time."""
    if remote := elsewhere(folder):
        remote.prepare(folder)


def copies_lacking(folder: Path) -> str | None:
    """Return which copies of the index on other machines are missing, with the remedy; None if none is."""
    with suppress(EngineError):  # whether it can be told is not what the run is about
        if remote := elsewhere(folder):
            return remote.lacking(folder)
    return None


def take_over(index: Path) -> None:
    """Have the archive on a cluster that the settings name be written from this index directory from now on.

    For who moved it to another machine, or lost the directory from which it was written. Raises EngineErrors, and
    IndexForbidden for a copy that nobody writes to.
    """
    require_own(index)
    shared().take_over(index / "generations" / "0")


def tell_others(index: Path, folder: Path) -> None:
    """Let programs on other machines, which do not see this index directory, know which generation it serves."""
    if remote := elsewhere(folder):
        paths = [index / WITHDRAWN, *(folder / name for name in _WANTED), index / MANIFEST]
        files = {path.relative_to(index).as_posix(): path.read_bytes() for path in paths if path.exists()}
        remote.published(folder, files)


def size_elsewhere(folder: Path) -> int:
    """Return the bytes that the index has elsewhere than in this folder; 0 where that cannot be told now."""
    with suppress(KashafError):
        if remote := elsewhere(folder):
            return remote.size(folder)
    return 0


def remove_generation(folder: Path) -> None:
    """Remove a generation. Where its index cannot be removed now, its folder stays, and the next run tries it again."""
    with suppress(EngineError):
        if remote := elsewhere(folder):
            remote.discard(folder)
        remove_folder(folder)
