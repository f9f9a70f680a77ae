"""Packed files and archives: each way of packing, nested ones, damaged ones, attacks."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
import sys
import tarfile
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.readers import unpacking
from indexer.readers.contract import Article, Remark, Skipped
from indexer.readers.findings import BOMB
from tests.contracts.reader import FEW, articles_of, read_bytes, skipped_of, zipped

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

TEXT = "خبر\n\nنص الخبر.".encode()
PACK: dict[str, Callable[[bytes], bytes]] = {
    "gz": gzip.compress,
    "bz2": lambda content: bz2.compress(content, 1),
    "xz": lzma.compress,
    "zst": zstd.compress,
}
NAMES = {"gz": "gzip", "bz2": "bzip2", "xz": "xz", "zst": "zstd"}


def tarred(files: dict[str, bytes], format: int = tarfile.PAX_FORMAT) -> bytes:
    """A tar of these files."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=format) as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return made.getvalue()


def titles(content: bytes, name: str) -> list[str]:
    return [title for title, _ in articles_of(read_bytes(content, name))]


@pytest.mark.parametrize("suffix", PACK)
@pytest.mark.parametrize("name", ["news.txt.{}", "news", "news.TXT.{}", "news.wrong"])
def test_a_packed_file_is_known_by_how_it_begins(suffix: str, name: str) -> None:
    assert articles_of(read_bytes(PACK[suffix](TEXT), name.format(suffix))) == [("خبر", "نص الخبر.")]


@pytest.mark.parametrize("suffix", PACK)
def test_several_streams_in_a_row_are_one_file(suffix: str) -> None:
    content = PACK[suffix](TEXT[:9]) + PACK[suffix](TEXT[9:])
    assert articles_of(read_bytes(content, f"a.txt.{suffix}")) == [("خبر", "نص الخبر.")]


