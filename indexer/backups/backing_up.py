"""An index → a copy of its last commit in a folder of its own, which is an index directory itself.

In: an index directory, which others may search and write meanwhile, and the folder to be made. Out: the folder, there
as a whole or not at all. Called by `commands.py`.
"""

from __future__ import annotations

import glob
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from indexer.backups.copying import Progress, copy_generation
from indexer.backups.places import require_apart
from indexer.backups.sources_beside import copy_fetched
from indexer.generations.storage import storage_errors
from search.errors import IndexStateError
from search.index.directory import LOCK, IndexDirectory
from search.storage.atomic_files import make_folder, replace_file, sync_folder

_ABANDONED_SECONDS: Final = 3600  # a copy that goes on writes within that time


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What a backup did: where it lies, and what was copied and compared.

    updated  the ISO 8601 moment of the commit
    """

    path: str
    articles: int
    updated: str | None
    files: int
    bytes: int
    seconds: float


def back_up(directory: IndexDirectory, target: Path, *, progress: Progress) -> BackedUp:
    """Copy the last commit to a folder, which must not exist, or be empty.

    Raises IndexStateErrors and StorageFull; then there is no such folder, or it is empty as before.
    """
    started = time.perf_counter()
    directory.read()
    target = Path(os.path.realpath(target))
    require_apart(directory.path, target)
    _require_free(target)
    with storage_errors(target, what="backup"), _aside(target) as aside:
        copy = IndexDirectory(aside)
        folder = copy.generation(directory.read().generation)
        make_folder(folder)
        done = copy_generation(directory, folder, what=f"backup {target}", progress=progress)
        if folder.name != done.manifest.generation:  # swapped meanwhile
            folder.rename(copy.generation(done.manifest.generation))
        for name, content in done.beside.items():
            replace_file(aside / name, content)
        fetched = copy_fetched(directory.path, aside)
        copy.write(msgspec.structs.replace(done.manifest, previous=None, obsolete=()))
        sync_folder(folder.parent)
        if os.name == "nt" and target.exists():
            target.rmdir()
        aside.replace(target)
        sync_folder(target.parent)
    seconds = time.perf_counter() - started
    articles = done.manifest.articles or 0
    return BackedUp(
        str(target), articles, done.manifest.updated, done.files + fetched.files, done.bytes + fetched.bytes, seconds
    )


def _require_free(target: Path) -> None:
    """Raise IndexStateError where a folder of this name cannot be made."""
    if not target.parent.is_dir():
        raise IndexStateError(f"folder {target.parent} is missing: make it, or mount the disk that it lies on")
    if not target.exists():
        return
    if not target.is_dir():
        raise IndexStateError(f"{target} is a file: name a folder that does not exist yet")
    if os.path.ismount(target):
        raise IndexStateError(f"{target} is where a disk is mounted: name a folder on it, such as {target / 'kashaf'}")
    if any(target.iterdir()):
        raise IndexStateError(f"{target} is not empty: name a folder that does not exist yet, such as one of the day")


@contextmanager
def _aside(target: Path) -> Iterator[Path]:
    """A new folder beside the one that it is to become; removed if the block fails."""
    for abandoned in target.parent.glob(f"{glob.escape(target.name)}.partial-*"):
        if time.time() - _written(abandoned) > _ABANDONED_SECONDS:
            shutil.rmtree(abandoned, ignore_errors=True)
    aside = target.with_name(f"{target.name}.partial-{secrets.token_hex(4)}")
    aside.mkdir()
    try:
        (aside / LOCK).touch()  # so that who reads an archive around it knows it for an index
        yield aside
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise


def _written(folder: Path) -> float:
    """When something in this folder was written last, in seconds since 1970."""
    latest = 0.0
    for path in (folder, *folder.rglob("*")):
        with suppress(OSError):
            latest = max(latest, path.stat().st_mtime)
    return latest
