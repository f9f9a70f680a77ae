"""Exceptions of Tantivy → the errors of `search/errors.py`, each with its remedy.

`engine.py` wraps every call of Tantivy in `reading` or `writing`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from search.errors import EngineError, IndexBusy, IndexDamaged, IndexForbidden, KashafError
from search.storage.free_space import free_bytes, storage_full
from search.storage.permissions import refusal, unwritable

# bytes; a thread that died on a full disk removes its unfinished files, of some megabytes
_LEAST_FREE = 2**26
REFUSALS = (ValueError, OSError, RuntimeError)  # the exceptions that Tantivy raises, for whatever reason


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Turn exceptions of Tantivy into ours, also its panics, which damaged files cause."""
    try:
        yield
    except REFUSALS as error:
        raise _translated(str(error), folder) from error
    except BaseException as error:
        if not _is_panic(error):
            raise
        raise damaged(f"Tantivy gave up: {error}", folder) from error


class reading:
    """Do the same as `writing`, and turn errors of input and of format into IndexDamaged.

    A query enters dozens of these, and a function with `contextmanager` would take four times as long.
    """

    __slots__ = ("_folder",)

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> None: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if error is None:
            return
        if isinstance(error, REFUSALS):
            if "IO error" in str(error) or "orrupt" in str(error):
                raise damaged(str(error), self._folder) from error
            raise _translated(str(error), self._folder) from error
        if _is_panic(error):
            raise damaged(f"Tantivy gave up: {error}", self._folder) from error


def damaged(text: str, folder: Path) -> IndexDamaged:
    """Return the error for files that do not hold what was written to them."""
    return IndexDamaged(
        f"index files in {folder} cannot be read ({text}): kashaf verify says which, kashaf reindex makes them anew"
    )


def _translated(text: str, folder: Path) -> KashafError:
    if "No space left" in text or "StorageFull" in text or ("Worker thread" in text and _disk_is_full(folder)):
        return storage_full(f"the index in {folder}", folder)
    if "PermissionDenied" in text or "ReadOnlyFilesystem" in text:
        return IndexForbidden(unwritable((folder, *folder.glob(".*"))) or refusal(folder))
    if "LockBusy" in text or "Lock" in text:
        return IndexBusy(f"another process is writing to {folder}: wait until it is done")
    return EngineError(f"Tantivy refused in {folder}: {text}")


def _disk_is_full(folder: Path) -> bool:
    """Whether the disk is full: Tantivy does not say so when that ends one of its threads."""
    free = free_bytes(folder)
    return free is not None and free < _LEAST_FREE


def _is_panic(error: BaseException) -> bool:
    """Whether this is Rust's panic: a BaseException of a module that cannot be imported."""
    return type(error).__module__ == "pyo3_runtime"
