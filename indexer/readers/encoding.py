"""Bytes of a file in UTF-8, UTF-16 or UTF-32 → the same in UTF-8, block by block.

Called by the readers of JSON, tables, feeds, corpora and mail, most of which never hold a whole file.
`search/encodings/encoding.py` knows the encodings.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator

from indexer.readers.contract import Unreadable
from indexer.readers.findings import NO_TEXT
from search.encodings.encoding import UTF8_MARK, wide_encoding


def utf8_blocks(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """The same blocks without a byte order mark, UTF-16 and UTF-32 as UTF-8; other encodings stay as they are."""
    first = b""
    while len(first) < len(codecs.BOM_UTF32_LE) and (more := next(blocks, None)) is not None:
        first += more
    if wide := wide_encoding(first):
        yield from _from_wide(first, blocks, wide)
        return
    yield first.removeprefix(UTF8_MARK)
    yield from blocks


def _from_wide(first: bytes, blocks: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        yield decoder.decode(first).encode()
        for block in blocks:
            yield decoder.decode(block).encode()
        yield decoder.decode(b"", final=True).encode()
    except UnicodeError as error:
        raise Unreadable(NO_TEXT, f"{encoding.upper()} that breaks off") from error
