"""The findings of a run: each is named once, documented, and met by some input."""

from __future__ import annotations

import gzip
import io
import json
import os
import re
import sys
import tarfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Final

import pytest

import indexer.cleaning.findings as of_cleaning
import indexer.findings as of_runs
import indexer.readers.findings as of_readers
import indexer.repairs.findings as of_repairs
from indexer import build
from indexer.build import Choices, index
from indexer.cleaning.clean import Cleaned, clean
from indexer.findings import Finding
from indexer.readers import as_file, mail, parquet, pdf, plain_text, unpacking
from indexer.readers.bounds import DEEPEST, LARGEST_DOCUMENT
from indexer.readers.contract import Blob, Remark, Skipped, Unreadable
from indexer.report import MOST_REASONS, Tally
from indexer.run_options import USUAL
from indexer.sources import Sources
from search.engines.tantivy.writer import TantivyWriter
from search.index.directory import IndexDirectory
from tests.contracts.reader import zipped
from tests.indexer.archives import archive, rows
from tests.indexer.readers.test_database import database
from tests.indexer.readers.test_office import chapter, epub
from tests.indexer.readers.test_parquet import parquet as parquet_file
from tests.indexer.readers.test_pdf import document
from tests.indexer.readers.test_seven_zip import sevenzipped
from tests.indexer.readers.test_tei import issue
from tests.indexer.readers.test_web_archives import answer, page, record

ROOT: Final = Path(__file__).resolve().parents[2]
MODULES: Final = (of_runs, of_readers, of_cleaning, of_repairs)
DECLARED: Final = tuple(
    dict.fromkeys(value for module in MODULES for value in vars(module).values() if isinstance(value, Finding))
)
TEXT: Final = "خبر\n\nنص الخبر.".encode()
ROW: Final = re.compile(r"^\| `([a-z-]+)` \| (.+) \|$", re.MULTILINE)


def tarred(member: tarfile.TarInfo, content: bytes = b"") -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        archive.addfile(member, io.BytesIO(content))
    return made.getvalue()


def linked() -> bytes:
    member = tarfile.TarInfo("a.txt")
    member.type, member.linkname = tarfile.SYMTYPE, "b.txt"
    return tarred(member)


def sparse() -> bytes:
    member = tarfile.TarInfo("a.txt")
    member.type = tarfile.GNUTYPE_SPARSE
    return tarred(member)


def wrapped(content: bytes, times: int) -> bytes:
    return content if not times else gzip.compress(wrapped(content, times - 1))


def jsonl(**row: object) -> bytes:
    return json.dumps(row, ensure_ascii=False).encode() + b"\n"


