"""Pieces of one file → their text, where each piece stands for itself: a row of a table, an article of a feed.

Called by the readers that go through large files piece by piece. UTF-8 is seen in each piece by itself, so one row in
another encoding costs nothing; which code page the others are in is decided once there is enough to decide by.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

from search.encodings.code_pages import code_page, decoded, looks_right
from search.encodings.encoding import decode_text, may_be_text
from search.encodings.windows_signs import with_windows_signs

_ENOUGH: Final = 200  # bytes beyond ASCII by which a code page is decided for the rest of the file
_ASCII: Final = bytes(range(128))
_CLAIMED_BY_ALL: Final = ("utf-8", "utf-8-sig", "ascii", "iso8859-1", "cp1252", "utf-7")
_DECLARED: Final = re.compile(rb"""encoding\s*=\s*["']([\w.:-]+)""")
_DECLARED_WITHIN: Final = 1000  # bytes


def declared_in(head: bytes) -> str:
    """The encoding that a file in XML which begins so declares; "" where it declares none."""
    found = _DECLARED.search(head, 0, _DECLARED_WITHIN)
    return found[1].decode("ascii", "replace") if found else ""


class Decoder:
    """Decodes the pieces of one file. `declared`: the encoding that the file claims, believed where it can be."""

    def __init__(self, declared: str = "") -> None:
        self._page = _known(declared)
        self._doubted = self._page is not None  # a declaration is believed until there is enough to tell
        self._seen = b""  # pieces in a code page, until there are enough to tell which

    def text(self, raw: bytes) -> str | None:
        """The text of a piece; None where it is no text."""
        try:
            text: str | None = raw.decode()
        except UnicodeDecodeError:
            text = self._in_its_encoding(raw) if may_be_text(raw) else None
        return None if text is None else with_windows_signs(text)

    def _in_its_encoding(self, raw: bytes) -> str | None:
        """The text of a piece that is no UTF-8."""
        if self._doubted and len(raw.translate(None, _ASCII)) >= _ENOUGH:
            self._doubted = False
            if looks_right(decoded(raw, self._page or "")) is False and looks_right(decode_text(raw) or ""):
                self._page = None
        if self._page is None:
            text = decode_text(raw)
            if text is None or "\ufffd" in text:
                return text
            self._seen += raw + b"\n"
            if len(self._seen.translate(None, _ASCII)) < _ENOUGH:
                return text
            self._page, self._seen = code_page(self._seen), b""
        return decoded(raw, self._page) if self._page else decode_text(raw)


def _known(name: str) -> str | None:
    """Python's name of a code page that a file claims; None for what every file claims, be it so or not."""
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    return found if len(_ASCII.decode(found, "ignore")) == len(_ASCII) and found not in _CLAIMED_BY_ALL else None
