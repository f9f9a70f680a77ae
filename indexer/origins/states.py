"""What each file was like when it was read last, so that a file that did not change is not read again.

    states  file → its size, its times, when it was looked at, the hash of its bytes, what read it, its articles

The rows lie in the table of origins (`table.py`) and are committed with it, after the engine's commit: a file that has
a row was read whole, and its articles are in the index or withdrawn. `origins.py` writes rows, `unread.py` compares.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Final, NamedTuple

import msgspec

from indexer.file_state import FileState
from indexer.findings import Rejected

SCHEMA: Final = """
create table if not exists states (file integer primary key, size integer, modified integer, changed integer,
    looked integer, hash blob, made integer, articles integer, rejected text);
"""


class Known(NamedTuple):
    """What is known of a file: its number in the table of origins, how it was, how many articles it gave."""

    file: int
    state: FileState
    articles: int
    rejected: tuple[Rejected, ...]


def known_state(table: sqlite3.Connection, path: str) -> Known | None:
    """How the file at this path was when it was read last; None where it has to be read."""
    row = table.execute(
        "select s.file, size, modified, changed, looked, hash, made, articles, rejected from files f "
        "join states s on s.file = f.id where f.path = ?",
        (path,),
    ).fetchone()
    if row is None:
        return None
    rejected = msgspec.json.decode(row[8], type=tuple[Rejected, ...]) if row[8] else ()
    return Known(row[0], FileState(*row[1:7]), row[7], rejected)


def write_state(
    table: sqlite3.Connection, file: int, state: FileState, *, articles: int, rejected: Sequence[Rejected]
) -> None:
    """Note how a file was that was read whole."""
    told = msgspec.json.encode(rejected).decode() if rejected else None
    table.execute("insert or replace into states values (?, ?, ?, ?, ?, ?, ?, ?, ?)", (file, *state, articles, told))


def refresh_state(table: sqlite3.Connection, file: int, state: FileState) -> None:
    """Note the times of a file whose bytes are as they were."""
    table.execute(
        "update states set modified = ?, changed = ?, looked = ? where file = ?",
        (state.modified, state.changed, state.looked, file),
    )


def forget_state(table: sqlite3.Connection, file: int) -> None:
    """Have a file be read by the next run."""
    table.execute("delete from states where file = ?", (file,))
