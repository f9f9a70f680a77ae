"""What is remembered of ids that sources share, taken along from one generation to another.

In: the folders of both. Called before a reindex reads, by a rollback and by a restore, so that after each of them the
same article has the plain id. `indexer/origins/identities.py` says what the rows mean.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import Final

from indexer.generations.checksums import ORIGINS, recording

SCHEMA: Final = """
create table if not exists identities (given text, source integer, id text, primary key (given, source)) without rowid;
"""


def take_shared_ids(folder: Path, engine: str, other: Path) -> None:
    """Take over into the table of the generation in `folder` what the other one knows; what is known there stays.

    A table that cannot be read is left alone: the next run says what is wrong with it.
    """
    if not (other / ORIGINS).exists() or not (folder / ORIGINS).exists():
        return
    with (
        recording(folder, engine),
        suppress(sqlite3.DatabaseError),
        closing(sqlite3.connect(folder / ORIGINS)) as table,
    ):
        copy_shared_ids(table, other)


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
