"""The bytes of a table as spreadsheets and people write it → its rows, each with the number of its first line.

In: a file in any encoding of Arabic, separated by commas, semicolons, tabs or bars; UTF-16 with tabs is what
Excel calls Unicode text. Out: `TableRow`s. Called by `search/lists/rows.py`.

`csv.Sniffer` takes letters for delimiters and fails for one column, so the delimiter is decided here: it is the sign by
which most of the first rows have as many cells as the first. A row whose quotation marks do not follow the rules is
read as it stands, and only a mark that is never closed costs its row, so that no row takes the ones after it along.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from search.encodings.encoding import decode_text

_DELIMITERS: Final = ("\t", ",", ";", "|")
_NONE: Final = "\x1f"  # parts the cells of a table with one column: no text has it
_SAMPLE: Final = 50  # rows by which the delimiter is decided
_SURE: Final = 0.6  # of them have as many cells as the first
_LONGEST_ROW: Final = 40  # lines that one row may span
_DECLARED: Final = re.compile(r"sep=(.)", re.IGNORECASE)  # the first line of what Excel is to open
_LINE_END: Final = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row. line: that of its beginning, from 1. unclosed: whether it opens a quotation mark and closes none."""

    line: int
    cells: tuple[str, ...]
    unclosed: bool = False

    @property
    def blank(self) -> bool:
        """Whether nothing is written in it."""
        return not any(cell.strip() for cell in self.cells)


def read_table(raw: bytes) -> tuple[TableRow, ...] | None:
    """Return the rows of a table without the blank ones; None for bytes that are no text."""
    text = decode_text(raw)
    if text is None:
        return None
    lines = _LINE_END.split(text)
    declared = _DECLARED.fullmatch(lines[0].strip())
    begin = 1 if declared else 0
    delimiter = declared[1] if declared else _delimiter(lines)
    return tuple(row for row in _rows(lines, delimiter, begin) if not row.blank)


def read_lines(raw: bytes) -> tuple[TableRow, ...] | None:
    """Return each line of a text as a row of one cell, quotation marks and all; None for bytes that are no text."""
    text = decode_text(raw)
    if text is None:
        return None
    rows = (TableRow(number, (line,)) for number, line in enumerate(_LINE_END.split(text), 1))
    return tuple(row for row in rows if not row.blank)


def has_columns_of_tabs(raw: bytes) -> bool:
    """Return whether tabs part the lines of a text into as many cells each, as in what Excel saves as Unicode text."""
    text = decode_text(raw)
    return text is not None and _agreement(_LINE_END.split(text), "\t")[0] >= _SURE


def _delimiter(lines: Sequence[str]) -> str:
    """Return the delimiter by which most rows have as many cells as the first; of equals the one that makes most."""
    agreement = {sign: _agreement(lines, sign) for sign in _DELIMITERS}
    share, _, sign = max((found[0], found[1], sign) for sign, found in agreement.items())
    return sign if share >= _SURE else _NONE


def _agreement(lines: Sequence[str], delimiter: str) -> tuple[float, int]:
    """Return the share of the first rows that have as many cells as the first, and that number; 0 for one cell."""
    rows = [row for row in islice(_rows(lines, delimiter, 0), _SAMPLE) if not row.blank]
    cells = len(rows[0].cells) if rows else 0
    return (sum(len(row.cells) == cells for row in rows) / len(rows), cells) if cells > 1 else (0.0, cells)


def _rows(lines: Sequence[str], delimiter: str, begin: int) -> Iterator[TableRow]:
    at = begin
    while at < len(lines):
        end, row = _row(lines, at, delimiter)
        yield row
        at = end


def _row(lines: Sequence[str], at: int, delimiter: str) -> tuple[int, TableRow]:
    """Return the row that begins at this line, and the line behind it."""
    for end in range(at + 1, min(at + _LONGEST_ROW, len(lines)) + 1):
        try:
            cells = _cells("\n".join(lines[at:end]), delimiter)
        except csv.Error as error:
            if "unexpected end" in str(error):
                continue
            break
        return end, TableRow(at + 1, cells)
    else:
        return at + 1, TableRow(at + 1, (lines[at],), unclosed=True)
    return at + 1, TableRow(at + 1, tuple(lines[at].split(delimiter)))


def _cells(text: str, delimiter: str) -> tuple[str, ...]:
    rows = list(csv.reader([text], delimiter=delimiter, strict=True))
    return tuple(rows[0]) if rows else ("",)
