"""The last commit of an index → a folder with a copy of its generation, each byte compared and synced to disk.

In: an index directory, which others may search and write meanwhile, and an empty folder. Out: the files there, with
checksums of their own. A file counts as copied when what is read was recorded so, and what was written is read again
the same. Called by `backing_up.py` and `restoring.py`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from typing import Final

import msgspec

from indexer.backups.snapshot import Snapshot, last_commit
from indexer.generations.checksums import ORIGINS, measure, record_copy, recorded
from indexer.origins.table import copy_table, is_there
from search.engines.registry import backend
from search.errors import IndexBusy, IndexDamaged, StorageFull
from search.index.directory import UNPUBLISHED, IndexDirectory
from search.index.manifest import Manifest
from search.index.repeated_lines import FILE as REPEATED_LINES
from search.index.repeated_lines import read_counted
from search.storage.atomic_files import sync_folder
from search.storage.checksummed_json import crc32, hexadecimal
from search.storage.free_space import free_bytes, storage_full

_BLOCK: Final = 2**20
_ATTEMPTS: Final = 5  # where the generation that is served is swapped meanwhile

Progress = Callable[[int, int], None]  # takes the bytes copied so far, and how many there are


@dataclass(frozen=True, slots=True)
class Copied:
    """A copied generation: the manifest that named it, with the articles that the copy holds; how much was copied."""

    manifest: Manifest
    beside: Mapping[str, bytes]
    files: int
    bytes: int


def copy_generation(directory: IndexDirectory, folder: Path, *, what: str, progress: Progress) -> Copied:
    """Copy the generation that is served to an empty folder. what: what a full disk has no room for.

    Raises IndexStateErrors, StorageFull, and OSErrors of the folder.
    """
    for _ in range(_ATTEMPTS):
        name = directory.read().generation
        _empty(folder)
        try:
            # Before the engine's files: the table may know less than the index, never more.
            table = _copy_table(directory.generation(name), folder, what)
            with last_commit(directory) as found:
                if found.manifest.generation == name:
                    return _copied(found, folder, table, what=what, progress=progress)
        except (IndexDamaged, FileNotFoundError):
            if directory.read().generation == name:
                raise
    raise IndexBusy(f"index {directory.path} is being replaced again and again: try later")


def _empty(folder: Path) -> None:
    """Remove what an attempt before this one copied."""
    for path in folder.iterdir():
        if path.name != UNPUBLISHED:
            path.unlink()


def _copy_table(generation: Path, folder: Path, what: str) -> Path | None:
    """The copy of the table of origins, if there is one. Unlike the rest it changes in place."""
    if not is_there(generation):
        return None
    before, found = recorded(generation), measure(generation / ORIGINS)
    if before and before == recorded(generation) and before.files.get(ORIGINS, found) != found:
        raise _damaged(generation / ORIGINS)
    _require_room(what, folder, found[0])
    try:
        return copy_table(generation, folder)
    except StorageFull as error:
        raise storage_full(what, folder) from error


def _copied(found: Snapshot, folder: Path, table: Path | None, *, what: str, progress: Progress) -> Copied:
    _require_room(what, folder, found.size)
    sums = _copy_files(found, folder, progress)
    engine = found.manifest.engine
    for name in sums:
        if measure(folder / name) != sums[name]:
            raise IndexDamaged(f"{folder / name} is not read as it was written: check the disk that it lies on")
        if name not in found.sums and not _is_sound(folder, name, engine):
            raise _damaged(found.folder / name)
    if table:
        sums[ORIGINS] = measure(table)
    record_copy(folder, sums)
    sync_folder(folder)
    articles = backend(engine).open_engine(folder).documents
    manifest = msgspec.structs.replace(found.manifest, articles=articles)
    return Copied(manifest, found.beside, len(sums), sum(size for size, _ in sums.values()))


def _is_sound(folder: Path, name: str, engine: str) -> bool:
    """Whether a file whose checksum is not recorded may be sound: the engine, or the file itself, knows."""
    if name == REPEATED_LINES:
        return read_counted(folder) is not None
    return backend(engine).sound(folder, name) is not False


def _require_room(what: str, folder: Path, size: int) -> None:
    free = free_bytes(folder)
    if free is not None and free < size:
        raise storage_full(f"{what}, for {size / 1_000_000:,.1f} MB", folder)


def _copy_files(found: Snapshot, folder: Path, progress: Progress) -> dict[str, tuple[int, str]]:
    """Name → size and CRC-32 of the engine's files as they were read, which is as they were recorded."""
    sums, size, done = dict[str, tuple[int, str]](), found.size, 0
    for name, file in found.files.items():
        sums[name] = copy_file(file, folder / name)
        if sums[name] != found.sums.get(name, sums[name]):
            raise _damaged(found.folder / name)
        done += sums[name][0]
        progress(done, size)
    return sums


def _damaged(path: Path) -> IndexDamaged:
    return IndexDamaged(f"{path} is not as it was written: nothing is copied, kashaf verify says what else is damaged")


def copy_file(file: FileIO, target: Path) -> tuple[int, str]:
    """The size and CRC-32 of what was copied. The copy is on the disk, and what reads it next reads the disk."""
    size = checksum = 0
    with target.open("wb") as written:
        while block := _read(file):
            written.write(block)
            size += len(block)
            checksum = crc32(block, checksum)
        written.flush()
        os.fsync(written.fileno())
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(written.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    return size, hexadecimal(checksum)


def _read(file: FileIO) -> bytes:
    try:
        return file.read(_BLOCK)
    except OSError as error:
        raise IndexDamaged(f"{file.name} cannot be read ({error.strerror}): kashaf verify says what else is") from error
