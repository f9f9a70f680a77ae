"""After a run has read its sources: corrected texts replace the former ones, what vanished is told or removed.

Called by `indexer/build.py`, when all articles are committed. Removals are committed before the table of origins
forgets them, so that after a crash the next run finds them again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from indexer.origins.comparison import Former, Loader, forget_what_is_there, former_articles, is_corrected
from indexer.origins.scope import Scope
from search.engines.base import Writer

_AT_A_TIME: Final = 1000


@dataclass(frozen=True, slots=True)
class Changes:
    """What to do with what is no longer there. may_remove: asked before so many vanished articles are removed."""

    corrected: Callable[[], None]
    vanished: Callable[[Former], None]
    may_remove: Callable[[int], bool]


def bring_up_to_date(
    table: sqlite3.Connection, paths: Sequence[str], writer: Writer, load: Loader, changes: Changes
) -> bool:
    """Removes former texts, and vanished articles where that is wanted; whether anything was removed and committed."""
    scope = Scope(table, paths)
    forget_what_is_there(table, scope)
    table.execute("create temporary table gone (id text primary key, vanished integer) without rowid")
    for some in _some(former_articles(table, scope)):
        held = writer.digests([former.id for former in some])
        table.executemany("delete from former where id = ?", ((each.id,) for each in some if each.id not in held))
        for former in some:
            if former.id in held:
                _judge(table, former, load, changes)
    (vanished,) = table.execute("select count(*) from gone where vanished").fetchone()
    if vanished and not changes.may_remove(vanished):
        table.execute("delete from gone where vanished")
    removed = _remove(table, writer)
    table.execute("delete from arrived where file in (select file from read)")
    table.commit()
    return removed


def _judge(table: sqlite3.Connection, former: Former, load: Loader, changes: Changes) -> None:
    if is_corrected(table, former, load):
        changes.corrected()
        table.execute("insert or replace into gone values (?, 0)", (former.id,))
    elif table.execute("insert or ignore into gone values (?, 1)", (former.id,)).rowcount:
        changes.vanished(former)


def _remove(table: sqlite3.Connection, writer: Writer) -> bool:
    ids = table.execute("select id from gone")
    removed = False
    for (id,) in ids:
        writer.delete(id)
        removed = True
    if removed:
        writer.commit()
        table.execute("delete from former where id in (select id from gone)")
    return removed


def _some(former: Iterator[Former]) -> Iterator[list[Former]]:
    while some := list(islice(former, _AT_A_TIME)):
        yield some
