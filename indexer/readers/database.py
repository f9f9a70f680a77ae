"""An SQLite file → an article a row of the table whose columns are named as the fields of articles are.

Called by the registry. The file is opened for reading alone and as one that nobody changes, so nothing is written
beside it; where a log stands beside it, a copy of both is opened. Nothing that its maker put into its schema is run.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Final, NamedTuple
from urllib.parse import quote

from indexer.readers.as_file import as_path
from indexer.readers.bounds import LARGEST_DOCUMENT
from indexer.readers.contract import Blob, Item, Remark, Skipped, Unreadable
from indexer.readers.database_logs import copy_with_log, has_log
from indexer.readers.findings import DAMAGED, NO_ROOM, NO_TABLE, NO_TEXT, OTHER_TABLE, TOO_LARGE, UNKNOWN_FIELD
from indexer.readers.piecewise import Decoder
from indexer.readers.rows import RowReader, field_named
from search.storage.temporary_folders import temporary_folder

_VIRTUAL: Final = re.compile(rb"\s*CREATE\s+VIRTUAL", re.IGNORECASE)
_MOST_READ: Final = (
    4  # times its size: a sound file has its values once, in an encoding that makes them twice as long at most
)
_LEAST_ROW: Final = 4  # bytes of a file
_MOST_TABLES: Final = 1000
# What table_xinfo says of columns whose values are in the file: ordinary ones, and generated ones that are stored. The
# values of other generated columns (2) would be worked out by the schema as they are read.
_KEPT_COLUMNS: Final = (0, 3)
_ALLOWED: Final = (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_PRAGMA)  # no function of a schema
_MOST_LARGE: Final = 1000  # rows with too large a value, behind which the rest is given up


class _Table(NamedTuple):
    """A table: its name, the columns that are fields, and the others."""

    name: str
    columns: tuple[str, ...]
    unknown: tuple[str, ...]


def read_sqlite(blob: Blob) -> Iterator[Item]:
    """The articles of the table that has most fields of articles. Raises Unreadable."""
    with as_path(blob, "an SQLite file") as path, _address(path) as address:
        try:
            with closing(_opened(address)) as database:
                yield from _items(database, blob.location)
        except (sqlite3.Error, OverflowError, UnicodeError) as error:
            raise Unreadable(DAMAGED.of("SQLite file"), str(error)) from error


@contextmanager
def _address(path: str) -> Iterator[str]:
    """How SQLite opens the file, or a copy of it with its log."""
    if not has_log(path):
        yield f"file:{quote(path)}?mode=ro&immutable=1"
        return
    with temporary_folder() as folder:
        try:
            copy = copy_with_log(path, folder)
        except OSError as error:
            raise Unreadable(
                NO_ROOM.of("a copy of an SQLite file and its log"), error.strerror or str(error)
            ) from error
        yield f"file:{quote(str(copy))}"


def _opened(address: str) -> sqlite3.Connection:
    database = sqlite3.connect(address, uri=True)
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LARGEST_DOCUMENT)
    database.execute("PRAGMA cell_size_check = ON")
    database.set_authorizer(lambda action, *_: sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY)
    database.text_factory = bytes  # many hold what is no UTF-8
    return database


def _items(database: sqlite3.Connection, location: str) -> Iterator[Item]:
    tables = sorted(filter(_has_articles, _tables(database)), key=lambda table: -len(table.columns))
    if not tables:
        raise Unreadable(NO_TABLE, "name them title, body, date, source …")
    yield from (Remark(OTHER_TABLE, f"{location}#{table.name}") for table in tables[1:])
    chosen, decoder, rows = tables[0], Decoder(), RowReader()
    yield from (Remark(UNKNOWN_FIELD, name) for name in chosen.unknown)
    columns = ", ".join(map(_quoted, chosen.columns))
    left = _MOST_READ * _size(database)
    for number, values in enumerate(_rows(database, f"SELECT {columns} FROM {_quoted(chosen.name)}"), start=1):
        place = f"{location}#{number}"
        left -= _LEAST_ROW + sum(len(value) for value in values or () if isinstance(value, bytes))
        if left < 0:
            raise Unreadable(
                DAMAGED.of("SQLite file"), "its rows are more than its bytes: its pages are read again and again"
            )
        if values is None:
            yield Skipped(place, TOO_LARGE)
            continue
        texts = [decoder.text(value) if isinstance(value, bytes) else value for value in values]
        if any(text is None and value is not None for text, value in zip(texts, values, strict=True)):
            yield Skipped(place, NO_TEXT)
        else:
            yield from rows.items(dict(zip(chosen.columns, texts, strict=True)), place)


def _size(database: sqlite3.Connection) -> int:
    """The bytes of all pages of a database."""
    pages, size = (database.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    return int(pages) * int(size)


def _rows(database: sqlite3.Connection, query: str) -> Iterator[Sequence[object] | None]:
    """The rows that a query gives; None in place of each with a value that is too large, which is not loaded."""
    passed = large = 0
    while True:
        try:
            for row in database.execute(f"{query} LIMIT -1 OFFSET ?", (passed,)):
                passed += 1
                yield row if sum(len(value) for value in row if isinstance(value, bytes)) <= LARGEST_DOCUMENT else None
            return
        except sqlite3.DataError:  # the query ends at such a row, or one before it: another goes on behind it
            large += 1
            if large > _MOST_LARGE:
                raise
        found = True
        while found:
            row = _row(database, query, passed)
            found = row is not None
            passed += 1
            yield row


def _row(database: sqlite3.Connection, query: str, number: int) -> Sequence[object] | None:
    """The row of this number, from 0 on; None where a value of it is too large."""
    try:
        found: Sequence[object] = database.execute(f"{query} LIMIT 1 OFFSET ?", (number,)).fetchone()
    except sqlite3.DataError:
        return None
    return found


def _has_articles(table: _Table) -> bool:
    return any(field_named(name) in ("title", "body") for name in table.columns)


def _tables(database: sqlite3.Connection) -> Iterator[_Table]:
    """The tables that hold their own rows: views and virtual tables may be programs."""
    made = database.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table'").fetchmany(_MOST_TABLES)
    for raw_name, sql in made:
        if not isinstance(raw_name, bytes) or not isinstance(sql, bytes) or _VIRTUAL.match(sql):
            continue
        name = raw_name.decode("utf-8")
        columns = database.execute(f"PRAGMA table_xinfo({_quoted(name)})").fetchall()
        names = [column[1].decode("utf-8") for column in columns]
        kept = {column[1].decode("utf-8") for column in columns if column[-1] in _KEPT_COLUMNS}
        known = tuple(column for column in names if column in kept and field_named(column))
        yield _Table(name, known, tuple(column for column in names if column not in known))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
