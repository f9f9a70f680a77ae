"""What cleaning may find about an article: why it is left out, or what of it is. Used by `clean.py`."""

from __future__ import annotations

from typing import Final

from indexer.findings import Finding

LONGEST_ID: Final = 1000

EMPTY_ARTICLE: Final = Finding("empty-article", "neither title nor body nor address")
LONG_ID: Final = Finding("id-too-long", f"an id of more than {LONGEST_ID:,} characters")
LOST_LETTERS: Final = Finding("letters-lost", "a text of question marks: its letters were lost before it came here")
UNREAD_DATE: Final = Finding("unreadable-date", "date that cannot be read, left out")
FAR_DATE: Final = Finding("far-date", "date more than a year ahead, left out")
NO_WORDS: Final = Finding("no-title-or-body", "article with neither title nor body")
