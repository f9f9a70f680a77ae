"""Corpora in SGML or XML, one file with many articles, whatever is broken in it → an article each record.

Called by the registry, for TREC's and Gigaword's `<DOC>` and for any XML that is nothing else. A record is the element
that holds elements named as the fields of articles are (`rows.py`); which one that is, the beginning of the file
tells. Tags are read one by one, for few corpora are sound XML: one that is never closed costs its record.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from indexer.readers.as_file import begin
from indexer.readers.contract import Blob, Item, Skipped, Unreadable
from indexer.readers.elements import Element, elements
from indexer.readers.encoding import utf8_blocks
from indexer.readers.findings import NO_RECORD, NO_TEXT
from indexer.readers.piecewise import Decoder, declared_in
from indexer.readers.records import TAG, fields_of_record
from indexer.readers.rows import RowReader, field_named

_HEAD: Final = 200_000  # bytes by which records are told
_DEEPEST: Final = 50  # elements within one another that are followed
_NUMBER: Final = re.compile(r"\d+$")
_ENOUGH: Final = 2  # different fields that a record has, one of them a title, a text or an address


def read_tagged(blob: Blob) -> Iterator[Item]:
    """The articles of a corpus. Raises Unreadable where its elements are named as nothing that an article has."""
    head, blocks = begin(utf8_blocks(blob.blocks), _HEAD)
    decoder = Decoder(declared_in(head))
    name = record_name(decoder.text(head) or head.decode("latin-1"))
    if name is None:
        raise Unreadable(NO_RECORD, "name them title, body, date, source …, or convert it to .jsonl")
    rows = RowReader()
    for element in elements(blob, blocks, re.escape(name.encode()) + rb"\d*"):
        if isinstance(element, Skipped):
            yield element
        else:
            yield from _items(element, f"{blob.location}#{element.number}", decoder, rows)


def _items(element: Element, location: str, decoder: Decoder, rows: RowReader) -> Iterator[Item]:
    text = decoder.text(element.raw)
    if text is None:
        yield Skipped(location, NO_TEXT)
        return
    yield from rows.items(fields_of_record(text), location)


def record_name(head: str) -> str | None:
    """The name of the elements that are articles, without a number at its end; None where nothing looks like one."""
    stack: list[str] = []
    fields: dict[str, list[str]] = defaultdict(list)
    for tag in TAG.finditer(head):
        name = _NUMBER.sub("", tag["name"] or "").lower()
        if not name or tag["empty"]:
            continue
        if tag["end"]:
            if name in stack:
                del stack[len(stack) - 1 - stack[::-1].index(name) :]
            continue
        field = field_named(tag["name"])
        if field and stack:
            fields[stack[-1]].append(field)
        if len(stack) < _DEEPEST:
            stack.append(name)
    likely = {name: of for name, of in fields.items() if len(set(of)) >= _ENOUGH and {"title", "body", "url"} & set(of)}
    return max(likely, key=lambda name: len(likely[name]), default=None)
