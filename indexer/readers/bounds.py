"""How much readers read, unpack and follow of one file. The table in `docs/formats.md` lists these bounds.

Used by the readers and by the sentences that name a bound.
"""

from __future__ import annotations

from typing import Final

BLOCK_BYTES: Final = 1 << 16  # that are read or unpacked at a time: blocks that fit the processor's cache are fastest
LARGEST_DOCUMENT: Final = 20_000_000  # bytes of one article in a file, its markup included
LARGEST_TEXT: Final = 5_000_000  # characters of title and body: a shelf of novels; what is larger is no article
LARGEST_SPOOL: Final = 2_000_000_000  # bytes that are unpacked to a temporary file: a zip or a PDF inside another file
DEEPEST: Final = 6  # levels of files within files; an archive that nests deeper is taken for an attack
MOST_UNPACKED: Final = 500  # times its size: news compresses eight times at most, the same page again a few hundred
UNPACKED_ANYWAY: Final = 1_000_000_000  # bytes that any file may unpack to
MOST_TAGS: Final = 1_000_000  # in a page, or in a file in XML whose tree is held: half a kilobyte of memory each
MOST_PAGES: Final = 10_000  # of a PDF
