"""Writes down, while a run reads its sources, which file gives which article.

`indexer/intake.py` notes the articles and commits; `indexer/build.py` says which places could not be read. What follows
from it, `comparison.py` works out when everything was read.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Final, NamedTuple

from indexer.origins.table import Row

_INSERT: Final = "insert or replace into entries values (?, ?, ?, ?, ?)"


class Noted(NamedTuple):
    """An article of this run. `replaced`: the digest of the committed article whose place it takes, if any."""

    file: str
    row: Row
    replaced: int | None


class Origins:
    """The origins of one run's articles, noted in the order in which they are read."""

    def __init__(self, table: sqlite3.Connection) -> None:
        self.table = table
        self._path = ""
        self._file = self._last = 0  # the file that is being read: its number, the last place noted
        self._known = False  # whether an earlier run read it

    def note(self, articles: Sequence[Noted]) -> None:
        """Notes articles; those of one file follow one another."""
        for path, of_file in groupby(articles, key=itemgetter(0)):
            if path != self._path:
                self._end_file()
                self._begin_file(path)
            noted = list(of_file)
            if self._known:
                self._compare(noted)
            else:
                self.table.executemany(_INSERT, ((self._file, *row) for _, row, _ in noted))
                self._flip((n.row.id, n.replaced) for n in noted if n.replaced is not None)
            self._last = noted[-1].row.place

    def doubt(self, place: str, file: str, *, unseen: bool) -> None:
        """Something was skipped: what stands there may be there still. file: the one being read.

        unseen: it could not be looked at, so that it may be a folder.
        """
        path = file if file and place.startswith(file) else place
        if unseen or self.table.execute("select 1 from files where path = ?", (path,)).fetchone():
            self.table.execute("insert or ignore into doubtful values (?)", (path,))

    def commit(self) -> None:
        """To be called after the engine's commit."""
        self.table.commit()

    def finish(self) -> None:
        """All was read."""
        self._end_file()
        self._path = ""

    def flips(self, remark: Callable[[str, str], None]) -> None:
        """Remarks on articles that took the place of another file's: `remark` gets the id and both paths."""
        query = (
            "select distinct n.id, there.path, here.path from flipped n "
            "join entries e on e.id = n.id and e.digest = n.digest and e.file <> n.file "
            "join files there on there.id = e.file join files here on here.id = n.file "
            "where not exists (select 1 from former o where o.file = n.file and o.id = n.id and o.digest = n.digest)"
        )
        if self.table.execute("select 1 from flipped").fetchone():
            for id, there, here in self.table.execute(query):
                remark(id, f"{there}; {here}")

    def _begin_file(self, path: str) -> None:
        found = self.table.execute("select id from files where path = ?", (path,)).fetchone()
        if found is None:
            self.table.execute("insert into files (path) values (?)", (path,))
        self._known = found is not None
        (number,) = found or self.table.execute("select last_insert_rowid()").fetchone()
        self._path, self._file, self._last = path, number, 0
        self.table.execute("insert or ignore into read values (?)", (number,))

    def _end_file(self) -> None:
        """What stood behind the last article stands there no more."""
        if self._path and self._known:
            behind = "from entries where file = ? and place > ?"
            kept = f"insert or replace into former select id, file, place, digest, named {behind}"
            if self.table.execute(f"select 1 {behind} limit 1", (self._file, self._last)).fetchone():
                self.table.execute(kept, (self._file, self._last))
                self.table.execute(f"delete {behind}", (self._file, self._last))

    def _compare(self, noted: Sequence[Noted]) -> None:
        first, last = noted[0].row.place, noted[-1].row.place
        query = "select place, id, digest, named from entries where file = ? and place between ? and ?"
        before = {row[0]: Row(*row) for row in self.table.execute(query, (self._file, first, last))}
        known = {(old.id, old.digest) for old in before.values()}
        self._flip((n.row.id, n.replaced) for n in noted if (n.row.id, n.replaced) not in known)
        changed = [(before.get(n.row.place), n) for n in noted if before.get(n.row.place) != n.row]
        if not changed:
            return
        moved = [(old, n.row) for old, n in changed if old is None or old.id != n.row.id]
        self.table.executemany(
            "insert or replace into former values (?, ?, ?, ?, ?)",
            ((old.id, self._file, old.place, old.digest, old.named) for old, _ in moved if old),
        )
        self.table.executemany(
            "insert or replace into arrived values (?, ?, ?, ?)",
            ((self._file, new.id, new.place, new.named) for _, new in moved),
        )
        self.table.executemany(_INSERT, ((self._file, *n.row) for _, n in changed))

    def _flip(self, replaced: Iterator[tuple[str, int | None]]) -> None:
        rows = ((id, digest, self._file) for id, digest in replaced if digest is not None)
        self.table.executemany("insert into flipped values (?, ?, ?)", rows)
