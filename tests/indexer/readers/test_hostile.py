"""Files that are meant to do harm: each gives articles or a reason, in bounded time and memory."""

from __future__ import annotations

import base64
import gzip
import io
import lzma
import sqlite3
import struct
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from indexer.readers import read_apart, unpacking
from indexer.readers.bounds import LARGEST_DOCUMENT
from indexer.readers.contract import Blob, Item, Skipped
from indexer.readers.findings import BOMB, DAMAGED, TOO_LARGE
from indexer.readers.registry import read_blob
from search.article import Article
from tests.contracts.reader import articles_of, read_bytes, skipped_of, zipped
from tests.indexer.readers.test_database import database
from tests.indexer.readers.test_every_format import tarred
from tests.indexer.readers.test_office import TYPES
from tests.indexer.readers.test_packings import PACK
from tests.indexer.readers.test_seven_zip import sevenzipped
from tests.indexer.readers.test_web_archives import answer, page, record

MESSAGE = "From x@y.example Sat Jul 15 10:20:30 2017\nSubject: {}\n\nنص\n\n"


def reasons(items: list[Item]) -> list[object]:
    return [item.reason for item in skipped_of(items)]


# Giants


def giant(before: bytes, piece: bytes, size: int, behind: bytes) -> Iterator[bytes]:
    yield before
    for _ in range(size // len(piece)):
        yield piece
    yield behind


WARC_HEAD = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: %d\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"
FIRST = MESSAGE.format("أول").encode()
GIANTS = {
    "a message without end": ("a.mbox", FIRST, (b"y" * 500 + b"\n") * 120),
    "a line without end": ("a.mbox", FIRST, b"x" * 60_000),
    "a header without end": ("a.mbox", FIRST[:60], (b"X-A: " + b"y" * 500 + b"\n") * 120),
    "a record without end": ("a.warc", WARC_HEAD % (2 * LARGEST_DOCUMENT), b"x" * 50_000),
    "a line of a header without end": ("a.warc", b"WARC/1.0\r\nWARC-Type: ", b"x" * 60_000),
}


@pytest.mark.parametrize("kind", GIANTS)
def test_a_giant_costs_itself_alone_and_little_memory(kind: str) -> None:
    name, before, piece = GIANTS[kind]
    last = ("\n" + MESSAGE.format("أخير")).encode() if name == "a.mbox" else b"\r\n\r\n" + record(answer(page("أخير")))
    tracemalloc.start()
    try:
        items = list(read_blob(Blob(name, giant(before, piece, 2 * LARGEST_DOCUMENT, last))))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert skipped_of(items)
    assert "أخير" in [title for title, _ in articles_of(items)] or kind == "a line of a header without end"
    assert peak < 3 * LARGEST_DOCUMENT


def test_a_message_of_a_million_lines_is_skipped() -> None:
    content = FIRST + b"\n" * 1_000_000 + MESSAGE.format("أخير").encode()
    items = read_bytes(content, "a.mbox")
    assert reasons(items) == [TOO_LARGE]
    assert articles_of(items) == [("أخير", "نص")]


@pytest.mark.parametrize("name", ["a.mbox", "a.warc"])
def test_of_many_messages_and_records_none_is_held(name: str) -> None:
    one = MESSAGE.format("خبر").encode() if name == "a.mbox" else record(answer(b"x" * 300, media_type="image/png"))
    tracemalloc.start()
    try:
        found = sum(1 for _ in read_blob(Blob(name, (one * 50 for _ in range(10)))))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert found == 500
    assert peak < 3_000_000


# SQLite


@pytest.mark.parametrize(
    "statements",
    [
        ("CREATE VIEW a AS SELECT * FROM b", "CREATE VIEW b AS SELECT * FROM a"),
        ("CREATE VIEW a AS WITH RECURSIVE x(title) AS (SELECT 1 UNION ALL SELECT title FROM x) SELECT title FROM x",),
        ("CREATE TRIGGER t AFTER INSERT ON news BEGIN INSERT INTO news(title) VALUES (randomblob(1e9)); END",),
        ("CREATE INDEX i ON news(length(title) * length(title))",),
        ("CREATE TABLE other (title, body AS (zeroblob(1e9)), text GENERATED ALWAYS AS (title || title) STORED)",),
    ],
)
def test_nothing_that_a_schema_computes_is_run(statements: tuple[str, ...]) -> None:
    content = database("CREATE TABLE news (title, body)", "INSERT INTO news VALUES ('خبر', 'نص')", *statements)
    assert articles_of(read_bytes(content, "a.sqlite")) == [("خبر", "نص")]


def test_a_schema_that_contradicts_itself_is_damage() -> None:
    content = database(
        "CREATE TABLE news (title, body)",
        "PRAGMA writable_schema = ON",
        "INSERT INTO sqlite_schema VALUES ('table', 'x', 'x', 2, 'CREATE TABLE x(title, body) x')",
    )
    assert reasons(read_bytes(content, "a.sqlite")) == [DAMAGED.of("SQLite file")]


def endless_database(place: Path) -> bytes:
    """A table in whose tree each page leads to the same page over and over: millions of rows in a few pages."""
    path, size = place / "x.db", 512
    with closing(sqlite3.connect(path)) as made:
        made.execute(f"PRAGMA page_size = {size}")
        made.execute("CREATE TABLE news (title, body)")
        made.executemany("INSERT INTO news VALUES (?, ?)", (("خبر", "نص") for _ in range(30_000)))
        made.commit()
        (root,) = made.execute("SELECT rootpage FROM sqlite_schema").fetchone()
    pages = [path.read_bytes()[at : at + size] for at in range(0, path.stat().st_size, size)]
    kept, number = [bytearray(pages[0])], root
    while pages[number - 1][0] == 5:  # an inner page of a table
        inner, following = bytearray(pages[number - 1]), len(kept) + 2
        cells = struct.unpack(">H", inner[3:5])[0]
        for at in range(cells):
            (cell,) = struct.unpack(">H", inner[12 + 2 * at : 14 + 2 * at])
            number = struct.unpack(">I", inner[cell : cell + 4])[0]
            inner[cell : cell + 4] = struct.pack(">I", following)
        inner[8:12] = struct.pack(">I", following)
        kept.append(inner)
    kept.append(bytearray(pages[number - 1]))
    kept[0][28:32] = struct.pack(">I", len(kept))
    return b"".join(kept)


def test_pages_that_lead_to_the_same_page_are_not_followed_for_ever(tmp_path: Path) -> None:
    items = read_bytes(endless_database(tmp_path), "a.sqlite")
    assert len(items) < 1000
    assert reasons(items) == [DAMAGED.of("SQLite file")]


# Bombs within one another


@pytest.fixture
def small_allowance(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "UNPACKED_ANYWAY", 200_000)
    monkeypatch.setattr(unpacking, "MOST_UNPACKED", 1)


def bomb_of(*packings: str) -> bytes:
    content, name = b'{"url": ""}\n' * 60_000, "a.jsonl"
    archives: dict[str, Callable[[dict[str, bytes]], bytes]] = {"zip": zipped, "7z": sevenzipped, "tar": tarred}
    for packing in reversed(packings):
        content = archives[packing]({name: content}) if packing in archives else PACK[packing](content)
        name = f"a.{packing}"
    return content


@pytest.mark.usefixtures("small_allowance")
@pytest.mark.parametrize(
    "packings", ["gz", "zip", "tar gz", "zip 7z tar gz", "7z zip", "gz gz gz", "zst 7z zip", "7z tar xz", "bz2 zip 7z"]
)
def test_a_bomb_within_other_packings_is_an_attack(packings: str) -> None:
    items = read_bytes(bomb_of(*packings.split()), "a")
    assert BOMB in reasons(items)


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress, PACK["zst"]])
def test_packed_zeros_are_no_text(pack: Callable[[bytes], bytes]) -> None:
    assert len(reasons(read_bytes(pack(bytes(5_000_000)), "a"))) == 1


