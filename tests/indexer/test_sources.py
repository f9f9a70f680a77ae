"""Files and folders given by the user."""

from __future__ import annotations

import gzip
import json
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer import sources
from indexer.readers.contract import Blob, Item, Remark
from indexer.readers.findings import READER_FAILED, WITHOUT_ARTICLE
from indexer.readers.zipped import entry_name
from indexer.sources import Sources
from search.article import Article
from search.errors import SourceError
from tests.contracts.reader import read_bytes, skipped_of, zipped
from tests.indexer.archives import kashaf
from tests.open_files import TOLD, open_files


@pytest.mark.parametrize("command", ["index", "reindex"])
def test_an_empty_path_is_refused_and_is_not_the_current_folder(tmp_path: Path, command: str) -> None:
    place = tmp_path / "index"
    done = kashaf(command, "", "--index", place)
    assert (done.returncode, place.exists()) == (1, False)
    assert "an empty path ('')" in done.stderr and "is a variable unset?" in done.stderr


@pytest.mark.parametrize(
    "command", [("index", "x"), ("search", "x"), ("info",), ("coverage",), ("serve",), ("verify",)]
)
def test_an_empty_index_directory_is_refused(command: tuple[str, ...]) -> None:
    done = kashaf(*command, "--index", "")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "index = ''" in done.stderr


def put(folder: Path, name: str, title: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{title}\n\nنص الخبر.", encoding="utf-8")
    return path


def titles(*paths: Path) -> list[str]:
    return [item.title for item in Sources(paths).items() if isinstance(item, Article)]


def test_a_folder_is_read_in_the_order_of_names_with_all_below(tmp_path: Path) -> None:
    put(tmp_path, "ب.txt", "ثان")
    put(tmp_path, "أ/1.txt", "أول")
    put(tmp_path, "ت/ج/3.txt", "ثالث")
    (tmp_path / "ث.jsonl").write_text(json.dumps({"title": "رابع"}))
    assert titles(tmp_path) == ["أول", "ثان", "ثالث", "رابع"]


def test_hidden_files_and_indexes_are_no_part_of_an_archive(tmp_path: Path) -> None:
    put(tmp_path, "خبر.txt", "خبر")
    put(tmp_path, ".git/x.txt", "سر")
    put(tmp_path, ".DS_Store", "سر")
    put(tmp_path, "__MACOSX/x.txt", "سر")
    put(tmp_path, "kashaf-index/kashaf.json", "سر")
    put(tmp_path, "kashaf-index/generations/1/x.txt", "سر")
    assert titles(tmp_path) == ["خبر"]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("i", "i is an index of Kashaf, which holds no files to read: name the folder of the articles"),
        ("i/generations/1/x.txt", "x.txt lies in the index "),
        ("link", "link is an index of Kashaf"),
    ],
)
def test_a_path_that_belongs_to_an_index_is_refused(tmp_path: Path, path: str, said: str) -> None:
    put(tmp_path, "i/kashaf.json", "{}")
    put(tmp_path, "i/generations/1/x.txt", "سر")
    (tmp_path / "link").symlink_to("i")
    with pytest.raises(SourceError) as refused:
        Sources([tmp_path / path])
    assert said in str(refused.value)


def test_an_archive_that_lies_beside_the_generations_of_an_index_is_read(tmp_path: Path) -> None:
    put(tmp_path, "kashaf.json", "{}")
    put(tmp_path, "generations/1/x.txt", "سر")
    put(tmp_path, "archive/a.txt", "خبر")
    assert titles(tmp_path / "archive") == ["خبر"]


def test_an_index_within_the_archive_does_not_read_itself_while_it_is_made(tmp_path: Path) -> None:
    put(tmp_path, "خبر.txt", "خبر")
    done = kashaf("index", tmp_path, "--json", "--index", tmp_path / "kashaf-index")
    assert done.returncode == 0
    assert (json.loads(done.stdout)["added"], json.loads(done.stdout)["skipped"]) == (1, 0)


def test_links_in_a_circle_end(tmp_path: Path) -> None:
    put(tmp_path, "أ/خبر.txt", "خبر")
    (tmp_path / "أ" / "عودة").symlink_to(tmp_path, target_is_directory=True)
    assert titles(tmp_path) == ["خبر"]


@pytest.mark.parametrize(
    ("path", "section"),
    [
        ("رياضة/1.txt", "رياضة"),
        ("رياضة/2017/07/1.txt", "رياضة"),
        ("2017/رياضة/1.txt", "رياضة"),
        ("2017/1.txt", None),
        ("1.txt", None),
    ],
)
def test_the_folder_of_plain_text_is_its_section(tmp_path: Path, path: str, section: str | None) -> None:
    put(tmp_path / "archive", path, "خبر")
    (article,) = Sources([tmp_path / "archive"]).items()
    assert isinstance(article, Article)
    assert article.section == section
    (article,) = read_bytes(zipped({path: "خبر\n\nنص".encode()}), "archive.zip")
    assert isinstance(article, Article)
    assert article.section == section


