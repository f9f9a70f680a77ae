"""WARC files, as web archives keep them → an article for each page in them, and for each item of the feeds in them.

Called by the registry. Read are the pages and feeds that a server gave without an error, and the texts that were made
of pages (WET); other records are counted by their media type. An item of a feed whose page was read before adds
nothing. Behind damage reading goes on with the next record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from io import BufferedReader
from typing import Final, NamedTuple

from msgspec import structs

from indexer.readers.as_file import as_stream
from indexer.readers.bounds import BLOCK_BYTES, LARGEST_DOCUMENT
from indexer.readers.contract import Blob, Item, Remark, Skipped, Unreadable
from indexer.readers.findings import EMPTY_FILE, FAILED, OTHER_TYPE, TOO_LARGE
from indexer.readers.formats import FEED_ROOTS, root_of
from indexer.readers.html_page import page_items
from indexer.readers.plain_text import article_of
from indexer.readers.web_answers import DAMAGED_RECORD, unpacked_body
from search.article import Article
from search.encodings.encoding import decode_text, head_in_utf8

_VERSION: Final = re.compile(rb"WARC/[01]\.\d+\s*")
_LONGEST_LINE: Final = 64_000  # bytes of a line of a header
_MOST_LINES: Final = 500
_PAGES: Final = ("text/html", "application/xhtml+xml")
_HEAD: Final = 4096  # bytes by which a feed is told
_LONGEST_NUMBER: Final = 18  # digits of a length
_MOST_ADDRESSES: Final = 500_000
_CHARSET: Final = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)


class _Where(NamedTuple):
    """A record: its location, section and address; and the addresses of the pages that were read so far, as hashes."""

    location: str
    section: str | None
    address: str | None
    pages: set[int]


def read_warc(blob: Blob) -> Iterator[Item]:
    """The articles of a web archive, each record by its number."""
    with as_stream(blob.blocks) as stream:
        number = 0
        pages = set[int]()
        while _find_record(stream):
            number += 1
            location = f"{blob.location}#{number}"
            headers = _headers(stream)
            size = _length(headers)
            if size is None:
                yield Skipped(location, DAMAGED_RECORD, "its length is not told")
                continue
            content = _content(stream, size)
            if content is None:
                yield Skipped(location, TOO_LARGE)
            elif len(content) < size:
                yield Skipped(location, DAMAGED_RECORD, "the file breaks off within it")
            else:
                yield from _record(headers, content, _Where(location, blob.section, _address(headers), pages))


def _length(headers: Mapping[str, str]) -> int | None:
    told = headers.get("content-length", "")
    return int(told) if told.isascii() and told.isdecimal() and len(told) <= _LONGEST_NUMBER else None


def _find_record(stream: BufferedReader) -> bool:
    """Moves behind the next line that begins a record; False at the end."""
    while line := stream.readline(_LONGEST_LINE):
        if _VERSION.fullmatch(line):
            return True
    return False


def _headers(stream: BufferedReader) -> dict[str, str]:
    lines: list[bytes] = []
    while len(lines) < _MOST_LINES and (line := stream.readline(_LONGEST_LINE).strip()):
        lines.append(line)
    return _fields(lines)


def _fields(lines: list[bytes]) -> dict[str, str]:
    """The fields of a header, their names in small letters."""
    pairs = (line.decode("utf-8", "replace").partition(":") for line in lines)
    return {name.strip().lower(): value.strip() for name, _, value in pairs}


def _content(stream: BufferedReader, size: int) -> bytes | None:
    """The bytes of a record; None where it is too large, which is read past."""
    if size <= LARGEST_DOCUMENT:
        return stream.read(size)
    while size > 0 and (block := stream.read(min(size, BLOCK_BYTES))):
        size -= len(block)
    return None


def _record(headers: Mapping[str, str], content: bytes, where: _Where) -> Iterator[Item]:
    kind = headers.get("warc-type", "").lower()
    if kind == "conversion" and _media_type(headers) == "text/plain":
        yield from _converted(content, where)
    elif kind == "resource":
        yield from _resource(headers, content, where)
    elif kind == "response":
        status, http, body = _answer(content)
        if len(status) != 3:
            yield Skipped(where.location, DAMAGED_RECORD, "there is no answer of a server in it")
            return
        if status != "200":
            yield Remark(FAILED, f"{status}: {where.address or where.location}")
            return
        try:
            body = unpacked_body(http, body)
        except Unreadable as error:
            yield Skipped(where.location, error.reason, error.detail)
            return
        yield from _resource(http, body, where)


def _resource(headers: Mapping[str, str], body: bytes, where: _Where) -> Iterator[Item]:
    media_type = _media_type(headers)
    try:
        if media_type in _PAGES:
            yield from _page(headers, body, where)
        elif media_type.endswith("xml") and root_of(head_in_utf8(body[:_HEAD])) in FEED_ROOTS:
            yield from _feed(body, where)
        else:
            yield Remark(OTHER_TYPE, media_type or "none is told")
    except Unreadable as error:
        yield Skipped(where.location, error.reason, error.detail)


def _page(headers: Mapping[str, str], body: bytes, where: _Where) -> Iterator[Item]:
    charset = _CHARSET.search(headers.get("content-type", ""))
    declared = charset[1] if charset else ""
    for item in page_items(body, where.location, declared=declared, address=where.address, section=where.section):
        if isinstance(item, Article) and item.url and len(where.pages) < _MOST_ADDRESSES:
            where.pages.add(hash(item.url))
        yield item


def _feed(body: bytes, where: _Where) -> Iterator[Item]:
    from indexer.readers.feeds import read_feed  # few web archives have one, and feedparser takes long to import

    for item in read_feed(Blob(where.location, iter([body]), where.section)):
        if not isinstance(item, Article) or not item.url or hash(item.url) not in where.pages:
            yield item


def _converted(content: bytes, where: _Where) -> Iterator[Item]:
    text = decode_text(content)
    if not text or text.isspace():
        yield Skipped(where.location, EMPTY_FILE)
        return
    article = article_of([line.strip() for line in text.splitlines()], section=where.section)
    yield structs.replace(article, url=where.address)


def _address(headers: Mapping[str, str]) -> str | None:
    return headers.get("warc-target-uri", "").strip("<>") or None


def _media_type(headers: Mapping[str, str]) -> str:
    return headers.get("content-type", "").partition(";")[0].strip().lower()


def _answer(content: bytes) -> tuple[str, dict[str, str], bytes]:
    """Of what a server answered the status, the header and the body."""
    head, border, body = content.partition(b"\r\n\r\n")
    if not border:
        head, _, body = content.partition(b"\n\n")
    first, *lines = head.splitlines()[:_MOST_LINES] or [b""]
    parts = first.decode("ascii", "replace").split()
    return parts[1] if len(parts) > 1 and parts[0].startswith("HTTP/") else "", _fields(lines), body
