"""SQLite: the contract, which table is read, and files that are meant to do harm."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tracemalloc
import zlib
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from indexer.readers.bounds import LARGEST_DOCUMENT
from indexer.readers.contract import Remark
from indexer.readers.findings import NO_TABLE, NO_TEXT, OTHER_TABLE, TOO_LARGE, UNKNOWN_FIELD
from indexer.sources import Sources
from search.article import Article
from tests.contracts.reader import FileReaderContract, articles_of, named, read_bytes, skipped_of
from tests.indexer.building import add


def database(*statements: str | tuple[str, Sequence[object]]) -> bytes:
    with TemporaryDirectory() as place:
        path = Path(place) / "x.db"
        with closing(sqlite3.connect(path)) as made:
            for statement in statements:
                made.execute(*((statement,) if isinstance(statement, str) else statement))
            made.commit()
        return path.read_bytes()


class TestSqlite(FileReaderContract):
    suffix = ".sqlite"
    several = False  # in one file that is cut

    def written_bytes(self, articles: Sequence[Article]) -> bytes:
        rows = [named(each) for each in articles]
        names = tuple(dict.fromkeys(name for row in rows for name in row))
        insert = f"INSERT INTO news VALUES ({', '.join('?' * len(names))})"
        values = [(insert, tuple(map(row.get, names))) for row in rows]
        return database(f"CREATE TABLE news ({', '.join(names)})", *values)


def test_columns_are_named_as_fields_of_json_are() -> None:
    content = database(
        "CREATE TABLE news (id INTEGER PRIMARY KEY, العنوان TEXT, content TEXT, pub_date TEXT, views INT)",
        "INSERT INTO news VALUES (17, 'خبر', 'نص', '2017-07-15', 5)",
    )
    assert read_bytes(content, "x.db") == [
        Remark(UNKNOWN_FIELD, "views"),
        Article("17", title="خبر", body="نص", published="2017-07-15"),
    ]


def test_the_table_with_most_fields_is_read_and_others_are_named() -> None:
    content = database(
        "CREATE TABLE users (id, name)",
        "CREATE TABLE drafts (title)",
        "CREATE TABLE news (title, body)",
        "INSERT INTO news VALUES ('خبر', 'نص')",
        "CREATE VIEW v AS SELECT title, body, 1 AS id FROM news",
    )
    items = read_bytes(content, "x.db")
    assert articles_of(items) == [("خبر", "نص")]
    assert [item.example[-7:] for item in items if isinstance(item, Remark) and item.about == OTHER_TABLE] == [
        "#drafts"
    ]
    assert skipped_of(read_bytes(database("CREATE TABLE users (id, name)"), "x.db"))[0].reason == NO_TABLE


def test_text_in_windows_1256_and_bytes_that_are_none() -> None:
    content = database(
        "CREATE TABLE news (title, body)",
        ("INSERT INTO news VALUES (CAST(? AS TEXT), NULL)", ["عاجل من الموصل".encode("cp1256")]),
        ("INSERT INTO news VALUES ('صورة', ?)", [bytes(range(256)) * 4]),
        "INSERT INTO news VALUES ('ثالث', NULL)",
    )
    items = read_bytes(content, "x.db")
    assert articles_of(items) == [("عاجل من الموصل", ""), ("ثالث", "")]
    assert [item.reason.sentence for item in skipped_of(items)] == ["bytes that are no text"]


def test_a_file_is_neither_changed_nor_joined_by_others(tmp_path: Path) -> None:
    path = tmp_path / "أخبار #1?.db"
    path.write_bytes(database("CREATE TABLE news (title)", "INSERT INTO news VALUES ('خبر')"))
    before = path.read_bytes()
    assert articles_of(list(Sources([tmp_path]).items())) == [("خبر", "")]
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_what_a_schema_would_run_is_not_run() -> None:
    content = database(
        "CREATE TABLE news (title, body GENERATED ALWAYS AS (zeroblob(1000000000)) VIRTUAL)",
        "INSERT INTO news (title) VALUES ('خبر')",
    )
    assert articles_of(read_bytes(content, "x.db")) == [("خبر", "")]


def test_generated_columns_are_read_where_the_file_holds_them_and_named_where_not() -> None:
    content = database(
        "CREATE TABLE news (raw, title GENERATED ALWAYS AS (raw || ' اليوم') STORED, body AS (raw || ' أمس'))",
        "INSERT INTO news (raw) VALUES ('خبر')",
    )
    items = read_bytes(content, "x.db")
    assert articles_of(items) == [("خبر اليوم", "")]
    assert [item.example for item in items if isinstance(item, Remark)] == ["raw", "body"]


def test_a_value_too_large_is_not_held() -> None:
    content = database(
        "CREATE TABLE news (title, body)",
        "INSERT INTO news VALUES ('أول', 'نص')",
        f"INSERT INTO news VALUES ('كبير', zeroblob({LARGEST_DOCUMENT + 1}))",
        "INSERT INTO news VALUES ('ثان', 'نص')",
    )
    tracemalloc.start()
    try:
        items = read_bytes(content, "x.db")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert articles_of(items) == [("أول", "نص"), ("ثان", "نص")]
    assert [(item.reason, item.location[-2:]) for item in skipped_of(items)] == [(TOO_LARGE, "#2")]
    assert peak < LARGEST_DOCUMENT / 4


def test_columns_that_functions_make_and_that_are_stored_are_read() -> None:
    content = database(
        "CREATE TABLE news (id, j, title TEXT AS (json_extract(j, '$.t')) STORED, body TEXT AS (upper(j)))",
        """INSERT INTO news (id, j) VALUES (1, '{"t": "خبر"}')""",
    )
    items = read_bytes(content, "x.db")
    assert articles_of(items) == [("خبر", "")]
    assert Remark(UNKNOWN_FIELD, "body") in items  # which the schema would work out


def test_bytes_that_are_no_text_are_none_behind_rows_in_a_code_page() -> None:
    texts = ["قال مدير المصرف إن حجم القروض بلغ مئة مليون في العام الماضي. " * 5, "خبر قصير عن المدينة"]
    rows: list[bytes] = [*(text.encode("cp1256") for text in texts), zlib.compress(texts[0].encode())]
    filled = [("INSERT INTO news VALUES ('ع', ?)", [row]) for row in rows]
    content = database("CREATE TABLE news (title, body BLOB)", *filled)
    items = read_bytes(content, "x.db")
    assert [body for _, body in articles_of(items)] == texts
    assert [item.reason for item in skipped_of(items)] == [NO_TEXT]


def logged(path: Path, *titles: str) -> None:
    """Leaves a database with these rows in its log, as a program that still runs, or was killed, does."""
    with TemporaryDirectory() as place:
        made = sqlite3.connect(Path(place) / "x.db")
        with closing(made):
            made.execute("PRAGMA journal_mode = WAL")
            made.execute("CREATE TABLE news (id INTEGER PRIMARY KEY, title TEXT)")
            made.executemany("INSERT INTO news (title) VALUES (?)", [(title,) for title in titles])
            made.commit()
            for end in ("", "-wal", "-shm"):
                shutil.copyfile(f"{place}/x.db{end}", f"{path}{end}")


def test_what_stands_in_the_log_of_a_database_is_read_and_nothing_is_written_beside_it(tmp_path: Path) -> None:
    logged(tmp_path / "x.db", "أول", "ثان")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    items = list(Sources([tmp_path]).items())
    assert (articles_of(items), skipped_of(items)) == ([("أول", ""), ("ثان", "")], [])
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_database_whose_log_alone_changed_is_read_again(tmp_path: Path) -> None:
    place, news = tmp_path / "index", tmp_path / "news"
    news.mkdir()
    logged(news / "x.db", "أول")
    (news / "x.db-wal").unlink()
    with closing(sqlite3.connect(news / "x.db")) as made:
        made.execute("CREATE TABLE IF NOT EXISTS news (id INTEGER PRIMARY KEY, title TEXT)")
        made.execute("INSERT INTO news (title) VALUES ('أول')")
        made.commit()
    os.utime(news / "x.db", (1, 1))
    assert add(place, news).added == 1
    with closing(sqlite3.connect(news / "x.db")) as made:
        made.execute("PRAGMA wal_autocheckpoint = 0")
        made.execute("INSERT INTO news (title) VALUES ('ثان')")
        made.commit()
        os.utime(news / "x.db", (1, 1))
        report = add(place, news)
        assert (report.added, report.unchanged) == (1, 1)
