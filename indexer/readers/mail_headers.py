"""A header of a message as it stands in the file → its text.

Called by `mail.py`. The library's own parsers take most of the time of a mailbox, and put � for each letter in an
encoding that they do not know. Words in the same encoding are decoded together (RFC 2047 forbids to cut letters
in two, and programs do), in the encoding that they name where that makes words.
"""

from __future__ import annotations

import binascii
import re
from email.policy import Compat32
from email.utils import parseaddr
from typing import Any, Final

from indexer.readers.piecewise import Decoder
from search.encodings.encoding import decode_text

_LONGEST_HEADER: Final = 1_000  # characters that are looked at
_LONGEST_SUBJECT: Final = 8_000  # likewise
_ENCODED: Final = r"=\?[^?\s]{1,60}\?[bBqQ]\?[^?]*\?="
_RUN: Final = re.compile(rf"{_ENCODED}(?:\s*{_ENCODED})*")
_WORD: Final = re.compile(r"=\?([^?*\s]+)[^?\s]*\?([bBqQ])\?([^?]*)\?=")


class Headers(Compat32):
    """How the library keeps headers: as they stand in the file, on one line; of a long one its beginning."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        longest = _LONGEST_SUBJECT if name.lower() == "subject" else _LONGEST_HEADER
        return name, " ".join(value[:longest].splitlines())

    def header_fetch_parse(self, name: str, value: str) -> Any:
        return value


def header_text(written: str) -> str:
    """The text of a header on one line."""
    raw = written.encode("utf-8", "surrogateescape")
    text = written if raw.isascii() else decode_text(raw) or ""
    return " ".join(_RUN.sub(_decoded, text).split())


def sender(written: str) -> str:
    """The name of the sender, else the address; all of it where there is no address, which standards want."""
    if "@" not in written and "<" not in written:
        return header_text(written).strip('" ')
    name, address = parseaddr(written)
    return header_text(name or address)


def _decoded(run: re.Match[str]) -> str:
    """The text of encoded words in a row; white space between them is none of it."""
    pieces: list[tuple[str, bytes]] = []
    for charset, coding, written in _WORD.findall(run[0]):
        raw = _bytes(coding.lower(), written)
        if pieces and pieces[-1][0] == charset.lower():
            raw = pieces.pop()[1] + raw
        pieces.append((charset.lower(), raw))
    return "".join(Decoder(charset).text(raw) or "" for charset, raw in pieces)


def _bytes(coding: str, written: str) -> bytes:
    try:
        if coding == "q":
            return binascii.a2b_qp(written.encode("ascii", "replace"), header=True)
        return binascii.a2b_base64(written.encode("ascii", "replace") + b"==")
    except binascii.Error:
        return b""
