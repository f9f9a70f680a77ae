"""Writes down, while a run reads its sources, which file gives which article.

`indexer/intake.py` notes the articles and commits; `indexer/ingestion.py` says which places could not be read. What
follows from it, `comparison.py` works out when everything was read.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Final, NamedTuple, cast

from indexer.file_state import FileState
from indexer.findings import SHARED_ID, Finding, Rejected
from indexer.origins.doubts import doubt, doubt_left_out
from indexer.origins.states import forget_state, write_state
from indexer.origins.table import Row, end_entries, index_by_digest

_INSERT: Final = "insert or replace into entries values (?, ?, ?, ?, ?)"


class Noted(NamedTuple):
    """An article of this run. `replaced`: the digest of the article whose place it takes, if any."""

    file: str
    row: Row
    replaced: int | None


class ReadFile(NamedTuple):
    """A file that was read whole: how it was, and which of its articles were left out for what they hold."""

    path: str
    state: FileState
    rejected: tuple[Rejected, ...]


class Origins:
    """The origins of one run's articles, noted in the order in which they are read."""

    def __init__(self, table: sqlite3.Connection) -> None:
        self._table = table
        self._path = ""
        self._file = self._last = 0  # the file that is being read: its number, the last place noted
        self._known = False  # whether an earlier run read it
        self._lasts: dict[str, int] = {}  # the last place noted of each file, until that is known to be read whole

    def note(self, articles: Sequence[Noted]) -> None:
        """Notes articles; those of one file follow one another."""
        for path, of_file in groupby(articles, key=attrgetter("file")):
            if path != self._path:
                self._end_file()
                self._begin_file(path)
            noted = list(of_file)
            if self._known:
                self._compare(noted)
            else:
                self._table.executemany(_INSERT, [(self._file, *each.row) for each in noted])
                self._note_replaced(noted)
            self._last = noted[-1].row.place
            self._lasts[path] = self._last

    def note_read(self, files: Sequence[ReadFile]) -> None:
        """Notes files that were read whole, after all of their articles."""
        for path, state, rejected in files:
            last = self._lasts.pop(path, 0)
            found = self._table.execute("select id from files where path = ?", (path,)).fetchone()
            if found and last:
                end_entries(self._table, found[0], after=last)
                articles = "select count(distinct id) from entries where file = ?"
                (count,) = self._table.execute(articles, found).fetchone()
                write_state(self._table, found[0], state, articles=count, rejected=rejected)

    def doubt(self, place: str, file: str, *, unseen: bool) -> None:
        """Something was skipped: see `doubts.py`."""
        doubt(self._table, place, file, unseen=unseen)

    def doubt_left_out(self, file: str, rejected: Rejected) -> None:
        """An article of the file that is being read was left out."""
        doubt_left_out(self._table, file, rejected)

    def note_empty(self, file: str) -> None:
        """A file gives nothing any more, though it is there."""
        self._end_file()
        self._path = ""
        if found := self._table.execute("select id from files where path = ?", (file,)).fetchone():
            end_entries(self._table, found[0])
            self._table.execute("insert or ignore into read values (?)", found)

    def read_again(self, file: str) -> None:
        """Have the next run read this file, though it may not change: not all of it is in the index."""
        if found := self._table.execute("select id from files where path = ?", (file,)).fetchone():
            forget_state(self._table, found[0])

    def commit(self) -> None:
        """To be called after the engine's commit."""
        self._table.commit()

    def finish(self) -> None:
        """All was read."""
        self._end_file()
        self._path = ""
        index_by_digest(self._table)

    def remark_shared_ids(self, remark: Callable[[Finding, str], None]) -> None:
        """Remark once on each id that two files give to different texts: the later takes the place of the other.

        remark: takes the id and both files, the one whose text stands in the index behind the other.
        """
        query = (  # of a group SQLite gives the row with the greatest number
            "select n.id, e.file, n.file, max(n.rowid) from replaced n "
            "join entries e on e.id = n.id and e.digest = n.digest and e.file <> n.file "
            "where not exists (select 1 from former o where o.file = n.file and o.id = n.id and o.digest = n.digest) "
            "group by n.id, min(e.file, n.file), max(e.file, n.file) order by 4"
        )
        if self._table.execute("select 1 from replaced").fetchone():
            path = "select path from files where id = ?"
            for id, *files, _ in self._table.execute(query):
                (one,), (other,) = (self._table.execute(path, (file,)).fetchone() for file in files)
                remark(SHARED_ID, f"{id}: {one}; {other}")

    def _begin_file(self, path: str) -> None:
        found = self._table.execute("select id from files where path = ?", (path,)).fetchone()
        self._known = found is not None
        self._file = found[0] if found else self._number_of_new(path)
        self._path, self._last = path, 0
        if self._known:
            forget_state(self._table, self._file)  # until it is read whole
        self._table.execute("insert or ignore into read values (?)", (self._file,))

    def _number_of_new(self, path: str) -> int:
        inserted = self._table.execute("insert into files (path) values (?)", (path,))
        return cast("int", inserted.lastrowid)

    def _end_file(self) -> None:
        """What stood behind the last article stands there no more."""
        if self._path and self._known:
            end_entries(self._table, self._file, after=self._last)

    def _compare(self, noted: Sequence[Noted]) -> None:
        first, last = self._last + 1, noted[-1].row.place
        query = "select place, id, digest, named from entries where file = ? and place between ? and ?"
        before = {row[0]: Row(*row) for row in self._table.execute(query, (self._file, first, last))}
        known = {(old.id, old.digest) for old in before.values()}
        self._note_replaced([each for each in noted if (each.row.id, each.replaced) not in known])
        self._end_places(before.keys() - {each.row.place for each in noted})
        changed = [(before.get(n.row.place), n) for n in noted if before.get(n.row.place) != n.row]
        if not changed:
            return
        moved = [(old, n.row) for old, n in changed if old is None or old.id != n.row.id]
        self._table.executemany(
            "insert or replace into former values (?, ?, ?, ?, ?)",
            ((old.id, self._file, old.place, old.digest, old.named) for old, _ in moved if old),
        )
        self._table.executemany(
            "insert or replace into arrived values (?, ?, ?, ?)",
            ((self._file, new.id, new.place, new.named) for _, new in moved),
        )
        self._table.executemany(_INSERT, ((self._file, *n.row) for _, n in changed))

    def _end_places(self, places: Collection[int]) -> None:
        """At these places stands nothing that could be taken in."""
        for place in sorted(places):
            here = "from entries where file = ? and place = ?"
            former = f"insert or replace into former select id, file, place, digest, named {here}"
            self._table.execute(former, (self._file, place))
            self._table.execute(f"delete {here}", (self._file, place))

    def _note_replaced(self, noted: Sequence[Noted]) -> None:
        if rows := [(each.row.id, each.replaced, self._file) for each in noted if each.replaced is not None]:
            self._table.executemany("insert into replaced values (?, ?, ?)", rows)
