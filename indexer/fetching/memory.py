"""What is remembered of feeds, their entries and hosts from run to run, in one table of SQLite below the index.

    feeds    address as it was added → what was answered last, when it is asked again
    entries  entry of a feed → the id and file of its article, digests of what the feed said and of what was stored
    names    what an entry is known by: its id, its address, its text
    waiting  entries whose page is still to be fetched, with what the feed says about them
    hosts    how often in a row a host failed, and until when it is left alone; robots: the robots.txt of a site

Each method is one transaction, durable when it returns; threads may call them at the same time. An entry is noted as
waiting together with the answer in which it came, so that a run that ends early forgets none. Called by `network.py`,
`feed_visit.py` and `fetching.py`.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

import msgspec

from indexer.fetching.places import TABLE
from indexer.fetching.robots import RobotsCopy
from search.article import Article, decode_article, encode_article
from search.index.source_registry import FETCHED
from search.storage.atomic_files import make_folder
from search.storage.tables import PATIENCE, table_errors

REMEDY: Final = "remove it and run kashaf index again, which fetches anew and keeps what was fetched before"
_SCHEMA: Final = """
create table if not exists feeds (address text primary key, state text not null) without rowid;
create table if not exists entries (id integer primary key, feed text not null, article text not null,
    file text not null, digest text not null, stored text not null, fetched real not null, fruitless integer not null);
create index if not exists entries_by_article on entries (article);
create table if not exists names (name text, feed text, entry integer, primary key (name, feed)) without rowid;
create table if not exists waiting (entry integer primary key, article text not null, attempts integer not null,
    due real not null);
create table if not exists hosts (host text primary key, failures integer, until real) without rowid;
create table if not exists robots (origin text primary key, body text, at real) without rowid;
"""


class FeedState(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is known of a feed.

    title     as the feed calls itself
    address   where it is asked, if it has moved for good
    etag, modified  by which its host tells whether it has changed
    body      a digest of its last answer
    asked, read     the moments of the last request, and of the last answer that was read whole
    failures  how often in a row it failed, for which `reason` the last time; `due`: when it is asked again
    gone      its host has said that there is no such feed any more
    """

    title: str = ""
    address: str = ""
    etag: str = ""
    modified: str = ""
    body: str = ""
    asked: float = 0.0
    read: float = 0.0
    failures: int = 0
    reason: str = ""
    due: float = 0.0
    gone: bool = False


class Known(NamedTuple):
    """An entry that was met before.

    article    the id of its article
    file       the name of the file that the article stands in
    digest     of what the feed said about it
    stored     a digest of the article as it was stored; "" until it is
    fetched    when its page was fetched last
    fruitless  how often in a row that changed nothing
    """

    entry: int
    feed: str
    article: str
    file: str
    digest: str
    stored: str
    fetched: float
    fruitless: int


class Waiting(NamedTuple):
    """An entry whose page is to be fetched; attempts: how often that failed."""

    known: Known
    article: Article
    attempts: int


@dataclass(frozen=True, slots=True)
class Arrival:
    """A new entry, or a known one (`entry`) about which the feed says something else now."""

    names: Sequence[str]
    article: Article
    file: str
    digest: str
    entry: int | None = None


