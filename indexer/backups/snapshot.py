"""The last commit of an index, held open: what a run that writes meanwhile removes or replaces stays readable.

In: an index directory. Out: its manifest, the open files of the generation that is served, and the checksums that are
recorded of them. Nothing is locked. Called by `copying.py`.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from typing import Final

from indexer.generations.checksums import FILE, recorded
from search.engines.registry import backend, elsewhere
from search.errors import IndexBusy, IndexDamaged, IndexForbidden, ManifestLost
from search.index.directory import BESIDE, IndexDirectory
from search.index.manifest import Manifest
from search.index.repeated_lines import FILE as REPEATED_LINES
from search.index.source_registry import read_registry
from search.index.withdrawn import read_withdrawn
from search.storage.atomic_files import stamp_of
from search.storage.permissions import unreadable

NAMES: Final = "names.toml"  # the owner's, who may keep it in the index directory
_LOOKS: Final = 200  # a look takes milliseconds, and only a change within them makes it void
_PAUSE: Final = 0.05  # seconds before the next look


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The last commit.

    folder  that of the generation
    files   name → the open file of the engine, and that of repeated lines
    sums    name → size and CRC-32 of those of these files of which they are recorded
    beside  name → content of what lies beside the manifest: the withdrawn articles, the sources, the owner's names
    """

    manifest: Manifest
    folder: Path
    files: Mapping[str, FileIO]
    sums: Mapping[str, tuple[int, str]]
    beside: Mapping[str, bytes]

    @property
    def size(self) -> int:
        """The bytes of all files."""
        return sum(os.fstat(file.fileno()).st_size for file in self.files.values())


@contextmanager
def last_commit(directory: IndexDirectory) -> Iterator[Snapshot]:
    """Hold the last commit open. Raises IndexStateErrors."""
    failure: OSError | IndexDamaged | None = None
    for _ in range(_LOOKS):
        with ExitStack() as opened:
            before = _state(directory)
            try:
                found = _opened(directory, opened)
            except (OSError, IndexDamaged) as error:
                failure = error
                if isinstance(error, ManifestLost) or (before == _state(directory) and _is_final(error)):
                    break
            else:
                if before == _state(directory):
                    yield found
                    return
        time.sleep(_PAUSE)
    raise _refusal(directory, failure) from failure


def _is_final(error: OSError | IndexDamaged) -> bool:
    """Whether waiting does not help: what a merge has just replaced may not be read for a moment."""
    return not isinstance(error, PermissionError)


def _opened(directory: IndexDirectory, opened: ExitStack) -> Snapshot:
    manifest = directory.read()
    folder = directory.generation(manifest.generation)
    if remote := elsewhere(folder):
        remote.require_copyable(folder)
    table = recorded(folder)
    if table is None and (folder / FILE).exists():
        raise IndexDamaged(f"{folder / FILE} is damaged: kashaf verify says what else is, the next run writes it again")
    known = table.files if table else {}
    names = [*backend(manifest.engine).files(folder), *_counted(folder)]
    files = {name: opened.enter_context((folder / name).open("rb", buffering=0)) for name in names}
    sums = {name: known[name] for name in names if name in known}
    return Snapshot(manifest, folder, files, sums, _beside(directory.path))


def _counted(folder: Path) -> tuple[str, ...]:
    """The file of repeated lines, which holds for this commit and for the one before."""
    return (REPEATED_LINES,) if (folder / REPEATED_LINES).exists() else ()


def _beside(folder: Path) -> dict[str, bytes]:
    """What lies beside the manifest. Raises IndexDamaged."""
    read_withdrawn(folder)
    read_registry(folder)
    found = {}
    for name in (*BESIDE, NAMES):
        with suppress(FileNotFoundError):
            found[name] = (folder / name).read_bytes()
    return found


def _state(directory: IndexDirectory) -> tuple[object, ...]:
    """What changes when something is committed, swapped or withdrawn."""
    manifest = directory.read()
    folder = directory.generation(manifest.generation)
    engine: Mapping[str, bool] = {}
    with suppress(OSError, IndexDamaged):
        engine = backend(manifest.engine).files(folder)
    replaced = [folder / name for name, unchanging in engine.items() if not unchanging] + [folder / REPEATED_LINES]
    beside = [directory.path / name for name in (*BESIDE, NAMES)]
    paths = [directory.manifest_path, *beside, folder / FILE, *replaced]
    return (tuple(engine), *map(stamp_of, paths))


def _refusal(directory: IndexDirectory, failure: OSError | IndexDamaged | None) -> Exception:
    """The error for an index whose last commit cannot be opened."""
    folder = directory.generation(directory.read().generation)
    if isinstance(failure, PermissionError):
        return IndexForbidden(unreadable(folder) or unreadable(directory.path) or str(failure))
    if isinstance(failure, IndexDamaged):
        return failure
    if failure is None:
        return IndexBusy(f"index {directory.path} was changed whenever it was looked at: try again later")
    file = os.fsdecode(failure.filename) if failure.filename else str(folder)
    return IndexDamaged(f"{file} cannot be read ({failure.strerror}): kashaf verify says what else is damaged")
