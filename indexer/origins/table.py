"""The table of origins: which article stands where in which file, as it was when the file was read last.

    files    path
    entries  file, place among its articles → the article's id and digest, and whether it has a name of its own
    former   articles that a file gave once and gives no more, until they are corrected, pruned or back
    identities  ids that sources share: see `identities.py`
    states   what the file was like then: see `states.py`
    arrived  articles that a known file gives since one of its rows changed, until the run has compared them

It lies in each generation as `origins.sqlite`. Rows are written while a run reads and committed after the engine's
commit, so that the table is never ahead of the index: what a crash leaves undone the next run finds undone. A row that
is as it was costs a comparison and no writing. Opened by `indexer/ingestion.py`, `indexer/withdrawal.py`,
`indexer/purging`, `indexer/backups` and `indexer/watching`; the other modules of this folder know its rows.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final, NamedTuple

from indexer.generations.checksums import ORIGINS
from indexer.generations.shared_ids_kept import SCHEMA as IDENTITIES
from indexer.origins.states import SCHEMA as STATES
from indexer.origins.states import forget_state
from search.storage.tables import PATIENCE, table_errors
from search.storage.tables import copy_table as copy_any_table

_SCHEMA: Final = f"""
create table if not exists files (id integer primary key, path text unique not null);
create table if not exists entries (file integer, place integer, id text, digest integer, named integer,
    primary key (file, place)) without rowid;
create table if not exists former (id text, file integer, place integer, digest integer, named integer,
    primary key (id, file)) without rowid;
create table if not exists arrived (file integer, id text, place integer, named integer,
    primary key (file, id)) without rowid;
{STATES}
{IDENTITIES}
create temporary table read (file integer primary key);
create temporary table doubtful (path text primary key) without rowid;
create temporary table replaced (id text, digest integer, file integer);
"""
_CACHE_KILOBYTES: Final = 8_000
_REMEDY: Final = "remove it and run kashaf index again, which learns anew where the articles stand"


class Row(NamedTuple):
    """One article of a file: its place among the file's articles from 1 on; `named`: it has an id or an address."""

    place: int
    id: str
    digest: int
    named: bool


@contextmanager
def open_table(folder: Path) -> Iterator[sqlite3.Connection]:
    """The table of the generation in this folder, made where there is none; what is not committed is given up.

    Raises StorageFull, IndexDamaged and IndexStateError, also for what is done to it in the block.
    """
    path = folder / ORIGINS
    with table_errors(path, remedy=_REMEDY):
        path.touch()  # SQLite would take from the group what the umask leaves it
        with closing(sqlite3.connect(path, timeout=PATIENCE)) as table:
            # Nothing spills before a commit, for that would lock out who copies the table until then.
            table.executescript(f"pragma cache_size = -{_CACHE_KILOBYTES}; pragma cache_spill = off; {_SCHEMA}")
            yield table


def copy_table(folder: Path, into: Path) -> Path:
    """Copies the table of the generation in `folder`, as it was last committed, while a run may be writing to it.

    Returns the copy, which lies in the folder `into` and is synced to disk. Raises as `open_table` does.
    """
    copy = into / ORIGINS
    copy_any_table(folder / ORIGINS, copy, remedy=_REMEDY)
    return copy


def is_there(folder: Path) -> bool:
    """Whether this generation has a table already; one that an older Kashaf made has none."""
    with suppress(OSError):
        return (folder / ORIGINS).stat().st_size > 0
    return False


def index_by_digest(table: sqlite3.Connection) -> None:
    """Have articles be found by their digest: at the end of a run, when that is cheapest, or when one is looked for."""
    table.execute("create index if not exists entries_by_digest on entries (digest)")


def end_entries(table: sqlite3.Connection, file: int, *, after: int = 0) -> None:
    """Makes former articles of those that the file gave behind this place."""
    if not after:
        forget_state(table, file)  # it is read if it comes back
    behind = "from entries where file = ? and place > ?"
    if table.execute(f"select 1 {behind} limit 1", (file, after)).fetchone():
        table.execute(f"insert or replace into former select id, file, place, digest, named {behind}", (file, after))
        table.execute(f"delete {behind}", (file, after))


def only_article_of(folder: Path, ids: Sequence[str]) -> dict[str, str]:
    """id → file, of those of these articles without a name of their own that are all their file holds."""
    if not is_there(folder):
        return {}
    with open_table(folder) as table:
        table.execute("create temporary table asked (id text primary key) without rowid")
        table.executemany("insert or ignore into asked values (?)", ((id,) for id in ids))
        query = (
            "select e.id, f.path from entries e join files f on f.id = e.file where not e.named and e.place = 1 "
            "and e.id in asked and not exists (select 1 from entries o where o.file = e.file and o.place > 1)"
        )
        return dict(table.execute(query))


def gives_any(table: sqlite3.Connection, folder: str) -> bool:
    """Whether any article is known that a file below this folder gives, or gave and is still in the index."""
    below = "select id from files where path > ? and path < ?"
    bounds = (folder + os.sep, folder + chr(ord(os.sep) + 1))
    queries = (f"select 1 from {rows} where file in ({below}) limit 1" for rows in ("entries", "former"))
    return any(table.execute(query, bounds).fetchone() for query in queries)


def articles_by_file(table: sqlite3.Connection) -> dict[str, int]:
    """How many articles each file gives, or gave and are still in the index."""
    given = "select file, id from entries union select file, id from former"
    return dict(table.execute(f"select f.path, count(*) from ({given}) g join files f on f.id = g.file group by f.id"))


def any_file_at(folder: Path, paths: Sequence[str]) -> bool:
    """Whether any file is known that lies at one of these paths or below; True where no table is there to tell."""
    if not is_there(folder):
        return True
    with open_table(folder) as table:
        query = "select 1 from files where path = ? or (path > ? and path < ?) limit 1"
        after = chr(ord(os.sep) + 1)
        return any(table.execute(query, (path, path + os.sep, path + after)).fetchone() for path in paths)
