"""Which reader reads what: by how a file begins, and by its name. The readers' one door.

A new format is one file with one `Reader` and one row in `formats.py`. The three formats of most archives, JSON, JSONL
and plain text, are chosen here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath
from typing import Final

from indexer.readers import tarred, zipped
from indexer.readers.as_file import begin
from indexer.readers.bounds import DEEPEST
from indexer.readers.contract import Blob, Item, Reader, Remark, Skipped, Unreadable
from indexer.readers.findings import (
    CANNOT_BE_READ,
    EMPTY_FILE,
    NAMED_OTHERWISE,
    NO_TEXT,
    READER_FAILED,
    TOO_DEEP,
    WITHOUT_ARTICLE,
)
from indexer.readers.foreign import refuse_by_content, refuse_by_name, refuse_zip
from indexer.readers.formats import format_by_content, format_by_name, named_where_missing, read_as
from indexer.readers.json_document import read_json_document
from indexer.readers.json_lines import read_json_lines
from indexer.readers.packings import PACKINGS, name_within
from indexer.readers.plain_text import read_plain_text
from indexer.readers.unpacking import nested, with_allowance
from search.encodings.encoding import head_in_utf8, may_be_text

_LONGEST_DETAIL: Final = 300
HEAD: Final = 4096  # bytes that tell a format, if there are so many
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
_SEVEN_ZIP: Final = b"7z\xbc\xaf\x27\x1c"
_ARCHIVES: Final = {".zip", ".tar", ".7z", *(suffix for packing in PACKINGS for suffix in packing.suffixes)}


def read_blob(blob: Blob) -> Iterator[Item]:
    """The articles in these bytes, whatever their format.

    What cannot be read gives a Skipped, never an error; a file in which nothing is found at all gives a Remark.
    """
    is_without_items = True
    try:
        head, blocks = begin(blob.blocks, 1 if blob.path else HEAD)  # of a file on disk the first block is long
        for item in _read(replace(blob, blocks=blocks), head):
            is_without_items = False
            yield item
        if is_without_items and not (blob.division and blob.division.units):
            yield Remark(WITHOUT_ARTICLE.of("file"), blob.location)
    except Unreadable as error:
        yield Skipped(blob.location, error.reason, error.detail)
    except OSError as error:
        yield Skipped(blob.location, CANNOT_BE_READ, error.strerror or str(error))
    except Exception as error:  # a fault of a reader, or of its library: it must not cost the files behind this one
        yield Skipped(blob.location, READER_FAILED, f"{type(error).__name__}: {error}"[:_LONGEST_DETAIL])


def _read(blob: Blob, head: bytes) -> Iterator[Item]:
    if blob.depth > DEEPEST:
        raise Unreadable(TOO_DEEP)
    if not head:
        raise Unreadable(EMPTY_FILE)
    blob = with_allowance(blob)
    for packing in PACKINGS:
        if packing.begins(head):
            name = name_within(packing, blob.name or blob.location)
            return read_blob(nested(blob, packing.unpack(blob.blocks), name=name))
    suffix = PurePosixPath(blob.name or blob.location).suffix.lower()
    if head.startswith((zipped.MAGIC, zipped.EMPTY_MAGIC)):
        refuse_zip(suffix)
        return zipped.read_zip(blob, read_blob)
    if blob.division and not blob.division.is_wanted and not reads_lines(blob.name or blob.location, head):
        return iter(())  # all of a file whose reader does not divide it is its first part
    if head.startswith(tarred.MAGIC, tarred.MAGIC_AT):
        return tarred.read_tar(blob, read_blob)
    if head.startswith(_SEVEN_ZIP):
        return _read_7z(blob)
    return _read_document(blob, head, suffix)


def _read_7z(blob: Blob) -> Iterator[Item]:
    with named_where_missing():
        from indexer.readers.seven_zip import read_7z
    yield from read_7z(blob, read_blob)


def _read_document(blob: Blob, head: bytes, suffix: str) -> Iterator[Item]:
    """What is no archive of files."""
    return _reader_of(head, suffix)(blob)


def reads_lines(name: str, head: bytes) -> bool:
    """Whether a file of this name that begins so has articles line by line, none of which needs those before it."""
    try:
        return _reader_of(head, PurePosixPath(name).suffix.lower()) is read_json_lines
    except Unreadable:
        return False


def _reader_of(head: bytes, suffix: str) -> Reader:
    """The reader of what is no archive of files. Raises Unreadable where there is none."""
    beginning = head_in_utf8(head)
    found = format_by_content(beginning)
    if found is None:
        refuse_by_content(beginning)
        found = format_by_name(suffix)
        if suffix in _ARCHIVES or (found is not None and found.strict):
            raise Unreadable(NAMED_OTHERWISE.of(suffix))
    if not may_be_text(head) and (found is None or found.is_text):
        raise Unreadable(NO_TEXT)
    if found is None:
        refuse_by_name(suffix)
    return _reader(suffix, beginning) if found is None else partial(read_as, found)


def _reader(suffix: str, head: bytes) -> Reader:
    reader = _BY_SUFFIX.get(suffix)
    if reader is read_json_lines and _NO_LINES_HEAD.match(head):
        return read_json_document
    if reader is None:
        return read_json_document if _JSON_HEAD.match(head) else read_plain_text
    return reader