class Memory:
    """The table of an index directory. Made by `open_memory`."""

    def __init__(self, table: sqlite3.Connection, path: Path) -> None:
        self._table = table
        self._path = path
        self._lock = threading.RLock()

    def feed(self, address: str) -> FeedState:
        """Return what is known of a feed."""
        found = self._one("select state from feeds where address = ?", address)
        try:
            return msgspec.json.decode(found[0], type=FeedState) if found else FeedState()
        except msgspec.DecodeError:
            return FeedState()

    def note_feed(self, address: str, state: FeedState, arrivals: Sequence[Arrival] = ()) -> None:
        """Remember what a feed answered, and the entries in it that are new or changed, in one step."""
        with self._changing() as table:
            table.execute("insert or replace into feeds values (?, ?)", (address, msgspec.json.encode(state).decode()))
            for arrival in arrivals:
                self._note_arrival(table, address, arrival)

    def known(self, feed: str, names: Sequence[str]) -> Known | None:
        """Return the entry of this feed with one of these names, the first that is known."""
        query = "select e.* from names n join entries e on e.id = n.entry where n.name = ? and n.feed = ?"
        for name in names:
            if found := self._one(query, name, feed):
                return _known(found)
        return None

    def feeds_with(self, name: str) -> list[str]:
        """Return the feeds that have an entry with this name."""
        return [feed for (feed,) in self._all("select feed from names where name = ?", name)]

    def waiting(self, feed: str, now: float) -> list[int]:
        """Return the entries of a feed whose page is to be fetched now."""
        query = "select entry from waiting join entries on id = entry where feed = ? and due <= ? order by entry"
        return [entry for (entry,) in self._all(query, feed, now)]

    def still_waiting(self, feed: str) -> int:
        """Return how many entries of a feed wait for their page."""
        return int(self._one("select count(*) from waiting join entries on id = entry where feed = ?", feed)[0])

    def entry(self, entry: int) -> Waiting | None:
        """Return an entry that waits; None where it waits no more."""
        found = self._one("select article, attempts from waiting where entry = ?", entry)
        row = found and self._one("select * from entries where id = ?", entry)
        return Waiting(_known(row), decode_article(found[0]), found[1]) if found and row else None

    def note_stored(self, known: Known, *, wait_until: float | None = None, attempts: int = 0) -> None:
        """Remember what was stored of an entry. wait_until: its page failed and is fetched again then."""
        with self._changing() as table:
            table.execute(
                "update entries set file = ?, stored = ?, fetched = ?, fruitless = ? where id = ?",
                (known.file, known.stored, known.fetched, known.fruitless, known.entry),
            )
            if wait_until is None:
                table.execute("delete from waiting where entry = ?", (known.entry,))
            else:
                table.execute(
                    "update waiting set due = ?, attempts = ? where entry = ?", (wait_until, attempts, known.entry)
                )

    def forget_articles(self, ids: Iterable[str], *, feed: str | None = None) -> None:
        """Forget the entries of these articles, so that nothing of them is left here; feed: that of this feed alone."""
        with self._changing() as table:
            for id in ids:
                if feed is None:
                    self._forget(table, "article = ?", id)
                else:
                    self._forget(table, "article = ? and feed = ?", id, feed)

    def forget_feed(self, address: str) -> None:
        """Forget a feed and its entries."""
        with self._changing() as table:
            self._forget(table, "feed = ?", address)
            table.execute("delete from feeds where address = ?", (address,))

    def learn(self, feed: str, file: str, article: Article, *, names: Sequence[str], stored: str) -> None:
        """Note an article that lies in a file and is not known here, as where the table was lost."""
        with self._changing() as table:
            inserted = table.execute(
                "insert into entries values (null, ?, ?, ?, '', ?, 0, 0)", (feed, article.id, file, stored)
            )
            for name in names:
                table.execute("insert or ignore into names values (?, ?, ?)", (name, feed, inserted.lastrowid))

    def has_entries(self, feed: str) -> bool:
        """Return whether any entry of this feed is known."""
        return self._one("select 1 from entries where feed = ? limit 1", feed) is not None

    def rest_of(self, host: str) -> tuple[int, float]:
        """Return how often in a row the host failed, and the moment before which it is not asked."""
        return self._one("select failures, until from hosts where host = ?", host) or (0, 0.0)

    def note_host(self, host: str, failures: int, until: float) -> None:
        """Remember these."""
        with self._changing() as table:
            table.execute("insert or replace into hosts values (?, ?, ?)", (host, failures, until))

    def robots(self, origin: str) -> RobotsCopy | None:
        """Return the last robots.txt of a site."""
        found = self._one("select body, at from robots where origin = ?", origin)
        return RobotsCopy(*found) if found else None

    def note_robots(self, origin: str, copy: RobotsCopy) -> None:
        """Remember it."""
        with self._changing() as table:
            table.execute("insert or replace into robots values (?, ?, ?)", (origin, *copy))

    def _note_arrival(self, table: sqlite3.Connection, feed: str, arrival: Arrival) -> None:
        entry = arrival.entry
        if entry is None:
            inserted = table.execute(
                "insert into entries values (null, ?, ?, ?, ?, '', 0, 0)",
                (feed, arrival.article.id, arrival.file, arrival.digest),
            )
            entry = inserted.lastrowid
            for name in arrival.names:
                table.execute("insert or ignore into names values (?, ?, ?)", (name, feed, entry))
        else:
            table.execute("update entries set digest = ? where id = ?", (arrival.digest, entry))
        article = encode_article(arrival.article).decode()
        table.execute("insert or replace into waiting values (?, ?, 0, 0)", (entry, article))

    @staticmethod
    def _forget(table: sqlite3.Connection, where: str, *values: str) -> None:
        gone = f"(select id from entries where {where})"
        table.execute(f"delete from names where entry in {gone}", values)
        table.execute(f"delete from waiting where entry in {gone}", values)
        table.execute(f"delete from entries where {where}", values)

    def _one(self, query: str, *values: object) -> Any:
        with self._lock, table_errors(self._path, remedy=REMEDY):
            return self._table.execute(query, values).fetchone()

    def _all(self, query: str, *values: object) -> list[Any]:
        with self._lock, table_errors(self._path, remedy=REMEDY):
            return self._table.execute(query, values).fetchall()

    @contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        with self._lock, table_errors(self._path, remedy=REMEDY), self._table:
            yield self._table


def _known(row: Any) -> Known:
    id, feed, article, file, digest, stored, fetched, fruitless = row
    return Known(id, feed, article, file, digest, stored, fetched, fruitless)


@contextmanager
def open_memory(index: Path) -> Iterator[Memory]:
    """The memory of the index in this directory, made where there is none. Raises IndexStateErrors, OSError."""
    path = index / FETCHED / TABLE
    make_folder(path.parent)
    with table_errors(path, remedy=REMEDY):
        path.touch()
        with closing(sqlite3.connect(path, timeout=PATIENCE, check_same_thread=False)) as table:
            table.executescript(f"pragma secure_delete = on; {_SCHEMA}")
            yield Memory(table, path)


@contextmanager
def memory_to_read(index: Path) -> Iterator[Memory]:
    """The same for who only reads, and perhaps may not write. Raises IndexStateErrors, also where there is none."""
    path = index / FETCHED / TABLE
    place = f"{path.absolute().as_uri()}?mode=ro"
    with table_errors(path, remedy=REMEDY), closing(sqlite3.connect(place, uri=True, timeout=PATIENCE)) as table:
        yield Memory(table, path)


@contextmanager
def passing_memory() -> Iterator[Memory]:
    """A memory that is gone when the block ends, for a look at a feed that is not added yet."""
    with closing(sqlite3.connect(":memory:", check_same_thread=False)) as table:
        table.executescript(_SCHEMA)
        yield Memory(table, Path("memory"))
