"""A citation → a record of RIS, which Zotero, EndNote, Mendeley and JabRef read.

Lines are `XX  - value` and end in CR LF, as the format wants; a record begins with TY and ends with ER. The type is
NEWS, a newspaper article, and T2 has the newspaper's name.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from search.export.citation import Citation
from search.pages.printed_page import page_ends


def ris_record(citation: Citation, *, read_on: date) -> str:
    """Return the record, an empty line behind it. read_on: the day on which the archive was read."""
    lines = (f"{tag}  - {value}\r\n" for tag, value in _fields(citation, read_on) if value)
    return f"TY  - NEWS\r\n{''.join(lines)}ER  - \r\n\r\n"


def _fields(citation: Citation, read_on: date) -> Iterator[tuple[str, str]]:
    yield "TI", citation.title
    for name, _ in citation.names:
        yield "AU", name
    yield "T2", citation.newspaper
    if citation.day:
        day = _slashed(citation.day)
        yield "PY", day[:4]
        yield "DA", day
    yield "SE", citation.section
    first, last = page_ends(citation.page)
    yield "SP", first
    yield "EP", last
    yield "AB", citation.abstract
    yield "LA", "ar"
    for address in citation.addresses:
        yield "UR", address
    yield "Y2", _slashed(read_on)
    yield "DB", citation.place.archive
    yield "AN", citation.id


def _slashed(day: date) -> str:
    """Return the day as YYYY/MM/DD/: what would stand behind the last stroke is not known."""
    return f"{day.isoformat().replace('-', '/')}/"