MAIL: Final = b"From: a@b.example\nTo: c@d.example\n"
# A file in which readers or cleaning find this, by its name.
FILES: Final[dict[str, tuple[str, bytes]]] = {
    "empty-file": ("a.txt", b""),
    "no-text": ("a.txt", bytes(range(256)) * 20),
    "too-large": ("a.txt", b"x" * (LARGEST_DOCUMENT + 1)),
    "named-otherwise": ("a.gz", TEXT),
    "no-reader": ("a.css", b"p { color: red }"),
    "damaged": ("a.pdf", b"%PDF-1.4\nnothing"),
    "truncated": ("a.txt.gz", gzip.compress(TEXT)[:-12]),
    "encrypted": ("a.7z", sevenzipped({"1.txt": TEXT}, password="x")),
    "without-text": ("a.html", b"<html><body></body></html>"),
    "without-article": ("a.rss", b"<rss><channel></channel></rss>"),
    "too-deep": ("a.gz", wrapped(TEXT, DEEPEST + 1)),
    "link-within": ("a.tar", linked()),
    "file-with-holes": ("a.tar", sparse()),
    "broken-json": ("a.jsonl", b'{"title": \n'),
    "no-object": ("a.jsonl", b"17\n"),
    "no-known-field": ("a.jsonl", jsonl(x=1)),
    "field-no-text": ("a.jsonl", jsonl(title=["a", {}])),
    "unknown-field": ("a.jsonl", jsonl(title="a", views=1)),
    "value-left-out": ("a.jsonl", jsonl(title="a", author={"a": 1})),
    "no-known-column": ("a.csv", b"x,y\n1,2\n"),
    "no-title-or-body-column": ("a.parquet", parquet_file(a=[1])),
    "no-known-table": ("a.sqlite", database("CREATE TABLE users (id, name)")),
    "table-left-out": (
        "a.sqlite",
        database("CREATE TABLE a (title, body)", "CREATE TABLE b (title)", "INSERT INTO a VALUES ('a', 'b')"),
    ),
    "row-too-long": ("a.csv", b"title,body\n1,2,3\n"),
    "row-too-short": ("a.csv", b"title,body,date,author\n1,2\n"),
    "row-shorter": ("a.csv", b"title,body,date\n1,2\n"),
    "broken-row": ("a.csv", b'title,body\n"1,2\n'),
    "no-known-element": ("a.xml", b"<?xml version='1.0'?><a><b>x</b></a>"),
    "too-many-tags": ("a.html", b"<html>" + b"<p>" * 1_000_001),
    "article-breaks-off": ("a.rss", b"<rss><channel><item><title>a</title>"),
    "broken-feed-item": ("a.rss", b"<rss><channel><x:item><title>a</title></x:item></channel></rss>"),
    "masthead-left-out": ("a.xml", issue('<div type="section" subtype="masthead"><p>x</p></div>').encode()),
    "other-media-type": ("a.warc", record(answer(b"x", media_type="image/png"))),
    "failed-request": ("a.warc", record(answer(page(), status="404 Not Found"))),
    "attachment-left-out": ("a.eml", MAIL + b"Content-Disposition: attachment\nContent-Type: image/png\n\nx"),
    "chapter-missing": ("a.epub", epub([chapter("a", "b")], named=2)),
    "empty-article": ("a.jsonl", jsonl(title=" ", body="", date="2017-07-15")),
    "text-too-long": ("a.txt", b"x" * 5_000_001),
    "id-too-long": ("a.jsonl", jsonl(id="x" * 1_001, title="a")),
    "letters-lost": ("a.txt", b"?" * 60),
    "unreadable-date": ("a.jsonl", jsonl(title="a", date="x")),
    "far-date": ("a.jsonl", jsonl(title="a", date="9999-12-31")),
    "no-title-or-body": ("a.jsonl", jsonl(id="1")),
    "wrong-encoding": ("a.jsonl", jsonl(title="Ø§Ù„Ù†Øµ")),
    "entities": ("a.jsonl", jsonl(title="#187;نص#171;")),
    "turned-numbers": ("a.jsonl", jsonl(title="بنسبة 45.\u200f1 في المائة")),
    "direction-marks": ("a.jsonl", jsonl(title="النص\u200e")),
    "drawing-order": ("a.jsonl", jsonl(title="ةديدج ةطخ نع ةحصلا ةرازو تنلعأ")),
    "letter-forms": ("a.jsonl", jsonl(title="ﺍﻟﻨﺺ")),
    "unseen-signs": ("a.jsonl", jsonl(title="الن\u200bص")),
    "other-spaces": ("a.jsonl", jsonl(title="نص", body="في\u00a0البيت")),
    "other-keyboard": ("a.jsonl", jsonl(title="الخارجیة")),
    "order-of-marks": ("a.jsonl", jsonl(title="ا\u0654ستاذ")),
}


def kinds_in(*paths: Path) -> set[str]:
    """The kinds of what readers and cleaning find in these files and folders."""
    kinds = set[str]()

    def remark(about: Finding, _: str) -> None:
        kinds.add(about.kind)

    for item in Sources(paths).items():
        if isinstance(item, Skipped):
            kinds.add(item.reason.kind)
        elif isinstance(item, Remark):
            kinds.add(item.about.kind)
        else:
            cleaned = clean(item, remark)
            found = cleaned.repairs if isinstance(cleaned, Cleaned) else (cleaned.reason,)
            kinds |= {finding.kind for finding in found}
    return kinds


@pytest.mark.parametrize("kind", FILES)
def test_a_file_in_which_this_is_found(tmp_path: Path, kind: str) -> None:
    name, content = FILES[kind]
    (tmp_path / name).write_bytes(content)
    assert kind in kinds_in(tmp_path / name)


Situation = Callable[[Path, pytest.MonkeyPatch], set[str]]


def link(target: str) -> Situation:
    def arrange(place: Path, _: pytest.MonkeyPatch) -> set[str]:
        folder = place / "a"
        folder.mkdir()
        (folder / "b").symlink_to(target)
        return kinds_in(folder)

    return arrange


def named(name: str) -> Situation:
    def arrange(place: Path, _: pytest.MonkeyPatch) -> set[str]:
        path = place / "a" / name
        path.parent.mkdir()
        path.mkdir() if name == "lost+found" else path.write_bytes(TEXT)
        return kinds_in(place / "a")

    return arrange


