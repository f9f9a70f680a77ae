"""The files in which fetched articles lie below an index directory, written so that no crash loses one.

    DIR/fetched/.feeds.sqlite           what is known of feeds, their entries, and hosts: `memory.py`
    DIR/fetched/NUMBER/YYYY-MM.jsonl    articles, one a line, in the file of the month in which each was first fetched

A feed drops its articles after days, so these files are what `index` and `reindex` read as that source. A correction is
a further line with the same id in the same file, and the reader takes the last of them. Files of former months hardly
change, so a later run of the index need not read them. Called by `feed_visit.py`; `indexer/backups` copies the files,
but for those whose names begin with a dot.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import msgspec

from search.article import Article, encode_article
from search.storage.atomic_files import make_folder, replacing, sync_folder

TABLE: Final = ".feeds.sqlite"
_SUFFIX: Final = ".jsonl"
_BLOCK: Final = 1 << 16


def article_files(folder: Path) -> list[Path]:
    """Return the files of articles in the folder of a feed, the oldest first."""
    return sorted(path for path in folder.glob(f"[!.]*{_SUFFIX}") if path.is_file())


def file_of_month(moment: float) -> str:
    """Return the name of the file for articles that are first fetched at this moment."""
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m") + _SUFFIX


def append_article(folder: Path, name: str, article: Article) -> Path:
    """Write an article behind those of a file, as one line that is on the disk when this returns. Raises OSError.

    What a crash or a full disk left of a line before it is cut off first.
    """
    make_folder(folder)
    path = folder / name
    new = not path.exists()
    with open(path, "x+b" if new else "r+b", buffering=0) as file:
        end = _end_of_lines(file.fileno(), os.fstat(file.fileno()).st_size)
        file.truncate(end)
        file.seek(end)
        try:
            left = memoryview(encode_article(article) + b"\n")
            while left:
                left = left[file.write(left) :]
            os.fsync(file.fileno())
        except OSError:
            file.truncate(end)
            raise
    if new:
        sync_folder(folder)
    return path


def remove_lines(path: Path, ids: Collection[str]) -> int:
    """Rewrite a file without the articles of these ids, in one step; return how many lines went. Raises OSError."""
    gone = sum(1 for line in _lines(path) if _id_of(line) in ids)
    if gone:
        with replacing(path) as file:
            file.writelines(line for line in _lines(path) if _id_of(line) not in ids)
    return gone


def articles_in(path: Path) -> Iterator[Article]:
    """Give the articles of a file, every version of each."""
    for line in _lines(path):
        try:
            yield msgspec.json.decode(line, type=Article)
        except (msgspec.DecodeError, UnicodeDecodeError):
            continue


def _lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        for line in file:
            if line.endswith(b"\n"):
                yield line


class _Named(msgspec.Struct):
    id: str = ""


def _id_of(line: bytes) -> str:
    try:
        return msgspec.json.decode(line, type=_Named).id
    except (msgspec.DecodeError, UnicodeDecodeError):
        return ""


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
