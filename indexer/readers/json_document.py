"""JSON that is one object, a list of objects, or objects one after another → articles, one object at a time.

Called by the registry. The list is never held whole. After a broken object reading goes on where the next one seems to
begin.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from indexer.readers.contract import LARGEST_DOCUMENT, Blob, Item, Skipped, Unreadable
from indexer.readers.encoding import utf8_blocks
from indexer.readers.json_lines import TOO_LARGE
from indexer.readers.json_text import BROKEN, decode_json
from indexer.readers.rows import NO_OBJECT, RowReader, is_article

_TOKEN: Final = re.compile(rb'["{}]')
_IN_STRING: Final = re.compile(rb'["\\]')
_BOUNDARY: Final = re.compile(rb"[},]\s*(?=\{)")
_BETWEEN: Final = b" \t\r\n,[]"
_LONGEST_BOUNDARY: Final = 1000  # bytes kept while looking for the next object past one that is too large
_MOST_RESTARTS: Final = 200  # looking again within a broken object costs a second reading of it


def read_json_document(blob: Blob) -> Iterator[Item]:
    """The articles of a JSON file."""
    document, rows = _Document(utf8_blocks(blob.blocks)), RowReader()
    for number, piece in enumerate(document.objects(), start=1):
        place = f"{blob.place}#{number}"
        if isinstance(piece, Unreadable):
            yield Skipped(place, piece.reason, piece.detail)
        else:
            for row in _unwrapped(piece):
                yield from rows.items(row, place)
    if not document.complete:
        yield Skipped(blob.place, BROKEN, "the list is not closed: the file breaks off")


def _unwrapped(value: Any) -> list[Any]:
    """The rows of {"status": "ok", "articles": [...]}; else the value alone."""
    if isinstance(value, dict) and not is_article(value):
        lists = [inner for inner in value.values() if isinstance(inner, list) and any(map(is_article, inner))]
        if len(lists) == 1:
            return lists[0]
    return [value]


class _Unfinished(Unreadable):
    """The object at hand has no end; unlike an Unreadable of the blocks, which ends the file."""


class _Document:
    """A window over a JSON file that moves from object to object."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self._blocks = blocks
        self._window = bytearray()
        self._restarts = 0
        self._opened = self._closed = False

    @property
    def complete(self) -> bool:
        """Once read: whether a list that was opened was closed."""
        return self._closed or not self._opened

    def objects(self) -> Iterator[Any]:
        """Each object decoded, or an Unreadable in its place."""
        while True:
            between = self._skip_to_object()
            if between.strip(_BETWEEN):
                yield Unreadable(NO_OBJECT, "something that is no object stands there")
            if not self._window:
                return
            yield self._object()

    def _skip_to_object(self) -> bytes:
        """Moves the window to the next object or the end; gives a part of what stood before it, enough to judge it."""
        between = b""
        while True:
            start = self._window.find(b"{")
            passed = bytes(self._window[: start if start >= 0 else len(self._window)])
            del self._window[: len(passed)]
            self._opened |= passed.lstrip().startswith(b"[") and not between
            self._closed |= b"]" in passed
            between = (between + passed.strip(_BETWEEN))[:_LONGEST_BOUNDARY] or passed[:1]
            if start >= 0 or not self._more():
                return between

    def _object(self) -> Any:
        try:
            end = self._end()
        except _Unfinished as error:
            self._move_on(len(self._window), error)
            return error
        try:
            value = decode_json(bytes(self._window[:end]))
        except Unreadable as error:
            self._move_on(end, error)
            return error
        del self._window[:end]
        return value

    def _end(self) -> int:
        """Where the object at the window's start ends. Raises Unreadable where it breaks off or is too large."""
        depth, at, pattern = 0, 0, _TOKEN
        while True:
            found = pattern.search(self._window, at)
            while found is None:
                at = len(self._window)
                if at > LARGEST_DOCUMENT:
                    raise _Unfinished(TOO_LARGE)
                if not self._more():
                    raise _Unfinished(BROKEN, "the file breaks off within an object")
                found = pattern.search(self._window, at)
            token, at = found[0], found.end()
            if token == b"\\":
                at += 1
            elif token == b'"':
                pattern = _TOKEN if pattern is _IN_STRING else _IN_STRING
            else:
                depth += 1 if token == b"{" else -1
                if depth == 0:
                    return at

    def _move_on(self, end: int, error: Unreadable) -> None:
        """Past the broken object of `end` bytes: to an object that begins within it, else behind it."""
        self._restarts += 1
        found = _BOUNDARY.search(self._window, 0, end) if self._restarts <= _MOST_RESTARTS else None
        if found or error.reason != TOO_LARGE:
            del self._window[: found.end() if found else end]
            return
        while not (found := _BOUNDARY.search(self._window)):
            del self._window[:-_LONGEST_BOUNDARY]
            if not self._more():
                self._window.clear()
                self._closed = True  # if it was, that was not kept
                return
        del self._window[: found.end()]

    def _more(self) -> bool:
        block = next(self._blocks, None)
        self._window += block or b""
        return block is not None