@pytest.mark.parametrize("suffix", PACK)
def test_what_stands_before_damage_is_read_and_the_damage_is_told(suffix: str) -> None:
    lines = b"".join(b'{"title": "%d"}\n' % number for number in range(30_000))
    packed = PACK[suffix](lines)
    cut = read_bytes(packed[: len(packed) // 2], f"a.jsonl.{suffix}")
    assert [item.reason.sentence for item in skipped_of(cut)] == [f"truncated {NAMES[suffix]}"]
    assert articles_of(cut)[:3] == [("0", ""), ("1", ""), ("2", "")]
    damaged = bytearray(packed)
    damaged[len(packed) // 2 : len(packed) // 2 + 40] = bytes(range(40))
    assert skipped_of(read_bytes(bytes(damaged), f"a.jsonl.{suffix}"))


@pytest.mark.parametrize("suffix", ["tar", "tar.gz", "tgz", "tar.bz2", "tbz2", "tar.xz", "txz", "tar.zst"])
@pytest.mark.parametrize("format", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_a_tar_gives_its_files(suffix: str, format: int) -> None:
    long = "مجلد/" * 12 + "اقتصاد/2.txt"  # longer than what a header holds
    content = tarred({"./رياضة/1.txt": TEXT, long: "ثان\n\nنص.".encode()} if format else {"1.txt": TEXT}, format)
    for packing in ("gz", "bz2", "xz", "zst"):
        if suffix.endswith(packing) or suffix == {"gz": "tgz", "bz2": "tbz2", "xz": "txz"}.get(packing):
            content = PACK[packing](content)
    items = read_bytes(content, f"news.{suffix}")
    sections = [item.section for item in items if isinstance(item, Article)]
    assert not skipped_of(items)
    assert sections == (["رياضة", "اقتصاد"] if format else [None])


def test_files_nested_in_any_archive_are_read() -> None:
    inner = zipped({"a.jsonl.bz2": bz2.compress(b'{"title": "a"}')})
    assert titles(gzip.compress(tarred({"b.zip": inner, "c.txt.xz": lzma.compress(TEXT)})), "x.tgz") == ["a", "خبر"]


def test_links_backups_and_hidden_files_of_a_tar_are_left_out() -> None:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        for name, kind in [("link", tarfile.SYMTYPE), ("pipe", tarfile.FIFOTYPE), (".hidden", tarfile.REGTYPE)]:
            entry = tarfile.TarInfo(name)
            entry.type, entry.linkname = kind, "/etc/passwd"
            archive.addfile(entry)
    items = read_bytes(made.getvalue(), "x.tar")
    assert [item.reason.sentence for item in skipped_of(items)] == ["a link within a tar", "no regular file"]


def test_a_tar_that_breaks_off_gives_what_stands_before() -> None:
    content = tarred({"1.txt": TEXT, "2.txt": TEXT * 500, "3.txt": TEXT})
    items = read_bytes(content[:3000], "x.tar")
    assert articles_of(items)[0] == ("خبر", "نص الخبر.")
    assert {item.reason.sentence for item in skipped_of(items)} & {"truncated tar", "damaged tar"}


def test_a_damaged_header_within_a_tar_is_told() -> None:
    content = bytearray(tarred({"1.txt": TEXT, "2.txt": TEXT, "3.txt": TEXT}, tarfile.USTAR_FORMAT))
    content[1024 + 150] ^= 0xFF  # the checksum of the second header
    items = read_bytes(bytes(content), "x.tar")
    assert len(articles_of(items)) == 1
    assert [item.reason.sentence for item in skipped_of(items)] == ["damaged tar"]


def test_a_name_of_a_gigabyte_in_a_tar_is_not_held() -> None:
    entry = tarfile.TarInfo("x")
    entry.type, entry.size = tarfile.GNUTYPE_LONGNAME, 1_000_000_000
    (skipped,) = skipped_of(read_bytes(tarred({"a.txt": TEXT})[:1024] + entry.tobuf() + b"x" * 5000, "x.tar"))
    assert skipped.reason.sentence == "damaged tar"


@pytest.mark.parametrize("suffix", PACK)
def test_what_unpacks_without_end_is_an_attack(suffix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "UNPACKED_ANYWAY", 1_000_000)
    monkeypatch.setattr(unpacking, "MOST_UNPACKED", 50)
    content = PACK[suffix](b'{"title": "a"}\n' + bytes(20_000_000))
    items = read_bytes(zipped({"a": content, "b": content}), "x.zip")
    assert {item.reason for item in skipped_of(items)} >= {BOMB}


def test_archives_within_archives_share_one_allowance(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "UNPACKED_ANYWAY", 1_000_000)
    monkeypatch.setattr(unpacking, "MOST_UNPACKED", 1)
    content = b"\n" * 300_000
    for _ in range(4):
        content = zipped({f"{number}.zip" if content[:1] == b"P" else f"{number}.txt": content for number in range(8)})
    items = read_bytes(content, "x.zip")
    assert [item.reason for item in skipped_of(items)].count(BOMB) > 10
    assert len(items) < 8**3


@pytest.mark.parametrize("kind", [*PACK, "tar", "zip"])
@FEW
@given(data=st.data())
def test_damage_anywhere_gives_items(kind: str, data: st.DataObject) -> None:
    whole = tarred({"1.txt": TEXT, "2.txt": TEXT}) if kind == "tar" else zipped({"1.txt": TEXT, "2.txt": TEXT})
    content = bytearray(PACK[kind](TEXT) if kind in PACK else whole)
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    del content[data.draw(st.integers(len(content) // 2, len(content))) :]
    assert all(isinstance(item, Article | Skipped | Remark) for item in read_bytes(bytes(content), f"x.{kind}"))


@pytest.mark.parametrize("packing", sorted(PACK))
@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_a_byte_order_mark_is_seen_however_late_the_first_bytes_come_out_of_a_packed_file(
    packing: str, encoding: str
) -> None:
    """bzip2 gives nothing before it has some hundred thousand bytes, gzip nothing of an empty first member."""
    rows = "".join(f"{n},{random.Random(n).randbytes(40).hex()} خبر\n" for n in range(12_000))
    pack = bz2.compress if packing == "bz2" else PACK[packing]  # in blocks as large as bzip2 makes them by itself
    packed = pack(("id,title\n" + rows).encode(encoding))
    found = read_bytes((gzip.compress(b"") if packing == "gz" else b"") + packed, f"x.csv.{packing}")
    articles = [item for item in found if isinstance(item, Article)]
    assert len(articles) == len(found) == 12_000
    assert [articles[0].id, articles[-1].id] == ["0", "11999"]
