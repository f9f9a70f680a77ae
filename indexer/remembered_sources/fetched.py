"""Articles that were fetched from a feed, kept as JSON lines below the index directory.

In: the rows of one fetch. Out: lines at the end of the file of the day, `DIR/fetched/NUMBER/YYYY-MM-DD.jsonl`. A feed
drops its articles after days, so these files are what `index` and `reindex` read as that source. Called by who fetches;
`indexer/backups` copies them. Files whose names begin with a dot are not read as articles: who fetches may keep there
what it knows of the feed.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

import msgspec

from indexer.generations.storage import storage_errors
from search.index.directory import IndexDirectory
from search.index.source_registry import Source, fetched_folder
from search.storage.atomic_files import make_folder, sync_folder

_BLOCK: Final = 1 << 16


def store_fetched(
    directory: IndexDirectory, source: Source, rows: Iterable[Mapping[str, Any]], *, day: date | None = None
) -> Path | None:
    """Append articles of a feed durably to the file of the day (today); returns it, or None where there are no rows.

    rows: an article each, under the names that JSON files may give to its fields (docs/formats.md). A row whose id or
    address came before corrects that article. Takes the writer's lock: raises IndexBusy at once if another process
    has it; raises other IndexStateErrors and StorageFull too, and then none of the rows is stored.
    """
    content = b"".join(msgspec.json.encode(row) + b"\n" for row in rows)
    if not content:
        return None
    folder = fetched_folder(directory.path, source)
    path = folder / f"{(day or date.today()).isoformat()}.jsonl"
    with storage_errors(directory.path), directory.lock():
        make_folder(folder)
        new = not path.exists()
        _append(path, content)
        if new:
            sync_folder(folder)
    return path


def _append(path: Path, content: bytes) -> None:
    """Write behind the last whole line: a crash or a full disk may have left a part of one. Raises OSError."""
    with open(path, "r+b" if path.exists() else "x+b", buffering=0) as file:
        end = _end_of_lines(file.fileno(), os.fstat(file.fileno()).st_size)
        file.truncate(end)
        file.seek(end)
        try:
            left = memoryview(content)
            while left:
                left = left[file.write(left) :]
            os.fsync(file.fileno())
        except OSError:
            file.truncate(end)
            raise


def _end_of_lines(file: int, size: int) -> int:
    """Behind which byte the last whole line ends."""
    end = size
    while end:
        start = max(0, end - _BLOCK)
        found = os.pread(file, end - start, start).rfind(b"\n")
        if found >= 0:
            return start + found + 1
        end = start
    return 0
