"""Parquet: the contract, the types of values, and what is said where pyarrow is missing."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from datetime import date, datetime
from types import SimpleNamespace

import pyarrow
import pyarrow.parquet
import pytest

from indexer.readers.contract import Blob, Remark, Unreadable
from indexer.readers.findings import DAMAGED, NO_COLUMN, NOT_INSTALLED, UNKNOWN_FIELD
from indexer.readers.parquet import _articles as articles_of_table
from search.article import Article
from tests.contracts.reader import FileReaderContract, articles_of, named, read_bytes, skipped_of


def parquet(**columns: Sequence[object]) -> bytes:
    made = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table({name: list(values) for name, values in columns.items()}), made)
    return made.getvalue()


class TestParquet(FileReaderContract):
    suffix = ".parquet"
    several = False  # in one file that is cut

    def written_bytes(self, articles: Sequence[Article]) -> bytes:
        rows = [named(each) for each in articles]
        names = dict.fromkeys(name for row in rows for name in row)
        return parquet(**{name: [row.get(name) for row in rows] for name in names})


def test_values_of_other_types() -> None:
    content = parquet(
        id=[17, 18],
        title=["أول", None],
        text=["نص".encode(), "عاجل من الموصل".encode("cp1256")],
        date=[datetime(2017, 7, 15, 10, 20), datetime(2017, 7, 16)],
        authors=[["ليلى", "حسن"], []],
        views=[1, 2],
    )
    assert read_bytes(content, "x.parquet") == [
        Remark(UNKNOWN_FIELD, "views"),
        Article("17", title="أول", body="نص", author="ليلى، حسن", published="2017-07-15T10:20:00"),
        Article("18", body="عاجل من الموصل", published="2017-07-16T00:00:00"),
    ]
    (found,) = read_bytes(parquet(title=["خبر"], date=[date(2017, 7, 15)]), "x.parquet")
    assert isinstance(found, Article) and found.published == "2017-07-15"


def test_a_file_without_a_title_or_body_and_a_damaged_one_are_named() -> None:
    (skipped,) = skipped_of(read_bytes(parquet(a=[1], b=[2]), "x.parquet"))
    assert skipped.reason == NO_COLUMN and "a, b" in skipped.detail
    assert skipped_of(read_bytes(b"PAR1 nothing PAR1", "x.parquet"))[0].reason == DAMAGED.of("Parquet file")


def test_a_file_that_gives_fewer_rows_than_it_says_is_named() -> None:
    table = SimpleNamespace(metadata=SimpleNamespace(num_rows=3), iter_batches=lambda **_: iter(()))
    with pytest.raises(Unreadable) as raised:
        list(articles_of_table(table, ["title"], Blob("x.parquet", iter(()))))
    assert raised.value.reason == DAMAGED.of("Parquet file") and "3 rows" in raised.value.detail


def test_without_pyarrow_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    content = parquet(title=["خبر"])
    monkeypatch.delitem(sys.modules, "indexer.readers.parquet")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    items = read_bytes(content, "x.parquet")
    assert not articles_of(items)
    assert [(item.reason, item.detail) for item in skipped_of(items)] == [
        (NOT_INSTALLED, "it needs pyarrow: pip install 'kashaf[formats]'")
    ]
