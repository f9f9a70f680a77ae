"""7z → the blobs inside it, unpacked to a temporary folder. Called by the registry, for whatever begins like one.

Its files are packed in one stream, in which nothing can be left out; so all is unpacked before the first is read, as
long as it is not too much. It needs py7zr, which comes with the extra `formats`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import py7zr
import py7zr.io

from indexer.readers.as_file import as_seekable
from indexer.readers.bounds import BLOCK_BYTES, LARGEST_SPOOL
from indexer.readers.contract import Blob, Item, Unreadable
from indexer.readers.findings import BOMB, DAMAGED, ENCRYPTED, NO_ROOM
from indexer.readers.unpacking import member_items
from search.storage.temporary_folders import temporary_folder

_LARGEST_DICTIONARY: Final = 600_000_000  # bytes that 7z may hold: its usual settings take 64 million, its highest 256
_LZMA: Final = b"\x03\x01\x01"
_LZMA2: Final = b"\x21"
_PPMD: Final = b"\x03\x04\x01"
_MOST_FILES: Final = 200_000


def read_7z(blob: Blob, read: Callable[[Blob], Iterator[Item]]) -> Iterator[Item]:
    """What `read` makes of each file in the 7z. Raises Unreadable where it is damaged or needs a password."""
    with as_seekable(blob, "a 7z") as file, temporary_folder() as place:
        for name, path in _unpacked(file, place):
            yield from member_items(blob, name, _blocks(path), read)


def _unpacked(file: Any, place: Path) -> list[tuple[str, Path]]:
    """The names of the files, and where each was unpacked to."""
    factory = _Files(place)
    try:
        with py7zr.SevenZipFile(file) as archive:
            if archive.needs_password():
                raise Unreadable(ENCRYPTED)
            if (size := _dictionary(archive)) > _LARGEST_DICTIONARY:
                raise Unreadable(BOMB, f"it wants {size // 1_000_000:,} MB of memory")
            archive.extractall(factory=factory)
    except Unreadable:
        raise
    except OSError as error:
        raise Unreadable(NO_ROOM.of("a 7z"), error.strerror or str(error)) from error
    except Exception as error:  # damage may end in any error of its decoders
        raise Unreadable(DAMAGED.of("7z"), str(error)[:200]) from error
    finally:
        factory.close()
    return factory.files


def _dictionary(archive: Any) -> int:
    """The bytes that unpacking takes in memory, as the archive says: the largest dictionary, or model of PPMd."""
    streams = archive.header.main_streams
    folders = () if streams is None else streams.unpackinfo.folders
    coders = ((coder["method"], coder["properties"] or b"") for folder in folders for coder in folder.coders)
    return max((_memory(method, properties) for method, properties in coders), default=0)


def _memory(method: bytes, properties: bytes) -> int:
    if method == _LZMA2 and properties:
        return (2 | properties[0] & 1) << (properties[0] // 2 + 11)
    return int.from_bytes(properties[1:5], "little") if method in (_LZMA, _PPMD) else 0


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as opened:
        while block := opened.read(BLOCK_BYTES):
            yield block


class _Files(py7zr.io.WriterFactory):
    """Gives py7zr a file to write each member to, numbered, so that no name in an archive is a path on the disk."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._open: _File | None = None
        self.files: list[tuple[str, Path]] = []
        self.left = LARGEST_SPOOL  # bytes that may still be unpacked

    def create(self, filename: str) -> _File:
        self.close()
        if len(self.files) >= _MOST_FILES:
            raise Unreadable(BOMB)
        path = self._place / str(len(self.files))
        self.files.append((filename.replace("\\", "/").lstrip("/"), path))
        self._open = _File(path, self)
        return self._open

    def close(self) -> None:
        if self._open is not None:
            self._open.close()
            self._open = None


class _File(py7zr.io.Py7zIO):
    """One member as it is written."""

    def __init__(self, path: Path, files: _Files) -> None:
        self._file = path.open("w+b")
        self._files = files

    def write(self, s: bytes | bytearray) -> int:
        self._files.left -= len(s)
        if self._files.left < 0:
            raise Unreadable(BOMB)
        return self._file.write(s)

    def read(self, size: int | None = None) -> bytes:
        return self._file.read(-1 if size is None else size)

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._file.seek(offset, whence)

    def flush(self) -> None:
        self._file.flush()

    def size(self) -> int:
        return self._file.tell()

    def close(self) -> None:
        self._file.close()