def meeting(content: bytes, name: str, **bounds: tuple[object, object]) -> Situation:
    """A file under other bounds: a name → the module that has it, and its value there."""

    def arrange(place: Path, monkeypatch: pytest.MonkeyPatch) -> set[str]:
        for bound, (module, value) in bounds.items():
            monkeypatch.setattr(module, bound, value)
        (place / name).write_bytes(content)
        return kinds_in(place / name)

    return arrange


def meeting_in_a_pdf(content: bytes, bound: str, value: int) -> Situation:
    """A PDF under another bound, read in this process: the one that reads PDFs does not hear of it."""

    def arrange(place: Path, monkeypatch: pytest.MonkeyPatch) -> set[str]:
        monkeypatch.setattr(pdf, bound, value)
        items = pdf.read_pdf(Blob("a.pdf", iter([content])))
        return {item.reason.kind for item in items if isinstance(item, Skipped)}

    return arrange


def failing(error: Exception) -> Callable[..., object]:
    def fails(*_: object, **__: object) -> object:
        raise error

    return fails


def a_pipe(place: Path, _: pytest.MonkeyPatch) -> set[str]:
    os.mkfifo(place / "pipe")
    return kinds_in(place / "pipe")


def a_disk_error(place: Path, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    (place / "a.txt").write_bytes(TEXT)
    with monkeypatch.context() as patch:
        patch.setattr("builtins.open", failing(OSError(5, "Input/output error")))
        return kinds_in(place / "a.txt")


def no_room(place: Path, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    (place / "b.zip").write_bytes(zipped({"a.zip": zipped({"a.txt": TEXT})}))
    monkeypatch.setattr(SpooledTemporaryFile, "write", failing(OSError(28, "No space left on device")))
    return kinds_in(place / "b.zip")


def a_missing_package(place: Path, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    monkeypatch.delitem(sys.modules, "indexer.readers.parquet", raising=False)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    (place / "a.parquet").write_bytes(b"PAR1")
    return kinds_in(place / "a.parquet")


def a_source_that_is_gone(place: Path, _: pytest.MonkeyPatch) -> set[str]:
    (finding,) = Sources([place / "nothing"], remembered=True).items()
    return {finding.reason.kind} if isinstance(finding, Skipped) else set()


def an_empty_source(place: Path, _: pytest.MonkeyPatch) -> set[str]:
    (place / "empty").mkdir()
    (finding,) = Sources([place / "empty"]).items()
    return {finding.about.kind} if isinstance(finding, Remark) else set()


def large_groups(place: Path, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """In this process, where the bound is another one."""
    (place / "a.parquet").write_bytes(parquet_file(title=["a"]))
    monkeypatch.setattr(parquet, "_LARGEST_PIECE", 1)
    with pytest.raises(Unreadable) as raised:
        list(parquet.read_parquet(Blob("a", iter(()), path=str(place / "a.parquet"))))
    return {raised.value.reason.kind}


def a_growing_file(place: Path, _: pytest.MonkeyPatch) -> set[str]:
    path = place / "a.jsonl"
    path.write_bytes(jsonl(title="a"))
    kinds = set[str]()
    for item in Sources([path]).items():
        with path.open("ab") as opened:
            opened.write(jsonl(title="b"))
        kinds |= {item.about.kind} if isinstance(item, Remark) else set()
    return kinds


def a_shrinking_file(place: Path, _: pytest.MonkeyPatch) -> set[str]:
    path = place / "a.jsonl"
    path.write_bytes(b"\n".join([jsonl(title="a")] * 5_000))
    kinds = set[str]()
    for item in Sources([path]).items():
        if path.stat().st_size:
            os.truncate(path, 0)
        kinds |= {item.reason.kind} if isinstance(item, Skipped) else set()
    return kinds


def two_runs(place: Path, _: pytest.MonkeyPatch) -> set[str]:
    """The second finds an id in two files, an article that its file has no more, and one whose file is gone."""
    kinds = set[str]()
    options = replace(USUAL, listed=lambda case: kinds.add(case.reason.kind))
    first, second = archive(place / "a" / "1.jsonl", rows(0, 20)), archive(place / "a" / "2.jsonl", rows(30, 31))
    gone = archive(place / "a" / "3.jsonl", rows(40, 41))
    for _ in range(2):
        index(IndexDirectory(place / "index"), Sources([place / "a"]), Choices(None, None), options=options)
        archive(first, rows(0, 19))
        archive(second, rows(0, 1, word="نبأ"))
        gone.unlink(missing_ok=True)
    return kinds


def an_engine_that_refuses(place: Path, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Of two articles one; the file is read again by the next run, though it did not change."""
    monkeypatch.setattr(TantivyWriter, "take_rejected", lambda _: [("0", "an immense term")])
    source = archive(place / "a.jsonl", rows(0, 2))
    reports = [index(IndexDirectory(place / "index"), Sources([source]), Choices(None, None)) for _ in range(2)]
    assert (reports[0].added, reports[0].skipped, reports[1].unread) == (1, 1, 0)
    assert reports[0].reasons[0].named == (f"{source}: 0: an immense term",)
    return {cases.about.kind for cases in reports[0].reasons}


def a_cluster_of_one_node(place: Path, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    monkeypatch.setattr(build, "copies_lacking", lambda _: "1 of 1 on the 1 nodes of the cluster")
    source = Sources([archive(place / "a.jsonl", rows(0, 1))])
    report = index(IndexDirectory(place / "index"), source, Choices(None, None))
    return {cases.about.kind for cases in report.remarks}


def two_sources(place: Path, _: pytest.MonkeyPatch) -> set[str]:
    files = [archive(place / f"{word}.jsonl", rows(0, 1, word=word)) for word in ("خبر", "نبأ")]
    report = index(IndexDirectory(place / "index"), Sources(files), Choices(None, None))
    return {cases.about.kind for cases in report.remarks}


def many_findings(place: Path, _: pytest.MonkeyPatch) -> set[str]:
    tally = Tally()
    for number in range(MOST_REASONS + 1):
        tally.skip(Skipped("a", Finding("no-reader", str(number))))
    return {cases.about.kind for cases in tally.report(articles=0, seconds=1).reasons}


SITUATIONS: Final[dict[str, Situation]] = {
    "link-outside": link("/etc"),
    "link-to-nothing": link("nothing"),
    "links-in-a-circle": link("b"),
    "backup-copy": named("a.txt~"),
    "disk-folder": named("lost+found"),
    "no-regular-file": a_pipe,
    "cannot-be-read": a_disk_error,
    "no-room": no_room,
    "reader-not-installed": a_missing_package,
    "copies-missing": a_cluster_of_one_node,
    "refused-by-engine": an_engine_that_refuses,
    "source-gone": a_source_that_is_gone,
    "source-empty": an_empty_source,
    "file-grew": a_growing_file,
    "file-changed": a_shrinking_file,
    "shared-id": two_runs,
    "id-kept-apart": two_sources,
    "struck": two_runs,
    "vanished": two_runs,
    "other": many_findings,
    "unpacks-to-too-much": meeting(gzip.compress(bytes(900_000)), "a.gz", UNPACKED_ANYWAY=(unpacking, 0)),
    "too-large-within": meeting(zipped({"a.zip": zipped({"a.txt": TEXT})}), "b.zip", LARGEST_SPOOL=(as_file, 9)),
    "row-groups-too-large": large_groups,
    "broken-page": meeting_in_a_pdf(document([["ب"]]), "_MOST_LETTERS", 0),
    "too-many-pages": meeting_in_a_pdf(document([["ب"]] * 2), "MOST_PAGES", 1),
    "reader-failed": meeting(TEXT, "a.txt", article_of=(plain_text, failing(MemoryError()))),
    "broken-message": meeting(MAIL + b"\nx", "a.eml", _parts=(mail, failing(OSError("x")))),
}


@pytest.mark.parametrize("kind", SITUATIONS)
def test_a_situation_in_which_this_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    assert kind in SITUATIONS[kind](tmp_path, monkeypatch)


def test_every_finding_is_met_in_a_test_and_every_kind_is_named_once() -> None:
    kinds = [finding.kind for finding in DECLARED]
    assert sorted(kinds) == sorted({*FILES, *SITUATIONS}) and not FILES.keys() & SITUATIONS.keys()
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", kind) for kind in kinds)
    assert len({finding.sentence for finding in DECLARED}) == len(DECLARED)


def test_the_table_of_kinds_says_what_the_program_says() -> None:
    rows_of_table = ROW.findall((ROOT / "docs/report.md").read_text(encoding="utf-8"))
    assert sorted(rows_of_table) == sorted((each.kind, each.sentence.replace("{}", "…")) for each in DECLARED)
