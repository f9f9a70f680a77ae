"""JSON that is one object, a list of objects, or objects one after another → articles, one object at a time.

Called by the registry. The list is never held whole. After a broken object reading goes on where the next sound one
seems to begin, be it within the broken one; what is read again that way is bounded by what has been read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from indexer.readers.bounds import LARGEST_DOCUMENT
from indexer.readers.contract import Blob, Item, Skipped, Unreadable
from indexer.readers.encoding import utf8_blocks
from indexer.readers.findings import BROKEN_JSON, NO_OBJECT, TOO_LARGE
from indexer.readers.json_extent import Extent, extent
from indexer.readers.json_text import decode_json
from indexer.readers.rows import RowReader, has_text, is_article, shape_of

_BOUNDARY: Final = re.compile(r"[},\[]\s*(?=\{)")
_BETWEEN: Final = " \t\r\n,[]"
_LONGEST_BOUNDARY: Final = 1000  # letters kept while looking for the next object
_READ_AGAIN: Final = 3  # times what has been read, and some, may be read again to look within broken objects
_READ_AGAIN_ANYWAY: Final = 100_000


def read_json_document(blob: Blob) -> Iterator[Item]:
    """The articles of a JSON file."""
    document, rows = Document(utf8_blocks(blob.blocks)), RowReader()
    for number, piece in enumerate(document.objects(), start=1):
        location = f"{blob.location}#{number}"
        if isinstance(piece, Unreadable):
            yield Skipped(location, piece.reason, piece.detail)
        else:
            for row in _unwrapped(piece):
                yield from rows.items(row, location)
    if not document.complete:
        yield Skipped(blob.location, BROKEN_JSON, "the list is not closed: the file breaks off")


def _unwrapped(value: Any) -> list[Any]:
    """The rows of {"status": "ok", "articles": [...]}, with what it says of all of them; else the value alone.

    A list may have a title, too, as feeds in JSON have, but no text of its own.
    """
    if not isinstance(value, dict):
        return [value]
    if columns := _of_columns(value):
        return columns
    if has_text(value):
        return [value]
    if is_article(value):
        lists = _lists(value, has_text)
    else:
        lists = _lists(value, is_article) or [rows for rows in map(_by_id, (value, *value.values())) if rows]
        deeper = [inner for inner in value.values() if isinstance(inner, dict) and not has_text(inner)]
        lists = lists or [_completed(rows, inner) for inner in deeper for rows in _lists(inner, is_article)]
    return _completed(lists[0], value) if len(lists) == 1 else [value]


def _of_columns(value: dict[str, Any]) -> list[Any]:
    """The rows of {"title": {"0": …, "1": …}, "body": {…}}, as pandas writes them, or of lists; [] of others."""
    keys, columns = shape_of(tuple(value)).keys, list(value.values())
    if all(isinstance(column, dict) and column and all(map(str.isdecimal, column)) for column in columns):
        columns = [list(column.values()) for column in columns]
    elif not (keys["title"] and keys["body"] and all(isinstance(column, list) for column in columns)):
        return []
    if any(isinstance(cell, dict) for column in columns for cell in column):  # of ninjs: versions of one text
        return []
    if not (keys["title"] or keys["body"]) or len({len(column) for column in columns}) != 1 or len(columns[0]) < 2:
        return []
    return [dict(zip(value, cells, strict=True)) for cells in zip(*columns, strict=True)]


def _lists(value: dict[str, Any], is_row: Callable[[object], bool]) -> list[list[Any]]:
    """The lists in an object that have rows of articles."""
    return [inner for inner in value.values() if isinstance(inner, list) and any(map(is_row, inner))]


def _by_id(value: Any) -> list[Any]:
    """The rows of {"17": {"title": …}, …}, with their names as ids where they have none; [] of anything else."""
    if not isinstance(value, dict) or len(value) < 2 or not all(map(is_article, value.values())):
        return []
    return [row if shape_of(tuple(row)).keys["id"] else {"id": name, **row} for name, row in value.items()]


def _completed(rows: list[Any], around: dict[str, Any]) -> list[Any]:
    """The rows, each with what the object around them says of all and it does not; a title there is their source."""
    keys = shape_of(tuple(around)).keys
    names = {"source": keys["source"] + keys["title"], "published": keys["published"], "section": keys["section"]}
    told = ((field, [around[name] for name in of if around[name]]) for field, of in names.items())
    said = {field: values[0] for field, values in told if values and values[0] is not rows}
    return [_with(row, said) if said and isinstance(row, dict) else row for row in rows]


def _with(row: dict[str, Any], said: dict[str, Any]) -> dict[str, Any]:
    own = shape_of(tuple(row)).keys
    return {**row, **{field: value for field, value in said.items() if not own[field]}}


class Document:
    """A window over a JSON file that moves from object to object. `looked`: how many letters were looked at in all.

    The window holds bytes as Latin-1: a letter each, whatever their encoding.
    """

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self._blocks = blocks
        self._window = ""
        self._at = 0  # where reading stands in the window
        self._passed = 0  # letters of the file before the window
        self._reach = 0  # up to where in the file a broken object was followed
        self._again = 0  # letters that were looked at more than once
        self._opened = self._closed = False
        self.looked = 0

    @property
    def complete(self) -> bool:
        """Once read: whether a list that was opened was closed."""
        return self._closed or not self._opened

    def objects(self) -> Iterator[Any]:
        """Each object decoded, or an Unreadable in its place: one for several where they lie within one another."""
        while True:
            between = self._skip_to_object()
            if between.strip(_BETWEEN):
                yield Unreadable(NO_OBJECT, "something that is no object stands there")
            while self._at < len(self._window):
                start, followed = self._passed + self._at, self._reach
                found = self._object()
                if not isinstance(found, Unreadable):
                    yield found
                    break
                if start >= followed:
                    yield found
                self._move_on()
            else:
                return

    def _skip_to_object(self) -> str:
        """Moves to the next object or the end; gives a part of what stood before it, enough to judge it."""
        between = ""
        while True:
            start = self._window.find("{", self._at)
            passed = self._window[self._at : start if start >= 0 else len(self._window)]
            self._at += len(passed)
            self._opened |= passed.lstrip().startswith("[") and not between
            self._closed |= "]" in passed
            between = (between + passed.strip(_BETWEEN))[:_LONGEST_BOUNDARY] or passed[:1]
            if start >= 0 or not self._more():
                return between

    def _object(self) -> Any:
        """The object where reading stands, and moves behind it; an Unreadable, and stays, if it is broken."""
        if self._passed + self._at < self._reach and self._spent():
            return Unreadable(BROKEN_JSON)
        found = self._extent()
        if found.problem:
            self._reach = max(self._reach, self._passed + found.at)
            if found.unended and found.at - self._at >= LARGEST_DOCUMENT:
                return Unreadable(TOO_LARGE)
            return Unreadable(BROKEN_JSON, "the file breaks off within an object" if found.unended else found.problem)
        try:
            value = decode_json(self._window[self._at : found.at].encode("latin-1"))
        except Unreadable as error:
            self._at = found.at - 1  # all of it is one object: nothing to look for in it
            return error
        self._at = found.at
        return value

    def _extent(self) -> Extent:
        size = 0
        while True:
            found = extent(self._window, self._at, limit=LARGEST_DOCUMENT)
            self.looked += found.looked
            self._again += max(0, min(self._reach, self._passed + found.at) - self._passed - self._at)
            if not found.unended or found.at - self._at >= LARGEST_DOCUMENT:
                return found
            held = len(self._window) - self._at
            size = max(2 * size, held)
            if not self._more(min(size, LARGEST_DOCUMENT - held)):
                return found

    def _spent(self) -> bool:
        """Whether so much was looked at again that broken objects must be passed over."""
        return self._again > _READ_AGAIN * (self._passed + self._at) + _READ_AGAIN_ANYWAY

    def _move_on(self) -> None:
        """From a broken object to where the next seems to begin: within it, while that is affordable, else behind."""
        if self._spent():
            self._at = max(self._at, self._reach - self._passed - 1)
        while not (found := _BOUNDARY.search(self._window, self._at)):
            self.looked += len(self._window) - self._at
            self._at = max(self._at, len(self._window) - _LONGEST_BOUNDARY)
            if not self._more():
                self._at = len(self._window)
                self._closed = True  # if it was, that was not looked for
                return
        self.looked += found.end() - self._at
        self._at = found.end()

    def _more(self, size: int = 0) -> bool:
        """Reads a block, or as many as it takes for `size` letters more; drops what is passed."""
        blocks = [self._window[self._at :]]
        self._passed += self._at
        self._at = 0
        while size >= 0 and (block := next(self._blocks, None)) is not None:
            blocks.append(block.decode("latin-1"))
            size -= len(block) or 1
        self._window = "".join(blocks)
        return len(blocks) > 1
