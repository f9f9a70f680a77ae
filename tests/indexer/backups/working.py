"""What tests of backups look at and leave out."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from indexer.generations.checksums import measure, recorded
from search.index.directory import IndexDirectory


def nothing_shown(done: int, total: int) -> None:
    """Show no progress."""


def origins(place: Path) -> list[tuple[str, int]]:
    """Which articles stand where, by the table of the served generation."""
    folder = IndexDirectory(place).generation(IndexDirectory(place).read().generation)
    with closing(sqlite3.connect(folder / "origins.sqlite")) as table:
        return table.execute("select id, place from entries order by id").fetchall()


def is_sound(place: Path) -> bool:
    """Whether each file of the generations that were served has its checksum: `verify` without its searches."""
    directory = IndexDirectory(place)
    for folder in map(directory.generation, directory.generations()):
        sums = recorded(folder)
        if not sums or any(measure(folder / name) != known for name, known in sums.files.items()):
            return False
    return True
