"""The index directory while something is written to it: what it remembers, new generations, the system's refusals.

Called by `indexer/build.py`. `search/catalogue.py` says what lies where.
"""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from search.catalogue import Catalogue
from search.engines.registry import DEFAULT, backend
from search.errors import IndexDamaged, IndexMissing, IndexStateError, StorageFull

_FULL = (errno.ENOSPC, errno.EDQUOT)


class Remembered(msgspec.Struct, frozen=True):
    """What a manifest of any format says that a rebuild needs."""

    engine: str = DEFAULT
    lexicon: str | None = None
    generation: str | None = None
    commits: int = 0
    sources: tuple[str, ...] = ()


def remembered(catalogue: Catalogue) -> Remembered:
    """What the index knows of itself, be it outdated or damaged. Raises IndexForeign."""
    if not catalogue.exists():
        return Remembered()
    try:
        return msgspec.json.decode(catalogue.manifest_path.read_bytes(), type=Remembered)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return Remembered()


def remembered_sources(catalogue: Catalogue) -> tuple[str, ...]:
    """The paths that the index was made from. Raises an error with the remedy where they cannot be read again."""
    if not catalogue.exists():
        raise IndexMissing(f"no index at {catalogue.place}: make one with kashaf index PATH…")
    sources = remembered(catalogue).sources
    if not sources:
        raise IndexDamaged(f"index {catalogue.place} remembers no sources: name them, kashaf reindex PATH…")
    for source in sources:
        if not Path(source).exists():
            raise IndexStateError(f"source {source} of the index is gone: name what to read, kashaf reindex PATH…")
    return sources


@contextmanager
def new_generation(catalogue: Catalogue, engine: str) -> Iterator[str]:
    """The name of a new generation, made empty; removed again if the block fails before the manifest names it."""
    numbers = [int(path.name) for path in catalogue.generation("").glob("*") if path.name.isdecimal()]
    name = str(max(numbers, default=0) + 1)
    folder = catalogue.generation(name)
    try:
        folder.mkdir(parents=True)
        backend(engine).create(folder)
        yield name
    except BaseException:
        if remembered(catalogue).generation != name:
            shutil.rmtree(folder, ignore_errors=True)
        raise


@contextmanager
def no_trace_of_failure(catalogue: Catalogue) -> Iterator[None]:
    """Removes the directory again where it was made for an index that did not come about."""
    made = not catalogue.place.exists()
    try:
        yield
    except BaseException:
        if made and not catalogue.manifest_path.exists():
            with suppress(OSError):  # something else stands there now: it stays
                (catalogue.place / "writer.lock").unlink(missing_ok=True)
                catalogue.generation("").rmdir()
                catalogue.place.rmdir()
        raise


@contextmanager
def storage_errors(place: Path) -> Iterator[None]:
    """Turns the system's refusals to write into ours."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise StorageFull(f"no space left for index {place}: free some, then run the command again") from error
        raise IndexStateError(f"index {place} cannot be written ({error.strerror}): check its permissions") from error
