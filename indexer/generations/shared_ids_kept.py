"""What is remembered of ids that sources share, taken along from one generation to another.

In: the folders of both. Called before a reindex reads, by a rollback and by a restore, so that after each of them the
same article has the plain id. `indexer/origins/identities.py` says what the rows mean.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Final

from indexer.generations.checksums import ORIGINS, recording

SCHEMA: Final = """
create table if not exists identities (given text, source integer, id text, primary key (given, source)) without rowid;
"""


def take_shared_ids(folder: Path, engine: str, other: Path) -> None:
    """Take over into the table of the generation in `folder` what the other one knows; what is known there stays.

    Both are generations of one index, for a number means a source of one. A table that cannot be read is left alone:
    the next run says what is wrong with it.
    """
    if (other / ORIGINS).exists():
        with _open_table(folder, engine) as table:
            if table:
                copy_shared_ids(table, other)


def renumber_sources(folder: Path, engine: str, numbers: Mapping[int, int]) -> None:
    """Give the sources of what is remembered in this generation other numbers: number before → number from now on."""
    changed = [(-now, before) for before, now in numbers.items() if now != before]
    with _open_table(folder, engine) if changed else nullcontext() as table:
        if table:
            table.executescript(SCHEMA)
            table.executemany("update identities set source = ? where source = ?", changed)  # no two meet meanwhile
            table.execute("update identities set source = -source where source < 0")
            table.commit()


def shared_ids(folder: Path) -> list[tuple[str, int, str]]:
    """What is remembered in this generation: id as it is given, number of the source, id in the index.

    Read only; nothing where there is no table, or one that cannot be read.
    """
    place = f"{(folder / ORIGINS).absolute().as_uri()}?mode=ro"
    with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(place, uri=True)) as table:
        return table.execute("select given, source, id from identities").fetchall()
    return []


def add_shared_ids(folder: Path, engine: str, rows: Sequence[tuple[str, int, str]]) -> None:
    """Remember ids of sources in this generation: id as it is given, number of the source, id in the index."""
    with _open_table(folder, engine) if rows else nullcontext() as table:
        if table:
            table.executescript(SCHEMA)
            table.executemany("insert or ignore into identities values (?, ?, ?)", rows)
            table.commit()


@contextmanager
def _open_table(folder: Path, engine: str) -> Iterator[sqlite3.Connection | None]:
    """The table of the generation in this folder, None where it has none. What is damaged stays as it is."""
    if not (folder / ORIGINS).exists():
        yield None
        return
    with (
        recording(folder, engine),
        suppress(sqlite3.DatabaseError),
        closing(sqlite3.connect(folder / ORIGINS)) as table,
    ):
        yield table


def copy_shared_ids(table: sqlite3.Connection, other: Path) -> None:
    """The same for a table that is open. Raises sqlite3.DatabaseError."""
    table.execute("attach database ? as other", (str(other / ORIGINS),))
    try:
        if table.execute("select 1 from other.sqlite_master where name = 'identities'").fetchone():
            table.executescript(SCHEMA)
            table.execute("insert or ignore into identities select given, source, id from other.identities")
            table.commit()
    finally:
        table.execute("detach database other")