def book(chapter: bytes, spine: int) -> bytes:
    references = '<itemref idref="c"/>' * spine
    package = f'<package><manifest><item id="c" href="c.xhtml"/></manifest><spine>{references}</spine></package>'
    container = b'<container><rootfiles><rootfile full-path="b.opf"/></rootfiles></container>'
    files = {"mimetype": b"application/epub+zip", "META-INF/container.xml": container, "b.opf": package.encode()}
    return zipped(files | {"c.xhtml": chapter})


def test_a_chapter_that_a_book_names_a_thousand_times_is_read_once() -> None:
    content = book("<html><body><h1>فصل</h1><p>نص</p></body></html>".encode(), spine=5000)
    assert articles_of(read_bytes(content, "a.epub")) == [("فصل", "نص")]


@pytest.mark.usefixtures("small_allowance")
def test_what_a_book_and_a_document_unpack_is_counted() -> None:
    chapter = b"<html><body><p>" + b"x" * 1_000_000 + b"</p></body></html>"
    assert BOMB in reasons(read_bytes(book(chapter, spine=1), "a.epub"))
    document = b"<w:document><w:p><w:t>" + b"x" * 1_000_000 + b"</w:t></w:p></w:document>"
    assert BOMB in reasons(read_bytes(zipped({"[Content_Types].xml": TYPES, "word/document.xml": document}), "a.docx"))


def test_members_of_a_zip_that_share_their_bytes_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """A zip whose directory names one packed member a thousand times: 1 GB of 1 MB, as in D. Fifield's."""
    monkeypatch.setattr(unpacking, "UNPACKED_ANYWAY", 300_000)
    monkeypatch.setattr(unpacking, "MOST_UNPACKED", 1)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", "خبر\n".encode() * 12_000)
        (entry,) = archive.infolist()
        archive.filelist += [entry] * 1000
    items = read_bytes(made.getvalue(), "a.zip")
    assert len(articles_of(items)) <= 4
    assert set(reasons(items)) <= {BOMB, DAMAGED.of("zip")}


def pdf_of(content: bytes) -> bytes:
    packed = zlib.compress(content, 9)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 900 800] /Contents 4 0 R >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%b\nendstream" % (len(packed), packed),
    ]
    made, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%b\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(made)
    return made + b"xref\n0 5\n0000000000 65535 f \n" + table + trailer


