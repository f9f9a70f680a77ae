"""7z: its files, damage, passwords, attacks, and what is said where py7zr is missing."""

from __future__ import annotations

import io
import sys
from functools import cache

import py7zr
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.readers import seven_zip
from indexer.readers.contract import Remark, Skipped
from indexer.readers.findings import BOMB, DAMAGED
from search.article import Article
from tests.contracts.reader import FEW, articles_of, read_bytes, skipped_of, zipped

TEXT = "خبر\n\nنص الخبر.".encode()


def sevenzipped(files: dict[str, bytes], password: str | None = None) -> bytes:
    made = io.BytesIO()
    with py7zr.SevenZipFile(made, "w", password=password) as archive:
        for name, content in files.items():
            archive.writef(io.BytesIO(content), name)
    return made.getvalue()


@cache
def whole() -> bytes:
    """A sound archive of two texts."""
    return sevenzipped({"1.txt": TEXT, "2.txt": TEXT})


def test_the_files_of_a_7z_are_read_in_its_order_whatever_it_is_called() -> None:
    files = {
        "رياضة/1.txt": TEXT,
        "2.jsonl": b'{"title": "a"}',
        ".x": TEXT,
        "b~": TEXT,
        "3.zip": zipped({"4.txt": TEXT}),
    }
    content = sevenzipped(files)
    items = read_bytes(content, "news")
    assert [(item.title, item.section) for item in items if isinstance(item, Article)] == [
        ("خبر", "رياضة"),
        ("a", None),
        ("خبر", None),
    ]
    assert [item.location[-7:] for item in skipped_of(items)] == ["news/b~"]
    assert articles_of(read_bytes(zipped({"a.7z": content}), "x.zip")) == articles_of(items)


def test_damage_and_passwords_are_named() -> None:
    content = sevenzipped({"1.txt": TEXT * 50})
    assert skipped_of(read_bytes(content[:40] + bytes(20) + content[60:], "x.7z"))[0].reason == DAMAGED.of("7z")
    assert skipped_of(read_bytes(content[:-10], "x.7z"))[0].reason == DAMAGED.of("7z")
    assert skipped_of(read_bytes(sevenzipped({"1.txt": TEXT}, password="x"), "x.7z"))[0].reason.sentence == "encrypted"


def test_what_unpacks_without_end_is_an_attack(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seven_zip, "LARGEST_SPOOL", 1_000_000)
    items = read_bytes(sevenzipped({"1.txt": bytes(3_000_000)}), "x.7z")
    assert [item.reason for item in skipped_of(items)] == [BOMB]


@pytest.mark.parametrize(
    "filters",
    [
        None,
        [{"id": py7zr.FILTER_LZMA, "preset": 6}],
        [{"id": py7zr.FILTER_PPMD, "order": 6, "mem": 24}],
        [{"id": py7zr.FILTER_DELTA, "dist": 1}, {"id": py7zr.FILTER_LZMA2, "preset": 1}],
    ],
)
def test_what_wants_too_much_memory_is_an_attack(
    monkeypatch: pytest.MonkeyPatch, filters: list[dict[str, int]]
) -> None:
    made = io.BytesIO()
    with py7zr.SevenZipFile(made, "w", filters=filters) as archive:
        archive.writef(io.BytesIO(TEXT), "1.txt")
    assert articles_of(read_bytes(made.getvalue(), "x.7z")) == [("خبر", "نص الخبر.")]
    monkeypatch.setattr(seven_zip, "_LARGEST_DICTIONARY", 500_000)
    assert [item.reason for item in skipped_of(read_bytes(made.getvalue(), "x.7z"))] == [BOMB]


def test_without_py7zr_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    content = sevenzipped({"1.txt": TEXT})
    monkeypatch.delitem(sys.modules, "indexer.readers.seven_zip")
    monkeypatch.setitem(sys.modules, "py7zr", None)
    (skipped,) = skipped_of(read_bytes(content, "x.7z"))
    assert "pip install 'kashaf[formats]'" in skipped.detail


@FEW
@given(data=st.data())
def test_damage_anywhere_gives_items(data: st.DataObject) -> None:
    content = bytearray(whole())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    assert all(isinstance(item, Article | Skipped | Remark) for item in read_bytes(bytes(content), "x.7z"))
