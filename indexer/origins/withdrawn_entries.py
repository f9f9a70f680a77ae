"""Where withdrawn articles stand: in which files, and which files to read again when a withdrawal is lifted.

Called by `unread.py` and `indexer/withdrawal.py`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping

from indexer.origins.states import forget_state
from search.index.withdrawn import Withdrawal


def withdrawn_by_file(table: sqlite3.Connection, withdrawn: Iterable[str]) -> dict[int, tuple[int, int]]:
    """The number of a file → how many of these articles it gives, and how often it gives one of them."""
    _ask(table, withdrawn)
    query = (
        "select file, count(distinct id), count(*) from entries where id in (select id from asked_for) group by file"
    )
    rows = table.execute(query) if table.execute("select 1 from asked_for").fetchone() else ()
    found = {file: (articles, times) for file, articles, times in rows}
    table.execute("drop table asked_for")
    return found


def have_read_again(table: sqlite3.Connection, withdrawn: Mapping[str, Withdrawal]) -> None:
    """Have the next run read the files that give these articles."""
    _ask(table, withdrawn)
    given = "select distinct file from entries where id in (select id from asked_for)"
    files = [file for (file,) in table.execute(given)]
    for path in {each.file for each in withdrawn.values() if each.file}:
        files += [file for (file,) in table.execute("select id from files where path = ?", (path,))]
    for file in files:
        forget_state(table, file)
    table.execute("drop table asked_for")
    table.commit()


def _ask(table: sqlite3.Connection, ids: Iterable[str]) -> None:
    table.execute("create temporary table asked_for (id text primary key) without rowid")
    table.executemany("insert or ignore into asked_for values (?)", ((id,) for id in ids))