def test_a_missing_path_is_named_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="nowhere"):
        Sources([put(tmp_path, "خبر.txt", "خبر"), tmp_path / "nowhere"])


def test_the_same_path_twice_is_read_once(tmp_path: Path) -> None:
    path = put(tmp_path, "خبر.txt", "خبر")
    assert titles(path, tmp_path / "." / "خبر.txt") == ["خبر"]


@pytest.mark.parametrize("name", ["page.css", "table.sql", "server.log"])
def test_formats_without_a_reader_are_skipped_by_name(tmp_path: Path, name: str) -> None:
    put(tmp_path, name, "خبر")
    (skipped,) = Sources([tmp_path]).items()
    assert skipped.reason.sentence.startswith("no reader for .")  # type: ignore[union-attr]


def test_something_else_named_gz_or_zip_is_skipped(tmp_path: Path) -> None:
    put(tmp_path, "a.jsonl.gz", "خبر")
    put(tmp_path, "b.zip", "خبر")
    assert [item.reason.sentence for item in skipped_of(list(Sources([tmp_path]).items()))] == [
        "named .gz, but it is something else",
        "named .zip, but it is something else",
    ]


def test_a_pipe_is_skipped_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert skipped_of(list(Sources([tmp_path]).items()))[0].reason.sentence == "no regular file"


def test_a_packed_file_is_reported_by_its_own_name(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(b'{"title": "a"}\n{'))
    (skipped,) = skipped_of(list(Sources([tmp_path]).items()))
    assert skipped.location == f"{tmp_path / 'a.jsonl.gz'}:2"


def test_bytes_read_come_to_the_size(tmp_path: Path) -> None:
    put(tmp_path, "أ.txt", "خبر")
    (tmp_path / "ب.zip").write_bytes(zipped({"1.txt": "خبر".encode(), "2.txt": "نص".encode()}))
    sources = Sources([tmp_path])
    assert sources.bytes_read == 0
    list(sources.items())
    assert sources.bytes_read == sources.size == sum(path.stat().st_size for path in tmp_path.iterdir())


@pytest.mark.parametrize("encoding", ["utf-8", "cp720", "cp1256"])
def test_file_names_in_a_zip_without_a_declared_encoding_are_read(encoding: str) -> None:
    entry = zipfile.ZipInfo("اقتصاد/خبر.txt".encode(encoding).decode("cp437"))
    assert entry_name(entry) == "اقتصاد/خبر.txt"


def test_an_encrypted_file_in_a_zip_is_skipped_and_the_rest_is_read() -> None:
    content = bytearray(zipped({"a.txt": "خبر".encode(), "b.txt": "نص".encode()}))
    for mark, flags in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        content[content.index(mark) + flags] |= 1
    items = read_bytes(bytes(content), "archive.zip")
    assert [item.reason.sentence for item in skipped_of(items)] == ["encrypted"]
    assert [item.title for item in items if isinstance(item, Article)] == ["نص"]


def test_one_damaged_file_in_a_zip_costs_only_itself() -> None:
    content = bytearray(zipped({"a.jsonl": b'{"title": "a"}\n' * 50, "b.txt": "نص".encode()}))
    content[45] ^= 0xFF  # within the first file
    items = read_bytes(bytes(content), "archive.zip")
    assert "نص" in [item.title for item in items if isinstance(item, Article)]
    assert skipped_of(items)


@pytest.mark.skipif(os.name != "posix" or os.uname().sysname != "Linux", reason="other systems know no such names")
def test_a_name_that_is_not_utf8_is_shown_all_the_same(tmp_path: Path) -> None:
    (Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xce\xc8\xd1.csv"))).write_text("x")
    (skipped,) = skipped_of(list(Sources([tmp_path]).items()))
    assert skipped.location.encode()


def test_a_member_of_a_zip_without_a_name_costs_nothing(tmp_path: Path) -> None:
    """A name ends at its first zero byte: here at once."""
    content = zipped({"ax": "خبر".encode(), "b.txt": "نبأ".encode()}).replace(b"ax", b"\0x")
    (tmp_path / "a.zip").write_bytes(content)
    items = list(Sources([tmp_path]).items())
    assert not any(item.reason == READER_FAILED for item in skipped_of(items))
    assert "نبأ" in [item.title for item in items if isinstance(item, Article)]


@TOLD
def test_a_file_is_closed_once_it_was_read_also_where_its_reader_is_part_of_a_circle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(blob: Blob) -> Iterator[Item]:
        next(blob.blocks)
        circle: list[object] = [blob]
        circle.append(circle)  # as an error has it that was caught where the blob is at hand
        yield Remark(WITHOUT_ARTICLE.of("file"), blob.location)

    monkeypatch.setattr(sources, "read_blob", read)
    path = put(tmp_path, "خبر.txt", "خبر")
    assert list(Sources([path]).items())
    assert str(path) not in open_files()
