"""Formats that have no reader: known by how they begin, else by their name, each with what can be done about it.

Called by the registry. Text is in many of them, but it cannot be told from what surrounds it. What a file holds counts
more than what it is called.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from indexer.readers.contract import Unreadable
from indexer.readers.findings import NO_READER


class _Kind(NamedTuple):
    """Files of one kind, how they begin, and what their owner can do."""

    begins: bytes
    name: str
    remedy: str


_KINDS: Final = (
    _Kind(rb"Rar!\x1a\x07", "RAR archives", "unpack it and index the folder"),
    _Kind(rb"\x04\x22\x4d\x18|\x1f\x9d|LZIP", "files packed by lz4, compress or lzip", "unpack it"),
    _Kind(rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Office documents", "save it as .docx, .csv or .txt"),
    _Kind(rb"\{\\rtf", "RTF documents", "save it as .docx or .txt"),
    _Kind(rb"(?:WEBVTT\b|\s*\d+\s*\n\s*\d\d:\d\d:\d\d,\d{3} --> )", "subtitles", "save its text as .txt"),
)
_UTF8_MARK: Final = rb"(?:\xef\xbb\xbf)?"
_BY_CONTENT: Final = tuple((re.compile(_UTF8_MARK + kind.begins, re.DOTALL | re.IGNORECASE), kind) for kind in _KINDS)
_TEXTS: Final = re.compile(r"\.(?:rtf|css|js|py|sh|sql|ya?ml|toml|ini|log|srt|vtt)")
_ZIPS: Final = (".jar", ".apk", ".war", ".xpi", ".crx")
_REMEDIES: Final = {
    ".sql": "load it into SQLite, or save the table as .csv",
    ".srt": "save its text as .txt",
    ".vtt": "save its text as .txt",
    ".rtf": "save it as .docx or .txt",
}


def refuse_by_content(head: bytes) -> None:
    """Raises Unreadable where a file that begins so is of a kind that no reader reads."""
    for begins, kind in _BY_CONTENT:
        if begins.match(head):
            raise Unreadable(NO_READER.of(kind.name), kind.remedy)


def refuse_by_name(suffix: str) -> None:
    """Raises Unreadable where a file with this suffix, in small letters, is no text."""
    if _TEXTS.fullmatch(suffix):
        raise Unreadable(NO_READER.of(f"{suffix} files"), _REMEDIES.get(suffix, ""))


def refuse_zip(suffix: str) -> None:
    """Raises Unreadable where a zip with this suffix, in small letters, is no archive of texts."""
    if suffix in _ZIPS:
        raise Unreadable(NO_READER.of(f"{suffix} files"))
