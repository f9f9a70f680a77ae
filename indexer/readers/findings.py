"""What readers may find about a file, or about a part of it: why it gave no article, or what was left out of one.

Used by the readers, by the walk through folders, and by who must tell one finding from another. A sentence with {} is
filled in with what it is about.
"""

from __future__ import annotations

from typing import Final

from indexer.findings import GONE, NO_FILE, Finding
from indexer.readers.bounds import (
    DEEPEST,
    LARGEST_DOCUMENT,
    LARGEST_SPOOL,
    LARGEST_TEXT,
    MOST_PAGES,
    MOST_TAGS,
    MOST_UNPACKED,
)

# Folders, and files as a whole.
CANNOT_BE_READ: Final = Finding("cannot-be-read", "cannot be read")
LEAVES: Final = Finding("link-outside", "a link that leaves the archive")
NOWHERE: Final = Finding("link-to-nothing", "a link to nothing")
CIRCLE: Final = Finding("links-in-a-circle", "links in a circle")
BACKUP: Final = Finding("backup-copy", "an editor's backup copy")
OF_THE_DISK: Final = Finding("disk-folder", "folder of the file system left out")
EMPTY_FILE: Final = Finding("empty-file", "an empty file")
NO_TEXT: Final = Finding("no-text", "bytes that are no text")
TOO_LARGE: Final = Finding("too-large", f"larger than {LARGEST_DOCUMENT // 1_000_000} MB")
TOO_LONG: Final = Finding("text-too-long", f"a title and body of more than {LARGEST_TEXT:,} characters")
NAMED_OTHERWISE: Final = Finding("named-otherwise", "named {}, but it is something else")
NO_READER: Final = Finding("no-reader", "no reader for {}")
NOT_INSTALLED: Final = Finding("reader-not-installed", "a format whose reader is not installed")
DAMAGED: Final = Finding("damaged", "damaged {}")
TRUNCATED: Final = Finding("truncated", "truncated {}")
READER_FAILED: Final = Finding("reader-failed", "a file at which its reader failed: please report it")
ENCRYPTED: Final = Finding("encrypted", "encrypted")
WITHOUT_TEXT: Final = Finding("without-text", "a {} without text")
WITHOUT_ARTICLE: Final = Finding("without-article", "a {} without an article")

# What is packed, and files within files.
TOO_DEEP: Final = Finding("too-deep", f"more than {DEEPEST} files within one another")
BOMB: Final = Finding(
    "unpacks-to-too-much", f"unpacks to more than {MOST_UNPACKED} times its size: taken for an attack"
)
LARGE_WITHIN: Final = Finding(
    "too-large-within", f"{{}} within another file larger than {LARGEST_SPOOL // 1_000_000} MB"
)
NO_ROOM: Final = Finding("no-room", "{} for which there is no room")
LINK_WITHIN: Final = Finding("link-within", "a link within a {}")
HOLES: Final = Finding("file-with-holes", "a file with holes within a tar")

# JSON, tables and databases.
BROKEN_JSON: Final = Finding("broken-json", "broken JSON")
NO_OBJECT: Final = Finding("no-object", "JSON that is no object")
NO_FIELD: Final = Finding("no-known-field", "an object with no field of an article")
NO_STRING: Final = Finding("field-no-text", "a title or body that is no text")
UNKNOWN_FIELD: Final = Finding("unknown-field", "unknown field left out")
STRANGE_VALUE: Final = Finding("value-left-out", "value left out")
NO_NAMES: Final = Finding("no-known-column", "a table whose first row names no field of an article")
NO_COLUMN: Final = Finding(
    "no-title-or-body-column", "a Parquet file without a column that is named as a title or body is"
)
NO_TABLE: Final = Finding(
    "no-known-table", "an SQLite file without a table whose columns are named as the fields of an article are"
)
OTHER_TABLE: Final = Finding("table-left-out", "table left out")
LONG_ROW: Final = Finding("row-too-long", "a row with more cells than the first")
SHORT_ROW: Final = Finding("row-too-short", "a row with half of the cells of the first or fewer")
SHORTER_ROW: Final = Finding("row-shorter", "row with fewer cells than the first: the rest is taken for empty")
BROKEN_ROW: Final = Finding("broken-row", "a broken row")
LARGE_GROUPS: Final = Finding("row-groups-too-large", "a Parquet file whose groups of rows are too large")

# Markup, mail and documents.
NO_RECORD: Final = Finding("no-known-element", "XML without elements that are named as the fields of an article are")
MANY_TAGS: Final = Finding("too-many-tags", f"more than {MOST_TAGS:,} tags")
BREAKS_OFF: Final = Finding("article-breaks-off", "the file breaks off within an article")
BROKEN_ITEM: Final = Finding("broken-feed-item", "a broken item of a feed")
MASTHEAD: Final = Finding("masthead-left-out", "masthead of an issue left out")
OTHER_TYPE: Final = Finding("other-media-type", "record of another media type left out")
FAILED: Final = Finding("failed-request", "record of a page that the server did not give left out")
ATTACHMENT: Final = Finding("attachment-left-out", "attachment of a message left out")
BROKEN_MESSAGE: Final = Finding("broken-message", "a broken message")
NO_CHAPTER: Final = Finding("chapter-missing", "a chapter that is not in the e-book")
BROKEN_PAGE: Final = Finding("broken-page", "a broken page of a PDF")
MORE_PAGES: Final = Finding("too-many-pages", f"the pages of a PDF behind the first {MOST_PAGES:,}")

# What is said of a file within another that holds no article, as an empty row of a table does not.
HOLDS_NONE: Final = frozenset(
    finding.kind for finding in (EMPTY_FILE, BACKUP, NO_READER, LINK_WITHIN, NO_FILE, OTHER_TYPE, FAILED)
)
UNSEEN: Final = (CANNOT_BE_READ, LEAVES, NOWHERE, CIRCLE, GONE)  # what hides what may be a whole folder
