"""gzip → the blob inside it. Called by `packings.py` and by the reader of web archives.

Several members in a row are one file; what stands before damage is given before the damage is told.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Protocol

from indexer.readers.contract import Unreadable
from indexer.readers.findings import DAMAGED, TRUNCATED

_zlib: Any = zlib
with suppress(ImportError):  # the same, three times as fast, where there is a build of it for this processor
    from isal import isal_zlib

    _zlib = isal_zlib

MAGIC = b"\x1f\x8b"
LARGEST_PIECE = 1 << 21  # bytes unpacked at a time, however well they were packed
_WITH_HEADER = 31  # zlib's window bits for a gzip header and trailer


class _Inflater(Protocol):
    eof: bool
    unused_data: bytes
    unconsumed_tail: bytes

    def decompress(self, data: bytes, max_length: int = 0, /) -> bytes: ...


def inflate(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """The unpacked bytes, in bounded blocks. Raises Unreadable where the file breaks off or is damaged."""
    inflater, started = _inflater(), False
    for rest in blocks:
        while rest:
            if inflater.eof:
                if not rest.startswith(MAGIC[: len(rest)]):
                    return  # padding or foreign bytes behind the last member: gzip leaves them, too
                inflater = _inflater()
            started = True
            if piece := _decompress(inflater, rest):
                yield piece
            rest = inflater.unused_data if inflater.eof else inflater.unconsumed_tail
    while not inflater.eof and (pending := _decompress(inflater, b"")):
        yield pending
    if started and not inflater.eof:
        raise Unreadable(TRUNCATED.of("gzip"), "what stands before the cut was read")


def _inflater() -> _Inflater:
    inflater: Any = _zlib.decompressobj(wbits=_WITH_HEADER)
    return inflater  # type: ignore[no-any-return]


def _decompress(inflater: _Inflater, data: bytes) -> bytes:
    try:
        return inflater.decompress(data, LARGEST_PIECE)
    except (zlib.error, _zlib.error) as error:
        raise Unreadable(DAMAGED.of("gzip"), f"{error}; what stands before the damage was read") from error
