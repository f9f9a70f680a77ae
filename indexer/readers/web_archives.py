"""WARC files, as web archives keep them → an article for each page in them.

Called by the registry. Read are the pages that a server gave without an error, and the texts that were made of pages
(WET); other records are counted by their media type. Behind damage reading goes on with the next record.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from io import BufferedReader
from typing import Final

from msgspec import structs

from indexer.readers.as_file import as_stream, whole
from indexer.readers.bounds import BLOCK_BYTES, LARGEST_DOCUMENT
from indexer.readers.compressed import inflate
from indexer.readers.contract import Blob, Item, Remark, Skipped, Unreadable
from indexer.readers.findings import DAMAGED, EMPTY_FILE, FAILED, OTHER_TYPE, TOO_LARGE
from indexer.readers.html_page import page_items
from indexer.readers.plain_text import article_of
from search.encodings.encoding import decode_text

_DAMAGED: Final = DAMAGED.of("record of a web archive")
_VERSION: Final = re.compile(rb"WARC/[01]\.\d+\s*")
_LONGEST_LINE: Final = 64_000  # bytes of a line of a header
_MOST_LINES: Final = 500
_PAGES: Final = ("text/html", "application/xhtml+xml")
_CHARSET: Final = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_CHUNK_SIZE: Final = re.compile(rb"([0-9a-fA-F]{1,8})[^\n]*\n")


def read_warc(blob: Blob) -> Iterator[Item]:
    """The articles of a web archive, each record by its number."""
    with as_stream(blob.blocks) as stream:
        number = 0
        while _find_record(stream):
            number += 1
            location = f"{blob.location}#{number}"
            headers = _headers(stream)
            size = headers.get("content-length", "")
            if not size.isascii() or not size.isdecimal():
                yield Skipped(location, _DAMAGED, "its length is not told")
                continue
            content = _content(stream, int(size[:18]))
            if content is None:
                yield Skipped(location, TOO_LARGE)
            elif len(content) < int(size):
                yield Skipped(location, _DAMAGED, "the file breaks off within it")
            else:
                yield from _record(headers, content, location, blob.section)


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


def _record(headers: Mapping[str, str], content: bytes, location: str, section: str | None) -> Iterator[Item]:
    kind = headers.get("warc-type", "").lower()
    address = headers.get("warc-target-uri", "").strip("<>") or None
    if kind == "conversion" and _media_type(headers) == "text/plain":
        yield from _converted(content, address, location, section)
    elif kind == "resource":
        yield from _resource(headers, content, address, location, section)
    elif kind == "response":
        status, http, body = _answer(content)
        if len(status) != 3:
            yield Skipped(location, _DAMAGED, "there is no answer of a server in it")
            return
        if status != "200":
            yield Remark(FAILED, f"{status}: {address or location}")
            return
        try:
            body = _decoded(http, body)
        except Unreadable as error:
            yield Skipped(location, error.reason, error.detail)
            return
        yield from _resource(http, body, address, location, section)


def _resource(
    headers: Mapping[str, str], body: bytes, address: str | None, location: str, section: str | None
) -> Iterator[Item]:
    media_type = _media_type(headers)
    if media_type not in _PAGES:
        yield Remark(OTHER_TYPE, media_type or "none is told")
        return
    charset = _CHARSET.search(headers.get("content-type", ""))
    try:
        yield from page_items(body, location, declared=charset[1] if charset else "", address=address, section=section)
    except Unreadable as error:
        yield Skipped(location, error.reason, error.detail)


def _converted(content: bytes, address: str | None, location: str, section: str | None) -> Iterator[Item]:
    text = decode_text(content)
    if not text or text.isspace():
        yield Skipped(location, EMPTY_FILE)
        return
    yield structs.replace(article_of([line.strip() for line in text.splitlines()], section=section), url=address)


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


def _decoded(headers: Mapping[str, str], body: bytes) -> bytes:
    """The body as the browser sees it. Raises Unreadable where it is packed in a way that is not known."""
    if "chunked" in headers.get("transfer-encoding", "").lower():
        body = _joined(body)
    packed = headers.get("content-encoding", "").strip().lower()
    if packed in ("", "identity"):
        return body
    if packed in ("gzip", "x-gzip"):
        return body if not body.startswith(b"\x1f\x8b") else whole(inflate(iter([body])))
    if packed == "deflate":
        return _deflated(body)
    raise Unreadable(_DAMAGED, f"it is packed as {packed[:40]}")


def _joined(body: bytes) -> bytes:
    """The chunks of a body one after another; the body itself where it is not cut into chunks."""
    parts, at = [], 0
    while size := _CHUNK_SIZE.match(body, at):
        length = int(size[1], 16)
        if not length:
            break
        parts.append(body[size.end() : size.end() + length])
        at = size.end() + length + 2
    return b"".join(parts) if parts else body


def _deflated(body: bytes) -> bytes:
    for bits in (zlib.MAX_WBITS, -zlib.MAX_WBITS):  # servers send both
        try:
            unpacker = zlib.decompressobj(bits)
            unpacked = unpacker.decompress(body, LARGEST_DOCUMENT)
        except zlib.error:
            continue
        if unpacker.unconsumed_tail:
            raise Unreadable(TOO_LARGE)
        return unpacked
    raise Unreadable(_DAMAGED, "it is no deflate")
