"""The ways in which one file is packed → the blocks of the file in it, a few megabytes at a time at most.

`PACKINGS` is the table by which `registry.py` knows them. Several streams in a row are one file; what stands before
damage is given before the damage is told.
"""

from __future__ import annotations

import bz2
import lzma
import re
import sys
from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple

from indexer.readers.compressed import LARGEST_PIECE, inflate
from indexer.readers.compressed import MAGIC as GZIP
from indexer.readers.contract import Unreadable
from indexer.readers.findings import DAMAGED, TRUNCATED

_BZIP2: Final = b"BZh"
_BZIP2_STREAM: Final = re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)")  # a text may begin with three letters
_XZ: Final = b"\xfd7zXZ\x00"
_ZSTD: Final = b"\x28\xb5\x2f\xfd"
_LARGEST_DICTIONARY: Final = 200_000_000  # bytes that xz may hold: xz -9 takes 65 million
_LARGEST_WINDOW: Final = 27  # of zstd, as a power of two: that of zstd --long


class Packing(NamedTuple):
    """One way to pack a file.

    begins    whether a file begins so
    suffixes  of such files, and what stands for each in the name of the file within
    unpack    packed blocks → the blocks of the file within; raises Unreadable where they are damaged or break off
    quick     whether unpacking costs little beside what is done with what is in the file
    """

    begins: Callable[[bytes], object]
    suffixes: dict[str, str]
    unpack: Callable[[Iterator[bytes]], Iterator[bytes]]
    quick: bool = False


def _unbzip2(blocks: Iterator[bytes]) -> Iterator[bytes]:
    return _unpacked(blocks, "bzip2", _BZIP2, bz2.BZ2Decompressor, OSError)


def _unxz(blocks: Iterator[bytes]) -> Iterator[bytes]:
    return _unpacked(blocks, "xz", _XZ, lambda: lzma.LZMADecompressor(memlimit=_LARGEST_DICTIONARY), lzma.LZMAError)


def _unpacked(
    blocks: Iterator[bytes], name: str, magic: bytes, decompressor: Callable[[], Any], error: type[Exception]
) -> Iterator[bytes]:
    current: Any = None
    for block in blocks:
        rest = block
        while rest or (current is not None and not current.eof and not current.needs_input):
            if current is None or current.eof:
                if current is not None and not rest.startswith(magic[: len(rest)]):
                    return  # padding or foreign bytes behind the last stream
                current = decompressor()
            if piece := _piece(current, rest, name, error):  # none before enough is there to unpack a block of bzip2
                yield piece
            rest = current.unused_data if current.eof else b""
    if current is not None and not current.eof:
        raise Unreadable(TRUNCATED.of(name), "what stands before the cut was read")


def _piece(decompressor: Any, data: bytes, name: str, error: type[Exception]) -> bytes:
    try:
        return decompressor.decompress(data, LARGEST_PIECE)  # type: ignore[no-any-return]
    except (error, EOFError, ValueError) as damage:
        raise Unreadable(DAMAGED.of(name), f"{damage}; what stands before the damage was read") from damage


def unzstd(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """The unpacked bytes. Raises Unreadable."""
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    options: dict[int, int] = {zstd.DecompressionParameter.window_log_max: _LARGEST_WINDOW}
    return _unpacked(blocks, "zstd", _ZSTD, lambda: zstd.ZstdDecompressor(options=options), zstd.ZstdError)


def _starting(magic: bytes) -> Callable[[bytes], bool]:
    return lambda head: head.startswith(magic)


PACKINGS: Final = (
    Packing(_starting(GZIP), {".gz": "", ".tgz": ".tar"}, inflate, quick=True),
    Packing(_BZIP2_STREAM.match, {".bz2": "", ".tbz2": ".tar", ".tbz": ".tar"}, _unbzip2),
    Packing(_starting(_XZ), {".xz": "", ".txz": ".tar"}, _unxz),
    Packing(_starting(_ZSTD), {".zst": "", ".zstd": "", ".tzst": ".tar"}, unzstd, quick=True),
)


def name_within(packing: Packing, name: str) -> str:
    """What the file in a packed one is called: `news.jsonl` of `news.jsonl.gz`, `news.tar` of `news.tgz`."""
    for suffix, inner in packing.suffixes.items():
        if name.lower().endswith(suffix):
            return name[: -len(suffix)] + inner
    return name