def test_a_page_of_a_pdf_that_unpacks_to_gigabytes_costs_the_process_that_reads_it() -> None:
    pytest.importorskip("resource")
    assert read_apart._LARGEST_MEMORY <= 1_500_000_000
    bomb = pdf_of(zlib.compress(bytes(1_000_000)) * 20)
    assert all(isinstance(item, Skipped) for item in read_bytes(bomb, "a.pdf"))
    assert not articles_of(read_bytes(pdf_of(b"q " * 100_000), "a.pdf"))


# Entities of XML

LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
DOCTYPES = {
    "laughs": f'<!DOCTYPE {{root}} [<!ENTITY a0 "ha">{LAUGHS}]>',
    "one long entity": f'<!DOCTYPE {{root}} [<!ENTITY a11 "{"x" * 100_000}">]>',
    "parameters": "<!DOCTYPE {root} [<!ENTITY % b \"<!ENTITY a11 'ha'>\"> %b; %b;]>",
    "a file": '<!DOCTYPE {root} [<!ENTITY a11 SYSTEM "file:///etc/passwd">]>',
    "an address": '<!DOCTYPE {root} SYSTEM "http://127.0.0.1:9/x.dtd" [<!ENTITY a11 SYSTEM "http://127.0.0.1:9/x">]>',
    "itself": '<!DOCTYPE {root} [<!ENTITY a11 "&a11;">]>',
}
ENTITY = "نص " + "&a11;" * 1000
XML = {
    "rss": ("rss", "<rss><channel><item><title>خبر</title><description>{}</description></item></channel></rss>"),
    "atom": ("feed", "<feed><entry><title>خبر</title><content>{}</content></entry></feed>"),
    "nitf": (
        "nitf",
        "<nitf><body><body.head><hedline><hl1>خبر</hl1></hedline></body.head>"
        "<body.content><p>{}</p></body.content></body></nitf>",
    ),
    "newsml": (
        "NewsML",
        "<NewsML><NewsItem><NewsLines><HeadLine>خبر</HeadLine></NewsLines>"
        "<DataContent><p>{}</p></DataContent></NewsItem></NewsML>",
    ),
    "tei": ("TEI", '<TEI><text><body><div type="item"><head>خبر</head><p>{}</p></div></body></text></TEI>'),
    "xml": ("articles", "<articles><article><title>خبر</title><text>{}</text></article></articles>"),
    "html": ("html", "<html><body><h1>خبر</h1><p>{}</p></body></html>"),
}


def assert_unexpanded(items: list[Item]) -> None:
    for title, body in articles_of(items):
        assert len(title) + len(body) < 20_000
        assert not {"root:", "hahaha", "xxxxxx"} & {
            word for word in ("root:", "hahaha", "xxxxxx") if word in body + title
        }


@pytest.mark.parametrize("doctype", DOCTYPES)
@pytest.mark.parametrize("format", XML)
def test_no_entity_of_xml_is_expanded(format: str, doctype: str) -> None:
    root, text = XML[format]
    content = DOCTYPES[doctype].format(root=root) + text.format(ENTITY)
    items = read_bytes(f'<?xml version="1.0"?>\n{content}'.encode(), f"a.{'html' if format == 'html' else 'xml'}")
    assert items
    assert_unexpanded(items)


@pytest.mark.parametrize("doctype", DOCTYPES)
def test_no_entity_of_a_book_or_a_document_is_expanded(doctype: str) -> None:
    prolog = DOCTYPES[doctype]
    chapter = prolog.format(root="html") + f"<html><body><h1>فصل</h1><p>{ENTITY}</p></body></html>"
    assert_unexpanded(read_bytes(book(chapter.encode(), spine=1), "a.epub"))
    document = prolog.format(root="document") + f"<w:document><w:p><w:t>{ENTITY}</w:t></w:p></w:document>"
    files = {"[Content_Types].xml": TYPES, "word/document.xml": document.encode()}
    assert_unexpanded(read_bytes(zipped(files), "a.docx"))
    container = prolog.format(root="container") + '<container><rootfile full-path="&a11;"/></container>'
    files = {"mimetype": b"x", "META-INF/container.xml": container.encode()}
    assert not articles_of(read_bytes(zipped(files), "a.epub"))


def test_an_attachment_without_end_is_not_held() -> None:
    attached = base64.encodebytes(bytes(300_000)) * 55
    head = b"Content-Type: multipart/mixed; boundary=B\nSubject: x\n\n--B\nContent-Type: application/pdf\n"
    content = b"From: a@b.example\n" + head + b"Content-Transfer-Encoding: base64\n\n" + attached + b"--B--\n"
    assert reasons(read_bytes(content, "a.eml")) == [TOO_LARGE]


def test_articles_stand_before_what_is_hostile() -> None:
    (first, *_), second = read_bytes(zipped({"1.txt": "خبر\n\nنص".encode(), "2.pdf": pdf_of(b"x")}), "a.zip"), 0
    assert isinstance(first, Article) and not second
