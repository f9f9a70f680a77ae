"""What a run found against what its files held before: which texts were corrected, which articles vanished.

Called by `current.py` once everything was read and committed. An article that another file still gives is neither. A
text without a name of its own is corrected where its file holds nothing else, or where a text that is new in the same
file is surely the same article: of the same day, and at least half of its words. What is not sure has vanished, and
the new text stands beside it: nothing is lost.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from indexer.origins.scope import Scope
from indexer.origins.table import end_entries
from search.article import Article

_MOST_COMPARED: Final = 300  # new texts of a file that each former one is compared with; beyond, that in its place
_SAME_WORDS: Final = 0.5

Loader = Callable[[str], Article | None]


class Former(NamedTuple):
    """An article that its file gives no more."""

    id: str
    file: int
    path: str
    place: int
    named: bool


def forget_what_is_there(table: sqlite3.Connection, scope: Scope) -> None:
    """Lets go of former articles that some file gives now, and of arrived ones that only moved within their file.

    Another file that gives the same id with another text is read by the next run: its text takes the former's place.
    """
    for file, _ in scope.vanished():
        end_entries(table, file)
    table.execute("delete from arrived where exists (select 1 from former f where (f.id, f.file) = (arrived.id, file))")
    if table.execute("select 1 from former limit 1").fetchone():
        table.execute(
            "create temporary table still (id text, file integer, other integer, primary key (id, file, other))"
        )
        there = table.execute(
            "select e.id, e.file, e.file <> f.file and e.digest <> f.digest from entries e cross join former f "
            "where f.id = e.id"
        )
        table.executemany(
            "insert or ignore into still values (?, ?, ?)", (row for row in there if scope.is_there(row[1]))
        )
        table.execute("delete from states where file in (select file from still where other)")
        table.execute("delete from former where id in (select id from still)")


def former_articles(table: sqlite3.Connection, scope: Scope) -> Iterator[Former]:
    """The former articles of the files that this run can judge."""
    query = "select f.id, f.file, s.path, f.place, f.named from former f join files s on s.id = f.file order by 2, 4"
    for row in table.execute(query):
        former = Former(*row)
        if scope.holds(former.path) and not scope.is_doubtful(former.path):
            yield former


def is_corrected(table: sqlite3.Connection, former: Former, load: Loader) -> bool:
    """Whether a text that is new in the same file is this article corrected; each new text corrects one."""
    if former.named:
        return False
    if _stands_alone(table, former.file):
        return True
    old = load(former.id)
    if old is None:
        return False
    for id in _candidates(table, former):
        new = load(id)
        if new is not None and is_the_same(old, new):
            table.execute("delete from arrived where file = ? and id = ?", (former.file, id))
            return True
    return False


def is_the_same(old: Article, new: Article) -> bool:
    """Whether one of two texts is surely the other one corrected."""
    if old.day != new.day:
        return False
    before, after = (set(f"{article.title} {article.body}".split()) for article in (old, new))
    return len(before & after) >= _SAME_WORDS * max(len(before), len(after), 1)


def _stands_alone(table: sqlite3.Connection, file: int) -> bool:
    """Whether the file holds one article without a name, and held no more before."""
    now = table.execute("select place, named from entries where file = ? limit 2", (file,)).fetchall()
    more = table.execute("select 1 from former where file = ? and place > 1 limit 1", (file,)).fetchone()
    return now == [(1, 0)] and more is None


def _candidates(table: sqlite3.Connection, former: Former) -> Sequence[str]:
    """The texts that are new in its file, that in its place first."""
    query = "select id from arrived where file = ? and not named order by place <> ?, place limit ?"
    found = [id for (id,) in table.execute(query, (former.file, former.place, _MOST_COMPARED + 1))]
    return found if len(found) <= _MOST_COMPARED else found[:1]
