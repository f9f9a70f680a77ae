"""Which reader reads what: by the file's name, and by how it begins. The readers' one door.

A new format is one file with one `Reader` and one row here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from pathlib import PurePosixPath
from typing import Final

from indexer.readers import compressed, zipped
from indexer.readers.contract import DEEPEST, Blob, Item, Reader, Skipped, Unreadable
from indexer.readers.encoding import NO_TEXT
from indexer.readers.folders import UNREADABLE
from indexer.readers.foreign import foreign_by_content, foreign_by_name
from indexer.readers.json_document import read_json_document
from indexer.readers.json_lines import read_json_lines
from indexer.readers.plain_text import read_plain_text
from search.encodings.encoding import may_be_text

_JSON_HEAD: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\[\s*)?\{\s*[\"}]")
# JSON over several lines, whatever the file is called.
_NO_LINES_HEAD: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\[|\{\s*\n)")
_BY_SUFFIX: Final[dict[str, Reader]] = {
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
    ".json": read_json_document,
    ".txt": read_plain_text,
    ".text": read_plain_text,
}


def read_blob(blob: Blob) -> Iterator[Item]:
    """The articles in these bytes, whatever their format; what cannot be read gives a Skipped, never an error."""
    try:
        first = next(blob.blocks, b"")
        yield from _read(replace(blob, blocks=chain([first], blob.blocks)), first)
    except Unreadable as error:
        yield Skipped(blob.location, error.reason, error.detail)
    except OSError as error:
        yield Skipped(blob.location, UNREADABLE, error.strerror or str(error))


def _read(blob: Blob, head: bytes) -> Iterator[Item]:
    if blob.depth > DEEPEST:
        raise Unreadable(f"more than {DEEPEST} files within one another")
    if head.startswith(compressed.MAGIC):
        return read_blob(_inner(blob))
    suffix = PurePosixPath(blob.name or blob.location).suffix.lower()
    if head.startswith((zipped.MAGIC, zipped.EMPTY_MAGIC)):
        if reason := foreign_by_name(suffix, is_zip=True):
            raise Unreadable(reason)
        return zipped.read_zip(blob, read_blob)
    if not head:
        raise Unreadable("an empty file")
    if reason := foreign_by_name(suffix) or foreign_by_content(head):
        raise Unreadable(reason)
    if suffix in (".gz", ".zip"):
        raise Unreadable(f"named {suffix}, but it is something else")
    if not may_be_text(head):
        raise Unreadable(NO_TEXT)
    return _reader(suffix, head)(blob)


def _reader(suffix: str, head: bytes) -> Reader:
    reader = _BY_SUFFIX.get(suffix)
    if reader is read_json_lines and _NO_LINES_HEAD.match(head):
        return read_json_document
    if reader is None:
        return read_json_document if _JSON_HEAD.match(head) else read_plain_text
    return reader


def _inner(blob: Blob) -> Blob:
    """What is in a gzip file; its format is told by the name without the `.gz`."""
    name = blob.name or blob.location
    inner = name[:-3] if name.lower().endswith(".gz") else name
    return Blob(blob.location, compressed.inflate(blob.blocks), blob.section, depth=blob.depth + 1, name=inner)
