"""The body of an answer of a web server, cut and packed as it was sent → the bytes that a browser shows.

Called by `web_archives.py`. Raises Unreadable for what is packed in a way that is not known, or to an attack.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from typing import Final

import brotli

from indexer.readers.as_file import whole
from indexer.readers.bounds import BLOCK_BYTES, LARGEST_DOCUMENT
from indexer.readers.compressed import inflate
from indexer.readers.contract import Unreadable
from indexer.readers.findings import DAMAGED, TOO_LARGE
from indexer.readers.packings import unzstd

DAMAGED_RECORD: Final = DAMAGED.of("record of a web archive")
_CHUNK_SIZE: Final = re.compile(rb"([0-9a-fA-F]{1,8})[^\n]*\n")


def unpacked_body(headers: Mapping[str, str], body: bytes) -> bytes:
    """The body as the browser sees it. headers: names in small letters. Raises Unreadable."""
    if "chunked" in headers.get("transfer-encoding", "").lower():
        body = _joined(body)
    packed = headers.get("content-encoding", "").strip().lower()
    if packed in ("", "identity"):
        return body
    if packed in ("gzip", "x-gzip"):
        return body if not body.startswith(b"\x1f\x8b") else whole(inflate(iter([body])))
    if packed == "deflate":
        return _deflated(body)
    if packed == "br":
        return _unbrotli(body)
    if packed == "zstd":
        return whole(unzstd(iter([body])))
    raise Unreadable(DAMAGED_RECORD, f"it is packed as {packed[:40]}")


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


def _unbrotli(body: bytes) -> bytes:
    unpacker = brotli.Decompressor()
    try:
        parts = [unpacker.process(body, output_buffer_limit=BLOCK_BYTES)]
        size = len(parts[0])
        while not unpacker.is_finished() and (part := unpacker.process(b"", output_buffer_limit=BLOCK_BYTES)):
            parts.append(part)
            size += len(part)
            if size > LARGEST_DOCUMENT:
                raise Unreadable(TOO_LARGE)
    except brotli.error as error:
        raise Unreadable(DAMAGED_RECORD, "it is no brotli") from error
    if not unpacker.is_finished():
        raise Unreadable(DAMAGED_RECORD, "it is brotli that breaks off")
    return b"".join(parts)


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
    raise Unreadable(DAMAGED_RECORD, "it is no deflate")
