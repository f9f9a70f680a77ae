"""Formats that have no reader: known by how they begin, else by their name. Called by the registry.

Text is in many of them, but it cannot be told from what surrounds it; taken for plain text, a mail would be titled
«From: …». What a file holds counts more than what it is called.
"""

from __future__ import annotations

import re
from typing import Final

# How a file begins → what it is. What is text in itself is known only by what no article begins with.
_SIGNATURES: Final[tuple[tuple[bytes, str], ...]] = (
    (rb"7z\xbc\xaf\x27\x1c", "7z archives"),
    (rb"Rar!\x1a\x07", "RAR archives"),
    (rb"\x28\xb5\x2f\xfd", "zstd files"),
    (rb"BZh[1-9]1AY&SY", "bzip2 files"),
    (rb"\xfd7zXZ\x00", "xz files"),
    (rb".{257}ustar", "tar archives"),
    (rb"PAR1", "Parquet files"),
    (rb"SQLite format 3\x00", "SQLite files"),
    (rb"%PDF-", "PDF files"),
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Office documents"),
    (rb"\{\\rtf", "RTF documents"),
    (rb"WARC/[01]\.\d", "WARC files"),
    (rb"From \S+ +\w{3} +\w{3} +\d", "mailboxes"),
    (rb"\s*(?:<\?xml[\s?]|<(?:rss|feed|rdf:RDF)[\s>])", "XML"),
    (rb"\s*<(?:!doctype\s+html|html|head)[\s>]", "HTML pages"),
    (rb"(?:WEBVTT\b|\s*\d+\s*\n\s*\d\d:\d\d:\d\d,\d{3} --> )", "subtitles"),
)
_UTF8_MARK: Final = rb"(?:\xef\xbb\xbf)?"
_BY_CONTENT: Final = tuple(
    (re.compile(_UTF8_MARK + signature, re.DOTALL | re.IGNORECASE), what) for signature, what in _SIGNATURES
)
# Two header lines, one after another, that mail has and articles do not.
_HEADER: Final = (
    rb"(?:From|To|Cc|Subject|Date|Message-ID|MIME-Version|Received|Return-Path|Reply-To|Delivered-To|Content-Type"
    rb"|Content-Transfer-Encoding|DKIM-Signature|X-[\w-]+):[^\n]*\n(?:[ \t]+\S[^\n]*\n)*"
)
_MAIL: Final = re.compile(_UTF8_MARK + rb"(?:" + _HEADER + rb"){2}", re.IGNORECASE)
_TEXTS: Final = re.compile(
    r"\.(?:x?html?|xml|rss|atom|rdf|csv|tsv|rtf|css|js|py|sh|sql|ya?ml|toml|ini|log|srt|vtt|eml|mbox|warc)"
)
_ZIPS: Final = re.compile(r"\.(?:docx|docm|xlsx|xlsm|pptx|odt|ods|odp|epub|jar|apk)")


def foreign_by_content(head: bytes) -> str | None:
    """What a file that begins so is, where no reader reads it."""
    for signature, what in _BY_CONTENT:
        if signature.match(head):
            return f"no reader for {what}"
    return "no reader for mail" if _MAIL.match(head) else None


def foreign_by_name(suffix: str, *, is_zip: bool = False) -> str | None:
    """Why a file with this suffix, in small letters, is not taken for text, or for an archive if it is a zip."""
    return f"no reader for {suffix} files" if (_ZIPS if is_zip else _TEXTS).fullmatch(suffix) else None
