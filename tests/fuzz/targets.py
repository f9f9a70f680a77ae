"""What is fuzzed: for each reader the name of its files, sound files to begin with, and what is put around the bytes.

Called by `tests/fuzz/__main__.py`. The sound files are those that the tests of the readers write of the sample.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from search.article import Article
from tests.contracts.reader import FileReaderContract, zipped
from tests.indexer.readers import (
    test_agency_news,
    test_database,
    test_delimited,
    test_feeds,
    test_html_page,
    test_json_document,
    test_json_lines,
    test_mail,
    test_office,
    test_parquet,
    test_pdf,
    test_plain_text,
    test_seven_zip,
    test_tagged,
    test_tei,
    test_web_archives,
)
from tests.indexer.test_findings import FILES, tarred
from tests.small_index import sample_articles

Wrap = Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class Target:
    """A reader. wrap: makes a file of the bytes that are changed."""

    name: str
    seeds: tuple[bytes, ...]
    wrap: Wrap = bytes


def _written(*contracts: type[FileReaderContract]) -> tuple[bytes, ...]:
    return tuple(_seeds(contracts))


def _seeds(contracts: Sequence[type[FileReaderContract]]) -> Iterator[bytes]:
    articles = [each for each in sample_articles() if each.title][:3]
    short = [Article("", title="خبر قصير", body="نص الخبر.")]
    for contract in contracts:
        for written in (short, articles if contract.several else articles[:1]):
            yield contract().written_bytes(written)


def _document(part: bytes) -> bytes:
    return zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": part})


def _book(part: bytes) -> bytes:
    return zipped(
        {
            "mimetype": b"application/epub+zip",
            "META-INF/container.xml": b'<container><rootfiles><rootfile full-path="b.opf"/></rootfiles></container>',
            "b.opf": b'<package><manifest><item id="c" href="c.xhtml"/></manifest>'
            b'<spine><itemref idref="c"/></spine></package>',
            "c.xhtml": part,
        }
    )


def _paragraphs(title: str) -> bytes:
    namespace = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = test_office.paragraph(title, "Title") + test_office.paragraph("نص")
    return b"<w:document %b><w:body>%b</w:body></w:document>" % (namespace, body.encode())


def _archives() -> tuple[bytes, ...]:
    text = "خبر\n\nنص".encode()
    tar = tarred_text(text)
    return zipped({"a.txt": text, "b/c.jsonl": b'{"title": "x"}'}), tar, gzip.compress(tar), *_found("a.tar")


def tarred_text(text: bytes) -> bytes:
    """A tar of one file."""
    import tarfile

    member = tarfile.TarInfo("a.txt")
    member.size = len(text)
    return tarred(member, text)


def _found(name: str) -> tuple[bytes, ...]:
    """The files of that name in which tests find something to report."""
    return tuple(content for each, content in FILES.values() if each == name and len(content) < 50_000)


TARGETS: Final[dict[str, Callable[[], Target]]] = {
    "text": lambda: Target("a.txt", _written(test_plain_text.TestPlainText)),
    "jsonl": lambda: Target("a.jsonl", _written(test_json_lines.TestJsonLines) + _found("a.jsonl")),
    "json": lambda: Target("a.json", _written(test_json_document.TestList, test_json_document.TestOneObject)),
    "table": lambda: Target("a.csv", _written(test_delimited.TestCsv, test_delimited.TestTsv) + _found("a.csv")),
    "html": lambda: Target("a.html", _written(test_html_page.TestHtml)),
    "feed": lambda: Target("a.rss", (*_written(test_feeds.TestRss, test_feeds.TestAtom), test_feeds.RSS.encode())),
    "mail": lambda: Target("a.eml", _written(test_mail.TestMail) + _found("a.eml")),
    "mailbox": lambda: Target("a.mbox", _written(test_mail.TestMailbox)),
    "warc": lambda: Target("a.warc", _written(test_web_archives.TestWarc) + _found("a.warc")),
    "tei": lambda: Target("a.xml", _written(test_tei.TestTei)),
    "agency": lambda: Target("a.xml", _written(test_agency_news.TestNitf, test_agency_news.TestNewsMlG2)),
    "tagged": lambda: Target("a.xml", _written(test_tagged.TestXml, test_tagged.TestSgml)),
    "pdf": lambda: Target("a.pdf", _written(test_pdf.TestPdf)),
    "docx": lambda: Target("a.docx", (_paragraphs("عنوان"),), _document),
    "epub": lambda: Target("a.epub", (test_office.chapter("عنوان", "نص", "بقية").encode(),), _book),
    "sqlite": lambda: Target("a.sqlite", _written(test_database.TestSqlite) + _found("a.sqlite")),
    "parquet": lambda: Target("a.parquet", _written(test_parquet.TestParquet)),
    "7z": lambda: Target("a.7z", (test_seven_zip.whole(),)),
    "archive": lambda: Target("a.zip", _archives()),
}


def write_corpus(target: Target, folder: Path) -> None:
    """Write the sound files to a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(target.seeds):
        (folder / f"seed-{number}").write_bytes(seed)
