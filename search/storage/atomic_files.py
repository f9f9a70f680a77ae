"""Replaces small files atomically, and makes folders and removes files so that a power cut does not undo it.

In: a path and its new content. Out: nothing; after a crash at any moment the file has its old content or the new one.
Called by `search/index/directory.py`, `search/results/spelling_variants.py` and the indexer.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

_ASIDE: Final = ".new"  # the end of the name of a temporary file
_GONE: Final = ".gone"  # the end of the name of a folder that is being removed
_ABANDONED_SECONDS: Final = 3600  # writing a small file never takes that long


def replace_file(path: Path, content: bytes) -> None:
    """Write a temporary file, sync it to disk and rename it: readers see the old content or the new. Raises OSError.

    The name of the temporary file is random, so that two processes that replace one file do not disturb each other.
    """
    with replacing(path) as file:
        file.write(content)


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Give a file to write to, which takes the place of the one at this path when all is written, as in `replace_file`.

    Until then it has a name that begins with a dot, so that nobody who reads the folder takes it for a file of its own,
    also after a crash. Where anything is raised meanwhile, the file at the path stays as it was. Raises OSError.
    """
    aside = path.with_name(f".{path.name}.{os.urandom(8).hex()}{_ASIDE}")
    try:
        with aside.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    except BaseException:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


@contextmanager
def writing_to(path: Path) -> Iterator[BinaryIO]:
    """Give a file as `replacing` does, for a path that a user names, which may be more than a file.

    What a link leads to is replaced, not the link. A device or a pipe, such as /dev/null, is written to: a file in its
    place would break what others have open. Raises OSError.
    """
    if path.exists() and not path.is_file():
        with path.open("wb") as file:
            yield file
        return
    with replacing(path.resolve() if path.is_symlink() else path) as file:
        yield file


def stamp_of(path: Path) -> tuple[int, int, int] | None:
    """Return a value that changes whenever the file is replaced; None if there is none. Costs one stat."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_ino, status.st_size


def is_aside(name: str, replaced: str) -> bool:
    """Return whether this is the name of a temporary file that was to replace the file named `replaced`."""
    return name.removeprefix(".").startswith(replaced) and name.endswith(_ASIDE)  # older programs wrote no dot


def sweep_aside(folder: Path, replaced: str = "") -> None:
    """Remove temporary files, older than an hour, that killed processes left; for the file `replaced`, or for any."""
    for path in folder.glob("*" + _ASIDE):
        with suppress(OSError):
            if is_aside(path.name, replaced) and time.time() - path.stat().st_mtime > _ABANDONED_SECONDS:
                path.unlink()


def remove_aside(folder: Path) -> None:
    """Remove all temporary files of a folder. Only for who knows that no process is writing there. Raises OSError."""
    for path in folder.glob("*" + _ASIDE):
        path.unlink(missing_ok=True)


def remove_file(path: Path) -> None:
    """Remove the file, if it exists, and sync its folder to disk. Raises OSError."""
    if path.exists():
        path.unlink(missing_ok=True)
        sync_folder(path.parent)


def remove_folder(folder: Path) -> None:
    """Remove a folder with all that is in it, as far as that is possible. It loses its name first, in one step, so that
    nobody takes for whole what a crash leaves of it: that has a name that begins with a dot and ends in `.gone`.
    """
    gone = folder.with_name(f".{folder.name}.{os.urandom(8).hex()}{_GONE}")
    with suppress(OSError):  # Windows keeps the name of what is open
        if not folder.name.endswith(_GONE):
            folder = folder.rename(gone)
            sync_folder(folder.parent)
    shutil.rmtree(folder, ignore_errors=True)


def make_folder(folder: Path) -> None:
    """Make the folder and the missing ones above it, and sync each to disk. Raises OSError."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir(exist_ok=True)
        sync_folder(each.parent)


def sync_folder(folder: Path) -> None:
    """Sync the names in a folder to disk, on systems that can (not Windows): new, renamed and removed ones."""
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def usual_mode() -> int:
    """Return the mode that the umask of this process gives to a new file."""
    return 0o666 & ~_UMASK


def _umask() -> int:
    """The umask of this process: from /proc where there is one, else by setting and restoring it."""
    with suppress(OSError, ValueError):
        lines = Path("/proc/self/status").read_text(encoding="utf-8", errors="replace").splitlines()
        for line in lines:
            if line.startswith("Umask:"):
                return int(line.split()[1], 8)
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


_UMASK: Final = _umask()  # once, before there are threads: where it is read by setting it, it changes for all of them
