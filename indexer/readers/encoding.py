"""Bytes → text: UTF-8, UTF-16 that says so, else Windows-1256 where that makes sense.

Called by the readers. Windows-1256 gives every byte a meaning, so it is believed only where the outcome looks
like text.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from indexer.readers.contract import Unreadable
from search.analysis import letters

NO_TEXT = "bytes that are no text"
_UTF8_MARK = codecs.BOM_UTF8
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CONTROLS = bytes(code for code in range(32) if chr(code) not in "\t\n\r\f\x1a") + b"\x7f"
_ASCII = bytes(range(128))
_ARABIC = re.compile(
    f"[{letters.HAMZA}-{letters.GHAIN}{letters.FEH}-{letters.SUKUN}{letters.ALEF_WASLA}-{letters.YEH_BARREE}]+"
)
_ARABIC_1256 = bytes(code for code in range(128, 256) if _ARABIC.match(bytes([code]).decode("cp1256")))
_BINARY_MARKS = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"SQLite format 3", b"\x7fELF", b"\xd0\xcf\x11\xe0")


def may_be_text(head: bytes) -> bool:
    """Whether what begins so may be text in any encoding."""
    return head.startswith(_UTF16_MARKS) or not (head.startswith(_BINARY_MARKS) or _has_many_controls(head))


def decode_text(raw: bytes) -> str | None:
    """The text of these bytes; None where they are no text. A byte order mark is not part of it."""
    if not may_be_text(raw):
        return None
    if raw.startswith(_UTF16_MARKS):
        return _strictly(raw, "utf-16")
    text = _strictly(raw.removeprefix(_UTF8_MARK), "utf-8")
    return _windows_1256(raw) if text is None else text


def utf8_blocks(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """The same blocks without a byte order mark, UTF-16 turned into UTF-8; other encodings stay as they are."""
    first = next(blocks, b"")
    while 0 < len(first) < len(_UTF8_MARK) and (more := next(blocks, b"")):
        first += more
    if first.startswith(_UTF16_MARKS):
        yield from _from_utf16(first, blocks)
        return
    yield first.removeprefix(_UTF8_MARK)
    yield from blocks


def arabic_letters(text: str) -> int:
    """How many Arabic letters and marks are in the text."""
    return len(text) - len(_ARABIC.sub("", text))


def _strictly(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None


def _has_many_controls(raw: bytes) -> bool:
    """More than one in fifty; a single null byte in an article is a slip, not a sign of another format."""
    controls = len(raw) - len(raw.translate(None, _CONTROLS))
    return controls > max(1, len(raw) // 50)


def _windows_1256(raw: bytes) -> str | None:
    """Arabic letters and marks must be half of what is not ASCII, unless nearly all is ASCII (French, say)."""
    beyond = raw.translate(None, _ASCII)
    strange = beyond.translate(None, _ARABIC_1256)
    sensible = 2 * len(strange) <= len(beyond) or 5 * len(beyond) <= len(raw)
    return raw.decode("cp1256") if sensible else None


def _from_utf16(first: bytes, blocks: Iterator[bytes]) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder("utf-16")()
    try:
        yield decoder.decode(first).encode()
        for block in blocks:
            yield decoder.decode(block).encode()
        yield decoder.decode(b"", final=True).encode()
    except UnicodeError as error:
        raise Unreadable(NO_TEXT, "UTF-16 that breaks off") from error
