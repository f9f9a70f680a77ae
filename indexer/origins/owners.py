"""Which source gave which id: of the files of the table of origins, and before a reindex of those of the old one.

Called by `identities.py`, where two sources may share an id.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from indexer.origins.states import forget_state
from indexer.origins.table import index_by_digest
from search.index.source_places import SourcePlaces
from search.index.source_registry import Registry, Source


class Owners:
    """Knows the source of each file, one that is read no more too. index: the directory."""

    def __init__(self, table: sqlite3.Connection, registry: Registry, index: Path) -> None:
        self._table = table
        self._places = SourcePlaces(registry.sources, index)
        self._indexed = self._old = self._by_id = False

    def source_of(self, file: str) -> Source | None:
        """The source of a file; None where it is none of the registry's."""
        return self._places.holding(file)

    def first(self, id: str, digest: int) -> int | None:
        """The source that gave first the article of this id and digest; None where that is not known.

        A file that is gone counts only where no other gives it: the archive has moved. Where no file is known to give
        it, as after a crash between the commit of the index and that of the table, who gave the id before owns it.
        """
        found = self._giving(id, digest) or self._giving_other(id)
        there = (source for _, path, source in found if os.path.lexists(path))
        return next(there, found[0][2] if found else None)

    def have_others_read(self, id: str, digest: int, source: int) -> None:
        """Have files of other sources that give the same article be read again: it is about to be another one."""
        for file, _, other in self._giving(id, digest):
            if other != source:
                forget_state(self._table, file)

    def before(self, id: str) -> int | None:
        """The source that had this id in the index that is being made anew; None where none had, or it is gone."""
        if not self._old:
            return None
        found = self._table.execute("select source from had where id = ?", (id,)).fetchone()
        return found[0] if found else None

    def know_old(self, old: Path) -> None:
        """Learn from the table of the generation that is being made anew which source had which id."""
        table = self._table
        table.execute("attach database ? as old", (str(old),))
        try:
            table.execute("create temporary table had (id text primary key, source integer) without rowid")
            for file, path in table.execute("select id, path from old.files order by id").fetchall():
                if (source := self.source_of(path)) is not None:
                    table.execute(
                        "insert or ignore into had select id, ? from old.entries where file = ? and named",
                        (source.number, file),
                    )
            table.commit()
        finally:
            table.execute("detach database old")
        self._old = True

    def _giving(self, id: str, digest: int) -> list[tuple[int, str, int]]:
        """Number, path and source of the files that give this article, the first that was read before the others."""
        if not self._indexed:
            index_by_digest(self._table)
            self._indexed = True
        query = (
            "select distinct f.id, f.path from entries e join files f on f.id = e.file "
            "where e.digest = ? and e.id = ? order by f.id"
        )
        return self._with_sources(self._table.execute(query, (digest, id)).fetchall())

    def _giving_other(self, id: str) -> list[tuple[int, str, int]]:
        """The same of the files that give any article of this id, as the table was when that was first asked."""
        if not self._by_id:
            self._table.execute(
                "create temporary table given_ids as select id, file from entries where named group by id, file"
            )
            self._table.execute("create index temp.given_ids_by_id on given_ids (id)")
            self._by_id = True
        query = "select f.id, f.path from given_ids g join files f on f.id = g.file where g.id = ? order by f.id"
        return self._with_sources(self._table.execute(query, (id,)).fetchall())

    def _with_sources(self, files: list[tuple[int, str]]) -> list[tuple[int, str, int]]:
        return [(file, path, source.number) for file, path in files if (source := self.source_of(path)) is not None]
