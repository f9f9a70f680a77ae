"""The two files that a run over a list writes, and what lets an interrupted run go on.

In: the lines of each row, in order. Out: both files, whole or not at all. While the run lasts its lines go to files
beside them (`.part`), and a small file (`.progress`) says up to which byte of each the rows are whole. It is replaced
in one step, after both files are on the disk, so that a run that was killed at any moment, or whose machine lost power,
goes on behind the last row that it names, and ends with the same bytes as one that was never interrupted. Called by
`search/lists/running.py`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import BinaryIO

import msgspec

from search.errors import SourceError
from search.lists.searching import RowResult
from search.storage.atomic_files import remove_file, replace_file, sync_folder
from search.storage.checksummed_json import checksum_agrees, with_checksum
from search.storage.run_lock import run_lock


class Progress(msgspec.Struct, frozen=True):
    """How far a run is. made_of: what its results depend on, by name. sizes: whole bytes of both files."""

    made_of: dict[str, str]
    today: str
    rows: int = 0
    found: int = 0
    sizes: tuple[int, int] = (0, 0)


class Outputs:
    """Both files of a run that is going on. `done`: rows that are written; `found`: those of them with a match."""

    def __init__(self, paths: tuple[Path, Path], parts: tuple[BinaryIO, BinaryIO], progress: Progress) -> None:
        self._paths, self._parts = paths, parts
        self._progress = progress
        self.done, self.found = progress.rows, progress.found

    def write(self, result: RowResult) -> None:
        """Write the lines of the next row."""
        for part, lines in zip(self._parts, (result.hits, result.counts), strict=True):
            part.write(lines.encode("utf-8", "replace"))
        self.done += 1
        self.found += bool(result.total)

    def save(self) -> None:
        """Bring what was written to the disk, then say so."""
        for part in self._parts:
            part.flush()
            os.fsync(part.fileno())
        sizes = (self._parts[0].tell(), self._parts[1].tell())
        self._progress = msgspec.structs.replace(self._progress, rows=self.done, found=self.found, sizes=sizes)
        replace_file(_progress_file(self._paths[0]), with_checksum(self._progress))

    def finish(self) -> None:
        """Give both files their names, once all rows are written."""
        self.save()
        for path, part in zip(self._paths, self._parts, strict=True):
            part.close()
            _part_file(path).replace(path)
            sync_folder(path.parent)
        remove_file(_progress_file(self._paths[0]))


def begun_on(hits: Path, counts: Path, made_of: Mapping[str, str]) -> date | None:
    """Return the day on which the unfinished run began that left these files; None if there is none.

    Raises SourceError if that run was made of something else.
    """
    progress = _read_progress(hits, counts)
    if progress is None:
        return None
    other = [name for name, value in made_of.items() if progress.made_of.get(name) != value]
    if other:
        raise SourceError(
            f"{_progress_file(hits)} is of an unfinished run with another {' and another '.join(other)}: "
            "give the same to go on with it, name other outputs, or begin anew with --restart"
        )
    return date.fromisoformat(progress.today)


@contextmanager
def open_outputs(
    hits: Path, counts: Path, heads: tuple[str, str], made_of: Mapping[str, str], *, today: date, restart: bool
) -> Iterator[Outputs]:
    """Open both files of a run, behind the rows that an unfinished one has written, unless it is to `restart`.

    heads: the first lines of both. made_of: name → what the results depend on. today: the day on which the run began.
    Raises SourceError if a file cannot be written, or if another run is writing there.
    """
    paths = (hits, counts)
    busy = SourceError(f"another run is writing {hits}: wait until it is done, or name other files")
    try:
        with run_lock(hits, busy=busy), ExitStack() as stack:
            progress = None if restart else _read_progress(hits, counts)
            begun = progress or Progress(dict(made_of), today.isoformat())
            parts = [stack.enter_context(_opened(path, size)) for path, size in zip(paths, begun.sizes, strict=True)]
            outputs = Outputs(paths, (parts[0], parts[1]), begun)
            if progress is None:
                for part, head in zip(parts, heads, strict=True):
                    part.write(head.encode())
                outputs.save()
            yield outputs
    except OSError as error:
        place = error.filename or hits
        raise SourceError(f"{place} cannot be written ({error.strerror or error}): name other files") from error


def _opened(path: Path, size: int) -> BinaryIO:
    """Open the file of whole rows, and cut off what is behind them."""
    part = _part_file(path)
    if size == 0:
        return part.open("wb")
    if not part.exists():  # the run was killed while it gave both files their names
        path.replace(part)
    file = part.open("r+b")
    file.truncate(size)
    file.seek(size)
    return file


def _read_progress(hits: Path, counts: Path) -> Progress | None:
    """Return what the file of progress says; None without one, or if the rows that it names are not there."""
    try:
        content = _progress_file(hits).read_bytes()
        if not checksum_agrees(content):
            return None
        progress = msgspec.json.decode(content, type=Progress)
    except (OSError, msgspec.ValidationError, msgspec.DecodeError):
        return None
    return progress if all(map(_has_rows, (hits, counts), progress.sizes)) else None


def _has_rows(path: Path, size: int) -> bool:
    part = _part_file(path)
    if part.exists():
        return part.stat().st_size >= size
    return path.exists() and path.stat().st_size == size


def _part_file(path: Path) -> Path:
    return path.with_name(f"{path.name}.part")


def _progress_file(hits: Path) -> Path:
    return hits.with_name(f"{hits.name}.progress")
