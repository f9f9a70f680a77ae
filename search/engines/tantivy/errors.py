"""What Tantivy raises → our errors, each with its remedy. `engine.py` wraps every call of Tantivy in these."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import disk_usage

from search.errors import EngineError, IndexBusy, IndexDamaged, IndexForbidden, KashafError, StorageFull
from search.storage.permissions import refusal, unwritable

_LEAST_FREE = 2**20  # bytes; less is left when a file could not be written to its end
REFUSALS = (ValueError, OSError, RuntimeError)  # what Tantivy raises, by no rule of its own


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Turns Tantivy's exceptions into ours, its panics too: bytes that are not what was written make it panic."""
    try:
        yield
    except REFUSALS as error:
        raise _told(str(error), folder) from error
    except BaseException as error:
        if not _is_panic(error):
            raise
        raise damaged(f"Tantivy gave up: {error}", folder) from error


@contextmanager
def reading(folder: Path) -> Iterator[None]:
    """As `writing`; what the system or Tantivy says against bytes that were there at the opening means damage."""
    with writing(folder):
        try:
            yield
        except REFUSALS as error:
            if "IO error" in str(error) or "orrupt" in str(error):
                raise damaged(str(error), folder) from error
            raise


def damaged(text: str, folder: Path) -> IndexDamaged:
    """The error for files that hold something else than what was written."""
    return IndexDamaged(
        f"index files in {folder} cannot be read ({text}): kashaf verify says which, kashaf reindex makes them anew"
    )


def _told(text: str, folder: Path) -> KashafError:
    if "No space left" in text or "StorageFull" in text or ("Worker thread" in text and _is_full(folder)):
        return StorageFull(f"no space left for the index in {folder}: free some, then run the command again")
    if "PermissionDenied" in text or "ReadOnlyFilesystem" in text:
        return IndexForbidden(unwritable((folder, *folder.glob(".*"))) or refusal(folder))
    if "LockBusy" in text or "Lock" in text:
        return IndexBusy(f"another process is writing to {folder}: wait until it is done")
    return EngineError(f"Tantivy refused in {folder}: {text}")


def _is_full(folder: Path) -> bool:
    """Whether it was want of room that ended a thread of Tantivy, which does not say so."""
    return disk_usage(folder).free < _LEAST_FREE


def _is_panic(error: BaseException) -> bool:
    """Whether this is Rust's panic: a BaseException of a module that cannot be imported."""
    return type(error).__module__ == "pyo3_runtime"
