"""Tables of SQLite: what its library raises as errors of ours, and a copy of a table that others may be writing.

Called by `indexer/origins/table.py` and `indexer/fetching/memory.py`.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final

from search.errors import IndexDamaged, IndexStateError, StorageFull

PATIENCE: Final = 60.0  # seconds that a run waits for who copies a table, and the other way round
_PRIMARY: Final = 0xFF  # the bits of an error's code that say its kind
_UNOPENED: Final = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN)


@contextmanager
def table_errors(path: Path, *, remedy: str) -> Iterator[None]:
    """Raise StorageFull, IndexStateError or IndexDamaged, with this remedy, for an error of SQLite in the block."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_FULL:
            raise StorageFull(f"no space left for {path}: free some, then run the command again") from error
        raise IndexStateError(f"{path} cannot be written: {error}") from error
    except sqlite3.DatabaseError as error:
        raise IndexDamaged(f"{path} is damaged ({error}): {remedy}") from error


def copy_table(path: Path, copy: Path, *, remedy: str) -> None:
    """Copy the table at `path`, as it was last committed, to the file `copy`, which is checked and synced to disk.

    Raises as `table_errors` does.
    """
    with table_errors(copy, remedy=remedy):
        copy.touch()  # SQLite would take from the group what the umask leaves it
        try:
            _copy_committed(path, copy)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & _PRIMARY not in _UNOPENED:
                raise
            _copy_interrupted(path, copy)
    with table_errors(path, remedy=remedy), closing(sqlite3.connect(copy)) as table:
        if (found := table.execute("pragma quick_check(1)").fetchone()) != ("ok",):
            raise sqlite3.DatabaseError(*found)
    with copy.open("rb+") as file:
        os.fsync(file.fileno())


def _copy_committed(path: Path, copy: Path) -> None:
    place = f"{path.absolute().as_uri()}?mode=ro"
    with (
        closing(sqlite3.connect(place, uri=True, timeout=PATIENCE)) as table,
        closing(sqlite3.connect(copy)) as copied,
    ):
        table.backup(copied)


def _copy_interrupted(path: Path, copy: Path) -> None:
    """Copies a table that a killed run left amid a commit, with its journal, by which the copy is put right."""
    shutil.copyfile(path, copy)
    with suppress(FileNotFoundError):
        shutil.copyfile(f"{path}-journal", f"{copy}-journal")
    with closing(sqlite3.connect(copy)) as table:
        table.execute("select count(*) from sqlite_master").fetchone()
