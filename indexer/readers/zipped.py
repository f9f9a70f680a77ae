"""zip → the blobs inside it. Called by the registry, for every `.zip` and whatever starts like one."""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from lzma import LZMAError
from typing import Final

from indexer.findings import NO_FILE, Finding
from indexer.readers.as_file import as_seekable
from indexer.readers.bounds import BLOCK_BYTES
from indexer.readers.contract import PART_ENDS, Blob, Item, Unreadable
from indexer.readers.findings import DAMAGED, ENCRYPTED, LINK_WITHIN, NO_READER
from indexer.readers.unpacking import is_hidden_within, member_items
from search.encodings.encoding import arabic_letters

MAGIC = b"PK\x03\x04"
EMPTY_MAGIC = b"PK\x05\x06"
_DAMAGED: Final = DAMAGED.of("zip")
_ERRORS = (
    *(zipfile.BadZipFile, zlib.error, LZMAError, EOFError, struct.error),
    *(ValueError, LookupError, RuntimeError, OverflowError),
)
_UTF8_FLAG = 0x800
_OFFICE = "[Content_Types].xml"
_WORD = "word/document.xml"
_E_BOOK = "META-INF/container.xml"
_FIRST_OF_DOCUMENTS: Final = (b"mimetype", b"[Content_Types].xml", b"_rels/", b"docProps/", b"word/", b"META-INF/")
_NAME_AT: Final = 30  # bytes from the beginning of a zip
_DocumentReader = Callable[[zipfile.ZipFile, Blob], Iterator[Item]]


def read_zip(blob: Blob, read: Callable[[Blob], Iterator[Item]]) -> Iterator[Item]:
    """What `read` makes of each file in the zip, in the zip's order. Raises Unreadable where it is no sound zip."""
    with as_seekable(blob, "a zip") as file:
        try:
            archive = zipfile.ZipFile(file)
        except _ERRORS as error:
            raise Unreadable(_DAMAGED, str(error)) from error
        with archive:
            if document := _document_reader(archive):
                if blob.division is None or blob.division.is_wanted:
                    yield from _document(document, archive, blob)
                return
            place = 0  # in the packed bytes of all members
            for entry in archive.infolist():
                name = entry_name(entry)
                if entry.filename.endswith("/") or is_hidden_within(name):
                    continue
                if division := blob.division:
                    division.come_to(place)
                    while division.is_past:
                        yield PART_ENDS
                    place += entry.compress_size
                    if not division.is_wanted:
                        continue
                yield from member_items(blob, name, _blocks(archive, entry), read, unfit=_unfit(entry))


def _document(document: _DocumentReader, archive: zipfile.ZipFile, blob: Blob) -> Iterator[Item]:
    try:
        yield from document(archive, blob)
    except _ERRORS as error:
        raise Unreadable(_DAMAGED, str(error)) from error


def _document_reader(archive: zipfile.ZipFile) -> _DocumentReader | None:
    """The reader of a zip that is one document, whatever it is called; None where it is an archive.

    Raises Unreadable where it is a document that no reader reads.
    """
    names = archive.NameToInfo
    if _OFFICE in names:
        if _WORD in names:
            from indexer.readers.office import read_docx

            return read_docx
        raise Unreadable(NO_READER.of("Office documents other than .docx"), "save its text as .docx, .csv or .txt")
    if _E_BOOK in names and "mimetype" in names:
        from indexer.readers.office import read_epub

        return read_epub
    if "mimetype" in names and "content.xml" in names:
        raise Unreadable(NO_READER.of("OpenDocument files"), "save it as .docx, .csv or .txt")
    return None


def begins_as_document(head: bytes) -> bool:
    """Whether a zip that begins so is surely one document, by the name of its first member."""
    return head[_NAME_AT:].startswith(_FIRST_OF_DOCUMENTS)


def _unfit(entry: zipfile.ZipInfo) -> Finding | None:
    """Why a member is left out whatever is in it: what a zip keeps of a link is a path, not a text."""
    if entry.flag_bits & 1:
        return ENCRYPTED
    kind = stat.S_IFMT(entry.external_attr >> 16)  # 0 where the zip was made by a system without such kinds
    if kind == stat.S_IFLNK:
        return LINK_WITHIN.of("zip")
    return None if kind in (0, stat.S_IFREG) else NO_FILE


def entry_name(entry: zipfile.ZipInfo) -> str:
    """The name of a file in a zip. Where it does not say that it is UTF-8 it may be, or what Arabic Windows wrote."""
    if entry.flag_bits & _UTF8_FLAG or entry.filename.isascii():
        return entry.filename
    raw = entry.filename.encode("cp437", "replace")
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return max((raw.decode("cp720", "replace"), raw.decode("cp1256"), entry.filename), key=arabic_letters)


def _blocks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    try:
        with archive.open(entry) as member:
            while block := member.read(BLOCK_BYTES):
                yield block
    except _ERRORS as error:
        raise Unreadable(_DAMAGED, str(error)) from error
