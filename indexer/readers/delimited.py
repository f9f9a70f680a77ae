"""CSV and TSV: one article a row, the columns named by the first row as the fields of JSON are.

Called by the registry. Columns are parted by tabs, semicolons, commas or bars, whichever makes most names of fields.
A quote that is never closed costs its own row, not the rest of the file.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final

from indexer.readers.bounds import LARGEST_DOCUMENT
from indexer.readers.contract import Blob, Item, Remark, Skipped, Unreadable
from indexer.readers.encoding import utf8_blocks
from indexer.readers.findings import BROKEN_ROW, LONG_ROW, NO_NAMES, NO_TEXT, SHORT_ROW, SHORTER_ROW, TOO_LARGE
from indexer.readers.json_lines import lines
from indexer.readers.piecewise import Decoder
from indexer.readers.rows import RowReader, shape_of

_DELIMITERS: Final = "\t;,|"
_OPEN_CELL: Final = re.compile(rb'(?:^|[\t;,|])"(?>(?:[^"]|"")*)$')
_SEPARATOR_LINE: Final = re.compile(rb"sep=.\s*", re.IGNORECASE)  # of Excel, before the names
_UNIT: Final = b"\f"  # parts cells while they are decoded together: a control that texts have
_LINES_BEFORE: Final = 5  # that name no field: blank ones, the title of a report
_HEADER_LINES: Final = 20  # that the first row may have
_END: Final = b"\n"  # in place of a line at the end of the file: no line holds it
_READ_AGAIN: Final = 3  # times what has been read, and some, may be read again behind quotes that are never closed
_READ_AGAIN_ANYWAY: Final = 100_000  # bytes
csv.field_size_limit(max(csv.field_size_limit(), 2 * LARGEST_DOCUMENT))


def is_table(head: bytes) -> bool:
    """Whether a file that begins so is a table: its first line names a title or body, and little that is no field."""
    *written, rest = head.removeprefix(codecs.BOM_UTF8).split(b"\n", _HEADER_LINES)
    names = _header(_Table(iter(written)).header(), Decoder())[1] if written and (rest or written[1:]) else ()
    keys = shape_of(names).keys
    known = sum(map(len, keys.values()))
    return bool(keys["title"] or keys["body"]) and known >= 2 and len(names) <= 2 * known


def read_delimited(blob: Blob) -> Iterator[Item]:
    """The articles of a table. Raises Unreadable where its first row names no field."""
    decoder, rows = Decoder(), RowReader()
    table = _Table(lines(_with_usual_line_ends(utf8_blocks(blob.blocks))))
    delimiter, names = _names(table, decoder)
    for number, row in table.rows(delimiter, len(names)):
        location = f"{blob.location}:{number}"
        if isinstance(row, Unreadable):
            yield Skipped(location, row.reason, row.detail)
        elif any(map(str.strip, row)):
            yield from _items(row, names, decoder, rows, location)


def _names(table: _Table, decoder: Decoder) -> tuple[str, tuple[str, ...]]:
    """The delimiter and the names of the columns: of the first line that names a field. Raises Unreadable."""
    headers = [_header(table.header(), decoder)]
    while not any(shape_of(headers[-1][1]).keys.values()):
        if len(headers) > _LINES_BEFORE:
            shown = "، ".join(headers[0][1][:5])[:200]
            raise Unreadable(NO_NAMES, f"it has {shown or 'none'}: name the columns title, body, date, source …")
        headers.append(_header(table.header(), decoder))
    return headers[-1]


def _with_usual_line_ends(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """The blocks, with line feeds where lines end by carriage returns alone, as old programs on Macintosh wrote."""
    first = next(blocks, b"")
    blocks = chain((first,), blocks)
    return (block.replace(b"\r", b"\n") for block in blocks) if b"\r" in first and b"\n" not in first else blocks


def _items(
    row: Sequence[str], names: Sequence[str], decoder: Decoder, rows: RowReader, location: str
) -> Iterator[Item]:
    if len(row) > len(names) and any(map(str.strip, row[len(names) :])):
        yield Skipped(location, LONG_ROW, f"{len(row)}, not {len(names)}")
        return
    cells = _decoded(row, decoder)
    if cells is None:
        yield Skipped(location, NO_TEXT)
        return
    if 2 * len(row) <= len(names):
        yield Skipped(location, SHORT_ROW, f"{len(row)}, not {len(names)}")
        return
    if len(row) < len(names):
        yield Remark(SHORTER_ROW, location)
    yield from rows.items({name: cell for name, cell in zip(names, cells, strict=False) if name}, location)


def _decoded(row: Sequence[str], decoder: Decoder) -> list[str] | None:
    """The cells as text; where one is no UTF-8 the whole row tells its encoding."""
    raws = [cell.encode("latin-1").replace(_UNIT, b" ") for cell in row]
    text = decoder.text(_UNIT.join(raws))
    cells = None if text is None else text.split(_UNIT.decode())
    return cells if cells is not None and len(cells) == len(row) else None


def _header(line: bytes, decoder: Decoder) -> tuple[str, tuple[str, ...]]:
    """The delimiter that makes most names of fields in the first line, of equals most names; and the names."""
    text = decoder.text(line) or ""
    text = text.replace('"', "") if _ends_in_quotes(line) else text
    found = []
    for delimiter in _DELIMITERS:
        try:
            cells = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
        except csv.Error:
            continue
        stripped = tuple(" ".join(name.split()) for name in cells)
        found.append((sum(map(len, shape_of(stripped).keys.values())), len(cells), delimiter, stripped))
    _, _, delimiter, names = max(found, default=(0, 0, ",", ()))
    return delimiter, names


def _ends_in_quotes(text: bytes) -> bool:
    """Whether a cell was opened by a quote and is not closed; a quote within quotes is written twice."""
    return text.count(b'"') % 2 == 1 and _OPEN_CELL.search(text) is not None


def _line(line: bytes | None) -> bytes:
    return line or b""


class _Table:
    """Lines → rows of cells. A letter stands for each byte (Latin-1): what a table's grammar knows is ASCII."""

    def __init__(self, lines: Iterator[bytes | None]) -> None:
        self._lines = lines
        self._again: list[bytes | None] = []  # lines that are to be read again, the next one last
        self._number = 0  # of the line that was read last
        self._passed = self._reread = 0  # bytes that were read, and that were read again

    def header(self) -> bytes:
        """The lines that name the columns: one, unless a name in quotes has line breaks."""
        line = self._next() or b""
        line = (self._next() or b"") if _SEPARATOR_LINE.fullmatch(line) else line
        further: list[bytes | None] = []
        while _ends_in_quotes(header := b"\n".join([line, *map(_line, further)])):
            if len(further) >= _HEADER_LINES or (following := self._next()) in (None, _END):
                self._give_back(further)
                return line
            further.append(following)
        return header

    def _next(self) -> bytes | None:
        """The next line; None where it is too large, `_END` at the end."""
        self._number += 1
        if self._again:
            return self._again.pop()
        line = next(self._lines, _END)
        self._passed += len(line or b"")
        return line

    def rows(self, delimiter: str, width: int) -> Iterator[tuple[int, list[str] | Unreadable]]:
        """Each row with the number of its first line; an Unreadable in place of what is none."""
        while (first := self._next()) != _END:
            start = self._number
            yield start, Unreadable(TOO_LARGE) if first is None else self._row(first, delimiter, width)

    def _row(self, first: bytes, delimiter: str, width: int) -> list[str] | Unreadable:
        taken: list[bytes | None] = [first]
        row: list[str] | Unreadable
        try:
            row = next(csv.reader(self._lines_of_row(taken), delimiter=delimiter), [])
        except csv.Error as error:
            row = Unreadable(BROKEN_ROW, str(error))
        except Unreadable as error:
            row = error
        if len(taken) == 1 or (isinstance(row, list) and len(row) == width):
            return row
        # Perhaps a quote begins a cell and quotes nothing.
        unquoted = first.decode("latin-1").rstrip("\r").split(delimiter)
        if self._give_back(taken[1:]) and len(unquoted) == width:
            return unquoted
        return row

    def _lines_of_row(self, taken: list[bytes | None]) -> Iterator[str]:
        """The lines of a row, as many as the parser asks for: within quotes it asks for the next."""
        size = 0
        for line in chain(taken[:1], iter(self._next, _END)):
            if size:
                taken.append(line)
            size += len(line or b"") + 1
            if line is None or size > LARGEST_DOCUMENT:
                raise Unreadable(TOO_LARGE)
            yield line.decode("latin-1") + "\n"
        raise Unreadable(BROKEN_ROW, "a quote in it is never closed")

    def _give_back(self, lines: Sequence[bytes | None]) -> bool:
        """Whether these lines are to be read again, which is so as long as that is bounded by what was read."""
        size = sum(len(line or b"") for line in lines)
        self._reread += size
        if self._reread > _READ_AGAIN * self._passed + _READ_AGAIN_ANYWAY:
            return False
        self._again.extend(reversed(lines))
        self._number -= len(lines)
        return True
