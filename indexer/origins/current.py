"""After a run has read its sources: corrected texts replace the former ones, what files give no more goes.

What was in files that are gone is told, and removed only where that is asked for. Called by `indexer/ingestion.py`,
when all articles are committed. Removals are committed before the table of origins forgets them, so that after a crash
the next run finds them again.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final

from indexer.origins.comparison import Former, Loader, forget_what_is_there, former_articles, is_corrected
from indexer.origins.scope import Scope
from search.engines.base import Writer

_AT_A_TIME: Final = 1000


# Why an article goes: another text replaced it, its file was read and gives it no more, or its file is gone.
_CORRECTED, _STRUCK, _VANISHED = range(3)


@dataclass(frozen=True, slots=True)
class Changes:
    """What to do with what is no longer there.

    corrected    hears of each former text that was replaced
    struck       hears of each article that was removed since its file, which is there, gives it no more
    vanished     hears of each other article that is no longer in its source, whether it is removed or not
    may_strike   asked before articles are removed since their files give them no more; file → how many of it
    may_prune    asked before these and those of files that are gone are removed
    removed      hears of those that are
    """

    corrected: Callable[[], None]
    struck: Callable[[str, str], None]
    vanished: Callable[[str, str], None]
    may_strike: Callable[[Mapping[str, int]], bool]
    may_prune: Callable[[Mapping[str, int]], bool]
    removed: Callable[[Mapping[str, int]], None]


def bring_up_to_date(table: sqlite3.Connection, scope: Scope, writer: Writer, load: Loader, changes: Changes) -> bool:
    """Removes former texts, what files give no more, and what vanished where that is wanted.

    Returns whether anything was removed and committed.
    """
    forget_what_is_there(table, scope)
    table.execute("create temporary table gone (id text primary key, why integer, path text)")
    for some in _some(former_articles(table, scope)):
        held = writer.digests([former.id for former in some])
        table.executemany("delete from former where id = ?", ((each.id,) for each in some if each.id not in held))
        for former in some:
            if former.id in held:
                _judge(table, former, scope, load, changes)
    _decide(table, changes)
    removed = _remove(table, writer)
    table.execute("delete from arrived where file in (select file from read)")
    table.commit()
    return removed


def _judge(table: sqlite3.Connection, former: Former, scope: Scope, load: Loader, changes: Changes) -> None:
    if is_corrected(table, former, load):
        changes.corrected()
        table.execute("insert or replace into gone values (?, ?, ?)", (former.id, _CORRECTED, former.path))
    else:
        why = _STRUCK if scope.was_read(former.file) else _VANISHED
        table.execute("insert or ignore into gone values (?, ?, ?)", (former.id, why, former.path))


def _decide(table: sqlite3.Connection, changes: Changes) -> None:
    """Tells what goes and what stays all the same, and leaves in `gone` what goes."""
    struck, vanished = _by_file(table, _STRUCK), _by_file(table, _VANISHED)
    may_strike = not struck or changes.may_strike(struck)
    may_prune = may_strike and bool(vanished) and changes.may_prune(struck + vanished)
    changes.removed((struck if may_strike else Counter()) + (vanished if may_prune else Counter()))
    for id, why, path in table.execute("select id, why, path from gone where why <> ? order by rowid", (_CORRECTED,)):
        (changes.struck if why == _STRUCK and may_strike else changes.vanished)(id, path)
    stay = [why for why, may in ((_STRUCK, may_strike), (_VANISHED, may_prune)) if not may]
    table.executemany("delete from gone where why = ?", ((why,) for why in stay))


def _by_file(table: sqlite3.Connection, why: int) -> Counter[str]:
    return Counter(dict(table.execute("select path, count(*) from gone where why = ? group by path", (why,))))


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
