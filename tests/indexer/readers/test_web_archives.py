"""WARC files: the contract, which records are pages, and damage."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator, Sequence
from functools import partial

import brotli
import pytest

from indexer.readers.bounds import LARGEST_DOCUMENT
from indexer.readers.contract import Blob, Remark
from indexer.readers.findings import DAMAGED, FAILED, OTHER_TYPE, WITHOUT_ARTICLE
from indexer.readers.registry import read_blob
from search.article import Article
from tests.contracts.reader import FileReaderContract, articles_of, read_bytes, skipped_of
from tests.indexer.readers.test_html_page import PAGE_LACKS, written_page
from tests.indexer.readers.test_packings import PACK


def record(content: bytes, kind: str = "response", size: int | None = None, **fields: str) -> bytes:
    named = {"WARC-Type": kind, "WARC-Target-URI": "https://x.example/1"}
    named |= {name.replace("_", "-"): value for name, value in fields.items()}
    named["Content-Length"] = str(len(content) if size is None else size)
    head = "".join(f"{name}: {value}\r\n" for name, value in named.items())
    return b"WARC/1.0\r\n" + head.encode() + b"\r\n" + content + b"\r\n\r\n"


def answer(body: bytes, status: str = "200 OK", media_type: str = "text/html; charset=utf-8", **fields: str) -> bytes:
    named = {"Content-Type": media_type} | {name.replace("_", "-"): value for name, value in fields.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in named.items())
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body


def page(title: str = "عنوان", body: str = "نص") -> bytes:
    paragraphs = "".join(f"<p>{line}</p>" for line in body.split("\n"))
    return f"<html><body><h1>{title}</h1>{paragraphs}</body></html>".encode()


class TestWarc(FileReaderContract):
    suffix = ".warc"
    lacks = PAGE_LACKS

    def written_bytes(self, articles: Sequence[Article]) -> bytes:
        info = record(b"software: x\r\n", "warcinfo")
        pages = (answer(written_page(each).encode()) for each in articles)
        return info + b"".join(
            record(content, WARC_Target_URI=each.url or "https://x.example/1")
            for content, each in zip(pages, articles, strict=True)
        )

    def test_a_record_too_large_is_skipped_without_being_held(self) -> None:
        def blocks() -> Iterator[bytes]:
            head = record(b"", size=4 * LARGEST_DOCUMENT)
            yield head.removesuffix(b"\r\n\r\n")
            for _ in range(4 * LARGEST_DOCUMENT // 50_000):
                yield bytes(50_000)
            yield b"\r\n\r\n" + record(answer(page()))

        items = list(read_blob(Blob("x.warc", blocks())))
        assert [item.reason.sentence for item in skipped_of(items)] == ["larger than 20 MB"]
        assert articles_of(items) == [("عنوان", "نص")]


def test_a_page_keeps_the_address_from_which_it_was_fetched() -> None:
    (found,) = read_bytes(record(answer(page())), "x.warc")
    assert found == Article("", title="عنوان", body="نص", source=("x.example",), url="https://x.example/1")


@pytest.mark.parametrize("packed", ["gzip", "deflate", "raw deflate", "chunked", "chunked gzip", "br", "zstd"])
def test_bodies_are_unpacked_as_browsers_do(packed: str) -> None:
    body, fields = page(), {}
    if "gzip" in packed:
        body, fields = gzip.compress(body), {"Content_Encoding": "gzip"}
    if "deflate" in packed:
        body, fields = zlib.compress(body), {"Content_Encoding": "deflate"}
        body = body[2:-4] if packed.startswith("raw") else body
    if packed == "br":
        body, fields = brotli.compress(body), {"Content_Encoding": "br"}
    if packed == "zstd":
        body, fields = PACK["zst"](body), {"Content_Encoding": "zstd"}
    if "chunked" in packed:
        cut = [body[at : at + 40] for at in range(0, len(body), 40)]
        body = b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in cut) + b"0\r\n\r\n"
        fields["Transfer_Encoding"] = "chunked"
    assert articles_of(read_bytes(record(answer(body, **fields)), "x.warc")) == [("عنوان", "نص")]


def test_the_encoding_that_the_server_names_is_believed() -> None:
    body = page("شو", "زق").decode().encode("cp1256")
    content = record(answer(body, media_type="text/html; charset=windows-1256"))
    assert articles_of(read_bytes(content, "x.warc")) == [("شو", "زق")]


def test_other_records_are_counted_by_their_type() -> None:
    content = (
        record(answer(b"x", media_type="image/png"))
        + record(answer(page(), status="404 Not Found"))
        + record(b"GET / HTTP/1.1\r\n\r\n", "request")
        + record(answer(page()), "revisit")
        + record(page(), "resource", Content_Type="text/html")
        + record("عنوان\n\nنص".encode(), "conversion", Content_Type="text/plain")
    )
    items = read_bytes(content, "x.warc")
    assert articles_of(items) == [("عنوان", "نص")] * 2
    assert [item for item in items if isinstance(item, Remark)] == [
        Remark(OTHER_TYPE, "image/png"),
        Remark(FAILED, "404: https://x.example/1"),
    ]


@pytest.mark.parametrize(
    "broken",
    [
        record(answer(page()), size=10),
        record(answer(page())).replace(b"Content-Length", b"Content-Lenght"),
        record(answer(b"xx", Content_Encoding="br")),
        record(answer(brotli.compress(page())[:-3], Content_Encoding="br")),
        record(answer(b"xx", Content_Encoding="zstd")),
        record(answer(b"xx", Content_Encoding="compress")),
        record(answer(page())).replace(b"Content-Length: ", b"Content-Length: " + b"9" * 5_000),
        record(answer(b"\x1f\x8bxx", Content_Encoding="gzip")),
        record(answer(b"xx", Content_Encoding="deflate")),
        b"WARC/1.0\r\n" + b"x" * 100_000 + b"\r\n",
    ],
)
def test_behind_a_broken_record_reading_goes_on(broken: bytes) -> None:
    items = read_bytes(broken + record(answer(page("بعده"))), "x.warc")
    assert articles_of(items)[-1] == ("بعده", "نص")


def test_a_record_that_breaks_off_is_told() -> None:
    items = read_bytes(record(answer(page())) + record(answer(page()))[:-30], "x.warc")
    assert len(articles_of(items)) == 1
    assert [item.reason for item in skipped_of(items)] == [DAMAGED.of("record of a web archive")]


def test_a_packed_body_that_unpacks_without_end_is_skipped() -> None:
    content = bytes(30_000_000)
    packings = {
        "gzip": gzip.compress,
        "deflate": zlib.compress,
        "br": partial(brotli.compress, quality=1),
        "zstd": PACK["zst"],
    }
    for name, packed in ((name, pack(content)) for name, pack in packings.items()):
        items = read_bytes(record(answer(packed, Content_Encoding=name)), "x.warc")
        assert [item.reason.sentence for item in skipped_of(items)] == ["larger than 20 MB"]


FEED = (
    "<rss><channel><title>الصباح</title><item><title>قديم</title><link>https://x.example/1</link></item>"
    "<item><title>جديد</title><link>https://x.example/2</link></item></channel></rss>"
)


@pytest.mark.parametrize("media_type", ["application/rss+xml", "text/xml; charset=utf-8", "application/xml"])
def test_items_of_a_feed_are_read_unless_their_pages_were(media_type: str) -> None:
    content = record(answer(page())) + record(answer(FEED.encode(), media_type=media_type))
    items = read_bytes(content, "x.warc")
    assert articles_of(items) == [("عنوان", "نص"), ("جديد", "")]
    assert items[-1].source == ("الصباح",) and not skipped_of(items)  # type: ignore[union-attr]


def test_other_xml_and_broken_feeds_are_told() -> None:
    other = record(answer(b"<?xml version='1.0'?><a/>", media_type="text/xml"))
    broken = record(answer(b"<rss><channel></channel></rss>", media_type="application/rss+xml"))
    items = read_bytes(other + broken + record(answer(page())), "x.warc")
    assert items[0] == Remark(OTHER_TYPE, "text/xml") and articles_of(items) == [("عنوان", "نص")]
    assert [(item.reason, item.location[-2:]) for item in skipped_of(items)] == [(WITHOUT_ARTICLE.of("feed"), "#2")]
