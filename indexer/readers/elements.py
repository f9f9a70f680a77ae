"""A large file in XML or SGML → its repeated elements one by one, each as bytes, whatever is broken between them.

Called by the readers of feeds and of corpora. Nothing but the element at hand is held. An element that is not closed
ends where the next of its kind begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from indexer.readers.bounds import LARGEST_DOCUMENT
from indexer.readers.contract import Blob, Skipped
from indexer.readers.findings import BREAKS_OFF, TOO_LARGE

_LARGEST_HEAD: Final = 100_000  # bytes before the first element that are kept
_LONGEST_TAG: Final = 1000  # bytes of a name that may be cut in two at the end of a block


class Element(NamedTuple):
    """One element with its tags, its number in the file from 1 on, and what stands before the first of all."""

    raw: bytes
    number: int
    head: bytes


class _Open:
    """What is being read: the bytes before the first element, later those of an element or between two."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._size = 0

    @property
    def too_large(self) -> bool:
        return self._size > LARGEST_DOCUMENT

    def add(self, piece: bytes) -> None:
        """Keeps a piece, as long as what is kept is of a reasonable size."""
        self._size += len(piece)
        if self.too_large:
            self._parts.clear()
        else:
            self._parts.append(piece)

    def end(self) -> bytes:
        """All that was kept; what comes next is kept from here on."""
        whole = b"".join(self._parts)
        self._parts, self._size = [], 0
        return whole


def elements(blob: Blob, blocks: Iterator[bytes], name: bytes) -> Iterator[Element | Skipped]:
    """The elements whose name matches this pattern, and a Skipped in place of what is too large or breaks off."""
    border = re.compile(rb"<(?P<end>/?)(?:[\w.-]+:)?(?:%b)(?=[\s>/])[^>]{0,%d}>?" % (name, _LONGEST_TAG), re.IGNORECASE)
    kept, head, number, inside = _Open(), b"", 0, False
    window, searched = b"", 0
    for block in blocks:
        window += block
        at, keep = 0, max(0, len(window) - _LONGEST_TAG)
        while found := border.search(window, searched):
            if not found[0].endswith(b">") and len(window) - found.start() <= _LONGEST_TAG:
                keep = found.start()  # the tag may go on in the next block
                break
            searched = found.end()
            kept.add(window[at : searched if found["end"] else found.start()])
            if inside and kept.too_large:
                yield Skipped(f"{blob.location}#{number}", TOO_LARGE)
            raw = kept.end()
            if inside and raw:
                yield Element(raw, number, head)
            if not found["end"]:
                head = head if number else raw[:_LARGEST_HEAD]
                number += 1
            at = searched if found["end"] else found.start()
            inside = not found["end"] and not found[0].endswith(b"/>")
        keep = max(keep, at)
        kept.add(window[at:keep])
        window, searched = window[keep:], max(0, searched - keep)
    if inside:
        yield Skipped(f"{blob.location}#{number}", TOO_LARGE if kept.too_large else BREAKS_OFF)
