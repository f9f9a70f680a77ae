"""Bytes → text: UTF-8, perhaps with some damage, UTF-16, UTF-32, else an Arabic code page where one makes sense.

Called by the readers of articles and of lists of queries. A code page gives every byte a meaning, so it is believed
only where the outcome looks like text.
"""

from __future__ import annotations

import codecs
import re

from search.analysis import letters
from search.encodings.code_pages import USUAL, code_page, decoded, mixes_scripts
from search.encodings.windows_signs import with_windows_signs

UTF8_MARK = codecs.BOM_UTF8
_MARKS = (  # UTF-32's begin as UTF-16's do
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HIGH_BYTES = re.compile(rb"[\x00\x06\x20\xfb\xfe]")  # of UTF-16: ASCII, Arabic, punctuation, Arabic forms
_HIGH_BYTE_OF_ARABIC = b"\x06"
_SAMPLE = 4000
_SHORTEST_WIDE = 16  # bytes
_CONTROLS = bytes(code for code in range(32) if chr(code) not in "\t\n\r\f\x1a") + b"\x7f"
_ASCII = bytes(range(128)) + b"\xa0"  # and the space of Windows-1256 that keeps words together
_ARABIC = re.compile(
    f"[{letters.HAMZA}-{letters.GHAIN}{letters.FEH}-{letters.SUKUN}{letters.ALEF_WASLA}-{letters.YEH_BARREE}]+"
)
_ARABIC_1256 = bytes(code for code in range(128, 256) if _ARABIC.match(bytes([code]).decode("cp1256")))
_MOST_DAMAGE = 5  # letters beyond ASCII to each place where some are lost
_BINARY_MARKS = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"SQLite format 3", b"\x7fELF", b"\xd0\xcf\x11\xe0")


def may_be_text(head: bytes) -> bool:
    """Whether what begins so may be text in any encoding."""
    return bool(wide_encoding(head)) or not (head.startswith(_BINARY_MARKS) or _has_many_controls(head))


def decode_text(raw: bytes) -> str | None:
    """The text of these bytes; None where they are no text. A byte order mark is not part of it."""
    if not may_be_text(raw):
        return None
    if wide := wide_encoding(raw):
        return _strictly(raw, wide)
    text = _strictly(raw.removeprefix(UTF8_MARK), "utf-8")
    text = (_damaged_utf8(raw) or _in_a_code_page(raw.removeprefix(UTF8_MARK))) if text is None else text
    return None if text is None else with_windows_signs(text)


def wide_encoding(head: bytes) -> str | None:
    """UTF-32 or UTF-16, if it says so; else UTF-32 of any letters in use, and UTF-16 of Arabic.

    Of UTF-32 two bytes of four are nothing; of UTF-16 every other byte tells the block of a letter.
    """
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    fours = head[: min(_SAMPLE, len(head) // 4 * 4)]
    for first, second, encoding in ((0, 1, "utf-32-be"), (3, 2, "utf-32-le")):
        if len(fours) >= _SHORTEST_WIDE and not any(fours[first::4]) and not any(fours[second::4]) and any(fours):
            return encoding
    for first, encoding in ((0, "utf-16-be"), (1, "utf-16-le")):
        high = head[first:_SAMPLE:2]
        if 4 * high.count(_HIGH_BYTE_OF_ARABIC) > len(high) and not _HIGH_BYTES.sub(b"", high):
            return encoding
    return None


def head_in_utf8(head: bytes) -> bytes:
    """The same beginning of a file, UTF-16 and UTF-32 as UTF-8: what a format begins with is ASCII."""
    wide = wide_encoding(head)
    return head.decode(wide, "ignore").encode() if wide else head


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


def _damaged_utf8(raw: bytes) -> str | None:
    """The text of UTF-8 with some bytes lost or strange; None where it is rather something else."""
    text = raw.removeprefix(UTF8_MARK).decode("utf-8", "replace")
    lost = text.count("\ufffd")
    sound = len(text) - len(text.encode("ascii", "ignore")) - lost
    return text if sound > _MOST_DAMAGE * lost else None


def _in_a_code_page(raw: bytes) -> str | None:
    """Arabic letters and marks must be half of what is not ASCII, unless nearly all is ASCII (French, say).

    Turkish, Spanish or German put letters there that Windows-1256 has no room for, so that words mix the scripts.
    """
    name = code_page(raw)
    if name == USUAL:
        beyond = raw.translate(None, _ASCII)
        strange = beyond.translate(None, _ARABIC_1256)
        if 5 * len(beyond) <= len(raw):
            name = None if mixes_scripts(decoded(raw[:_SAMPLE], USUAL)) else USUAL
        elif 2 * len(strange) > len(beyond):
            name = None
    return None if name is None else decoded(raw, name)
