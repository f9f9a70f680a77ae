"""The schema of `search/schema.py` as fields of Whoosh, and a document → the values of these fields.

Whoosh's own analysers are not used, since they split terms again and make an object of each token. A field takes terms
and yields Whoosh's postings directly. Called by `writer.py`; `segment.py` reads the postings.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from struct import Struct, pack
from typing import Any

from search import schema
from search.analysis.term_encoding import decode_term
from search.engines.base import Document
from search.engines.whoosh.library import (
    COLUMN,
    STORED,
    Existence,
    FieldType,
    Format,
    NumericColumn,
    Schema,
    StructColumn,
)
from search.schema import Detail, Field, Kind

NUMBER = Struct("!?q")  # whether there is a value, and the value
LENGTH = Struct("!I")
Posting = tuple[bytes, int, float, bytes]  # term in UTF-8, frequency, weight (what Whoosh keeps of it), positions


class Present(FieldType):  # type: ignore[misc]
    """A field of values or terms that keeps which articles have them, without frequencies or positions."""

    def __init__(self, *, stored: bool = False) -> None:
        super().__init__(format=Existence(), analyzer=None, stored=stored)

    def index(self, value: Iterable[str], **_: Any) -> Iterator[Posting]:
        """Yield the postings of one article."""
        for text in set(value):
            yield text.encode(), 1, 1.0, b""


class Counted(FieldType):  # type: ignore[misc]
    """A field of terms that keeps their frequencies: as the weight of a posting, whose value is empty."""

    def __init__(self) -> None:
        super().__init__(format=Existence(), analyzer=None)

    def index(self, value: Iterable[str], **_: Any) -> Iterator[Posting]:
        """Yield the postings of one article."""
        for text, frequency in Counter(value).items():
            yield text.encode(), frequency, float(frequency), b""


class Positioned(FieldType):  # type: ignore[misc]
    """A field of terms that keeps their positions, counted from 0, as 32-bit integers (little-endian)."""

    def __init__(self) -> None:
        super().__init__(format=Format(), analyzer=None)

    def index(self, value: Iterable[str], **_: Any) -> Iterator[Posting]:
        """Yield the postings of one article."""
        found: dict[str, list[int]] = {}
        for position, text in enumerate(value):
            found.setdefault(text, []).append(position)
        for text, positions in found.items():
            yield text.encode(), len(positions), float(len(positions)), pack(f"<{len(positions)}I", *positions)


def length_field(name: str) -> str:
    """Return the name of the column that holds how many terms each article has in this TERMS field.

    Whoosh's own lengths are rounded more coarsely than Tantivy's, and its writer asks for them at every posting.
    """
    return name + "_length"


def whoosh_schema() -> Schema:
    """Return Whoosh's schema: the fields of `search/schema.py`, and a column of lengths for each TERMS field."""
    made: dict[str, FieldType] = {}
    for field in schema.FIELDS:
        made[field.name] = _whoosh_field(field)
        if field.kind is Kind.TERMS:
            made[length_field(field.name)] = COLUMN(NumericColumn("I", default=0))
    return Schema(**made)


def whoosh_values(document: Document) -> dict[str, object]:
    """Return the arguments of Whoosh's `add_document` for a document."""
    values: dict[str, object] = {"id": (document.id,), "_stored_id": document.id, "raw": document.raw}
    for name, text in document.terms.items():
        terms = [decode_term(term) for term in text.split(" ") if term]
        values[name] = terms
        values[length_field(name)] = len(terms)
    values |= document.keywords
    for name, number in (*document.numbers.items(), ("digest", document.digest)):
        values[name] = (True, number)
    return values


def _whoosh_field(field: Field) -> FieldType:
    match field.kind:
        case Kind.TERMS:
            return _TERMS[field.detail]()
        case Kind.KEYWORD:
            return Present(stored=field.name == "id")
        case Kind.NUMBER:
            return COLUMN(StructColumn(NUMBER.format, (False, 0)))
        case Kind.STORED:
            return STORED()


_TERMS = {Detail.PRESENCE: Present, Detail.FREQUENCY: Counted, Detail.POSITIONS: Positioned}
