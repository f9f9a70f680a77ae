"""Small JSON files that contain their own checksum, so that any changed byte is detected.

In: a record. Out: its JSON, whose last key `checksum` is the CRC-32 of the file with eight zeros instead of the
checksum. The manifest, its copies and the table of checksums are such files; the table of name spellings ends in a
checksum of the same kind.
"""

from __future__ import annotations

import zlib
from typing import Any, Final

import msgspec

try:  # computes the same checksums several times faster than zlib
    from isal import isal_zlib

    _crc32 = isal_zlib.crc32
except ImportError:
    _crc32 = zlib.crc32

_ZEROS: Final = b"00000000"
_KEY: Final = b'"checksum": "'


def crc32(content: bytes | memoryview, start: int = 0) -> int:
    """Return the CRC-32 of these bytes; `start` is the CRC-32 of the bytes before them."""
    return int(_crc32(content, start))


def hexadecimal(checksum: int) -> str:
    """Return a checksum as eight hexadecimal digits, as files hold it."""
    return f"{checksum:08x}"


def with_checksum(record: Any) -> bytes:
    """Return the content of the JSON file for a record (a mapping or a struct), with its checksum."""
    fields = {**msgspec.to_builtins(record), "checksum": _ZEROS.decode()}
    content = msgspec.json.format(msgspec.json.encode(fields), indent=1)
    return _with_sum(content, hexadecimal(crc32(content)).encode())


def checksum_agrees(content: bytes) -> bool | None:
    """Return whether a file is as `with_checksum` made it; None if it has no checksum."""
    at = content.rfind(_KEY)
    if at < 0:
        return None
    zeroed = _with_sum(content, _ZEROS)
    return content == _with_sum(content, hexadecimal(crc32(zeroed)).encode())


def _with_sum(content: bytes, checksum: bytes) -> bytes:
    at = content.rfind(_KEY) + len(_KEY)
    return content[:at] + checksum + content[at + len(checksum) :]
