"""Small JSON files that carry their own checksum, so that a changed byte is told wherever it stands.

In: a record. Out: its JSON, whose last key `checksum` is the CRC-32 of the file with eight zeros in that place.
The manifest, its copies and the table of checksums are such files; names of an index carry a checksum of the same kind.
"""

from __future__ import annotations

import zlib
from typing import Any, Final

import msgspec

try:  # several times faster than zlib, and the same sums
    from isal import isal_zlib

    _crc32 = isal_zlib.crc32
except ImportError:
    _crc32 = zlib.crc32

_ZEROS: Final = b"00000000"
_KEY: Final = b'"checksum": "'


def crc32(content: bytes | memoryview, start: int = 0) -> int:
    """The CRC-32 of these bytes, going on from that of the bytes before."""
    return int(_crc32(content, start))


def hexadecimal(checksum: int) -> str:
    """A checksum as files hold it."""
    return f"{checksum:08x}"


def with_checksum(record: Any) -> bytes:
    """The record (a mapping or a struct) as a JSON file with its checksum."""
    fields = {**msgspec.to_builtins(record), "checksum": _ZEROS.decode()}
    content = msgspec.json.format(msgspec.json.encode(fields), indent=1)
    return _with_sum(content, hexadecimal(crc32(content)).encode())


def checksum_agrees(content: bytes) -> bool | None:
    """Whether the file is as `with_checksum` wrote it; None where it carries no checksum."""
    at = content.rfind(_KEY)
    if at < 0:
        return None
    zeroed = _with_sum(content, _ZEROS)
    return content == _with_sum(content, hexadecimal(crc32(zeroed)).encode())


def _with_sum(content: bytes, checksum: bytes) -> bytes:
    at = content.rfind(_KEY) + len(_KEY)
    return content[:at] + checksum + content[at + len(checksum) :]
