"""Articles → rows of a table as CSV: UTF-8, a comma between cells, CR LF behind rows, as RFC 4180 has it.

A spreadsheet takes a cell that begins with one of `=`, `+`, `-`, `@`, perhaps behind white space, a tab or a line break
for a formula, and would run it. Such a cell gets an apostrophe in front, as OWASP advises; so does a cell that begins
with an apostrophe. Who takes one apostrophe away from cells that begin with one has the text as it was: `plain_cell`
does it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable
from typing import Final

COLUMNS: Final = (
    "id",
    "title",
    "source",
    "section",
    "author",
    "agency",
    "place",
    "published",
    "url",
    "permalink",
    "page",
)
# The wide signs are what keyboards for Chinese and Japanese type for the first four; spreadsheets know them too. White
# space and marks that are not seen may stand before them: some programs take these away before they look.
_DANGEROUS: Final = re.compile(r"[\s\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*[=+\-@＝＋－＠]|[\t\r\n']")
BYTE_ORDER_MARK: Final = "\ufeff"  # without it Excel reads a file in UTF-8 as Windows-1256
Row = Iterable[str]


def table_writer() -> Callable[[Iterable[Row]], bytes]:
    """Return a function that turns some rows of cells into bytes of CSV. Each call writes what it is given."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")

    def write(rows: Iterable[Row]) -> bytes:
        writer.writerows(map(_harmless, rows))
        written = text.getvalue()
        text.seek(0)
        text.truncate()
        return written.encode("utf-8", "replace")

    return write


def table_text(rows: Iterable[Iterable[object]]) -> str:
    """Return rows of any values as CSV, which shows each as `str` does."""
    return table_writer()(map(str, row) for row in rows).decode()


def harmless_cell(text: str) -> str:
    """Return the text as no spreadsheet takes it for a formula."""
    return f"'{text}" if _DANGEROUS.match(text) else text


def plain_cell(cell: str) -> str:
    """Return the text that `harmless_cell` made the cell of."""
    return cell.removeprefix("'")


def _harmless(row: Row) -> list[str]:
    return [harmless_cell(cell.replace("\0", "")) for cell in row]
