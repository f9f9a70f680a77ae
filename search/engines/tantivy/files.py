"""Tantivy's files: their names, their checksums, their permissions, and opening them without write access.

In: the folder of an index. A segment's files are named by its id and never change once they are written. `meta.json`
and `.managed.json` are replaced at each commit and after each merge. Called by `engine.py`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from struct import Struct
from threading import Event, Thread
from typing import Any, BinaryIO, Final

import msgspec

from search.engines.tantivy.errors import damaged
from search.storage.atomic_files import usual_mode
from search.storage.checksummed_json import crc32

_META: Final = "meta.json"
_REPLACED: Final = (_META, ".managed.json")
_LOCK: Final = ".tantivy-meta.lock"  # taken for a moment by whoever opens the index
_ENDINGS: Final = (".term", ".idx", ".pos", ".store", ".fast", ".fieldnorm")
_DELETES: Final = ".del"
_ASIDE: Final = re.compile(r"\.tmp[A-Za-z0-9]{6}")  # as Rust's tempfile names them, in which Tantivy writes them first
_END: Final = Struct("<II")  # the last bytes of a file: length of the JSON before them, a number that says "Tantivy"
_TANTIVY: Final = 1337
_BLOCK: Final = 2**20
_PAUSE: Final = 0.05  # seconds between two calls of `apply_umask`


def files(folder: Path) -> dict[str, bool]:
    """See `search.engines.base.Backend.files`."""
    return {**dict.fromkeys(_REPLACED, False), **dict.fromkeys(_segment_files(_meta(folder), folder), True)}


def has_unneeded_files(folder: Path) -> bool:
    """Whether files of segments lie there that are not of the last commit. Only for who holds the writer's lock."""
    needed = files(folder)
    return any(path.suffix in (*_ENDINGS, _DELETES) and path.name not in needed for path in folder.iterdir())


def remove_unfinished(folder: Path) -> None:
    """Remove what a killed process was writing aside of the files that are replaced. Only for who holds the writer's
    lock. Raises OSError.
    """
    for path in folder.iterdir():
        if _ASIDE.fullmatch(path.name):
            path.unlink(missing_ok=True)


def sound(folder: Path, name: str) -> bool | None:
    """See `search.engines.base.Backend.sound`. Tantivy writes a checksum of each segment file at its end."""
    if name in _REPLACED:
        return None
    with (folder / name).open("rb") as file, suppress(msgspec.DecodeError, KeyError, TypeError, ValueError):
        size = file.seek(0, os.SEEK_END)
        file.seek(max(size - _END.size, 0))
        length, number = _END.unpack(file.read(_END.size).rjust(_END.size, b"\0"))
        end = size - _END.size - length
        if number == _TANTIVY and end >= 0:
            file.seek(end)
            return bool(msgspec.json.decode(file.read(length))["crc"] == _checksum(file, end))
    return False


@contextmanager
def openable_folder(folder: Path) -> Iterator[Path]:
    """Yield a folder from which Tantivy can open this index: the folder itself if Tantivy may write its lock there.

    Otherwise (on a read-only mount, or as another user) it is a temporary folder with links to the files of the last
    commit, which stay open when the folder is removed.
    """
    if os.access(folder / _LOCK, os.W_OK):
        yield folder
        return
    from search.storage.temporary_folders import temporary_folder  # and what locks need: rarely asked for

    with temporary_folder() as temporary:
        content = (folder / _META).read_bytes()
        (temporary / _META).write_bytes(content)
        for name in _segment_files(_decoded(content, folder), folder):
            (temporary / name).symlink_to(folder.absolute() / name)
        yield temporary


def apply_umask(folder: Path) -> None:
    """Give the files that Tantivy replaces the permissions of the umask: Tantivy lets only their owner read them."""
    for name in _REPLACED:
        path = folder / name
        with suppress(OSError):  # replaced meanwhile, or another user's
            if path.stat().st_mode & 0o777 != usual_mode():
                path.chmod(usual_mode())


class UmaskThread:
    """Calls `apply_umask` every 50 ms until it is closed, in a thread of its own.

    Tantivy replaces files at each commit, and whenever a merge ends in one of its threads, of which it gives no notice.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._closed = Event()
        self._thread = Thread(target=self._run, name="kashaf-umask", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop the thread and apply the umask for the last time."""
        self._closed.set()
        self._thread.join()
        apply_umask(self._folder)

    def _run(self) -> None:
        while not self._closed.wait(_PAUSE):
            apply_umask(self._folder)


def _checksum(file: BinaryIO, end: int) -> int:
    """The CRC-32 of the bytes before `end`, read in blocks: a file may be larger than the memory."""
    checksum = file.seek(0)
    while block := file.read(min(_BLOCK, end - file.tell())):
        checksum = crc32(block, checksum)
    return checksum


def _meta(folder: Path) -> Any:
    try:
        return _decoded((folder / _META).read_bytes(), folder)
    except FileNotFoundError as error:
        raise damaged(str(error), folder) from error


def _decoded(content: bytes, folder: Path) -> Any:
    try:
        return msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise damaged(f"{_META}: {error}", folder) from error


def _segment_files(meta: Any, folder: Path) -> list[str]:
    try:
        return list(_named(meta))
    except (KeyError, TypeError, AttributeError) as error:
        raise damaged(f"{_META} names no segments ({error!r})", folder) from error


def _named(meta: Any) -> Iterator[str]:
    for segment in meta["segments"]:
        name = segment["segment_id"].replace("-", "")
        yield from (name + ending for ending in _ENDINGS)
        if segment["deletes"]:
            yield f"{name}.{segment['deletes']['opstamp']}{_DELETES}"
