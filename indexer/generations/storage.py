"""Folders of new generations, and clear errors where the system refuses to write the index directory.

Called by `build.py`, `withdrawal.py` and `backups` of `indexer`. `search/index/directory.py` says what lies where.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from search.engines.registry import backend
from search.errors import IndexBusy, IndexForbidden, IndexStateError, StorageFull
from search.index.directory import LOCK, UNPUBLISHED, IndexDirectory
from search.index.elsewhere import remove_generation
from search.storage.atomic_files import make_folder, sync_folder
from search.storage.free_space import storage_full
from search.storage.permissions import refusal

_FULL = (errno.ENOSPC, errno.EDQUOT)
_REFUSED = (errno.EACCES, errno.EPERM, errno.EROFS)


@contextmanager
def new_generation(directory: IndexDirectory, engine: str | None) -> Iterator[str]:
    """Make an empty generation and give its name. It is removed if the block fails before a manifest names it.

    engine: whose empty index it holds; None where files will be copied there.
    """
    numbers = [int(path.name) for path in directory.generation("").glob("*") if path.name.isdecimal()]
    name = str(max(numbers, default=0) + 1)
    folder = directory.generation(name)
    unpublished = folder / UNPUBLISHED
    try:
        make_folder(folder)
        unpublished.touch()
        sync_folder(folder)
        if engine:
            backend(engine).create(folder)
        yield name
    except BaseException:
        named = (directory.fields() or {}).get("generation")  # it may be named already and the marker still stand
        if unpublished.exists() and named != name:
            remove_generation(folder)
        raise


@contextmanager
def removed_on_failure(directory: IndexDirectory) -> Iterator[None]:
    """Remove the index directory if it did not exist before the block and the block fails."""
    made = not directory.path.exists()
    try:
        yield
    except IndexBusy:
        raise  # the directory and its lock are another process's, which was quicker
    except BaseException:
        if made and not directory.manifest_path.exists():
            with suppress(OSError):  # something else stands there now: it stays
                (directory.path / LOCK).unlink(missing_ok=True)
                directory.generation("").rmdir()
                directory.path.rmdir()
        raise


@contextmanager
def discarding_suggested(*, keeping: bool) -> Iterator[None]:
    """Add to a StorageFull of a rebuild that keeps the generation before it how to do with less room."""
    try:
        yield
    except StorageFull as error:
        raise StorageFull(f"{error}; --discard-previous needs less room") if keeping else error from error


@contextmanager
def storage_errors(place: Path, *, what: str = "index") -> Iterator[None]:
    """Raise StorageFull, IndexForbidden or IndexStateError, which name the remedy, for an OSError of the block.

    what: that which is written at this place.
    """
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise storage_full(f"{what} {place}", place) from error
        path = Path(os.fsdecode(error.filename)) if isinstance(error.filename, (str, bytes)) else place
        if error.errno in _REFUSED:
            raise IndexForbidden(refusal(path)) from error
        raise IndexStateError(f"{what} {place} cannot be written: {path}: {error.strerror}") from error
