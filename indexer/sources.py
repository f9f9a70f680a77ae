"""Paths given by the user → one stream of items, with a count of the bytes read so far.

Called by `indexer/build.py`. A path that is not there is an error before anything is read.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

from indexer.readers.contract import BLOCK_BYTES, Blob, Item, Skipped
from indexer.readers.folders import files_below, section_of
from indexer.readers.registry import read_blob
from search.errors import SourceError


class Sources:
    """Files and folders to read. `bytes_read` grows while `items` is read; `size` is what it will come to.

    Raises SourceError for a path that is not there or whose name cannot be kept.
    """

    def __init__(self, paths: Sequence[str | Path]) -> None:
        self.paths = tuple(dict.fromkeys(Path(os.path.abspath(path)) for path in paths))
        self.bytes_read = 0
        self.current = ""  # the file that is being read
        for path in self.paths:
            if not path.exists():
                raise SourceError(f"no such file or folder: {_shown(path)}")
            if _shown(path) != str(path):
                raise SourceError(f"the name {_shown(path)} is not UTF-8: rename it")

    @cached_property
    def size(self) -> int:
        """The bytes of all files; looked up once, for there may be a million."""
        return sum(_size(file) for root in self.paths for file in _files(root) if isinstance(file, Path))

    def items(self) -> Iterator[Item]:
        """The articles of all files and what could not be read, file after file."""
        for root in self.paths:
            for file in _files(root):
                if isinstance(file, Skipped):
                    yield file
                else:
                    yield from self._read(file, root)

    def _read(self, file: Path, root: Path) -> Iterator[Item]:
        place = self.current = _shown(file)
        if not file.is_file():
            yield Skipped(place, "no regular file")
            return
        before = self.bytes_read
        section = section_of(file.relative_to(root).parts[:-1]) if file != root else None
        yield from read_blob(Blob(place, self._blocks(file), section, path=file))
        self.bytes_read = before + _size(file)  # also where the rest of it was left unread

    def _blocks(self, file: Path) -> Iterator[bytes]:
        with file.open("rb", buffering=0) as opened:
            while block := opened.read(BLOCK_BYTES):
                self.bytes_read += len(block)
                yield block


def _files(root: Path) -> Iterator[Path | Skipped]:
    return files_below(root) if root.is_dir() else iter([root])


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0


def _shown(path: Path) -> str:
    """A path as a report can print it."""
    return os.fsencode(path).decode("utf-8", "replace")
