"""Reads one segment of a Whoosh index: its postings, positions, columns and vocabulary, each as whole lists.

Whoosh's own matchers step from posting to posting and share one position in the file. Here a whole posting list is
read at once, which is faster in Python, and safe with several threads. Called by `engine.py`, `scores.py`,
`time_limit.py` and `writer.py`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Container, Iterator, Sequence
from functools import lru_cache
from itertools import repeat
from pathlib import Path
from struct import Struct, unpack
from typing import Any, NamedTuple, TypeVar, cast

from search import schema
from search.analysis.weak_methods import weakly
from search.engines.base import Stored
from search.engines.whoosh.fields import LENGTH, NUMBER, length_field, whoosh_schema
from search.engines.whoosh.library import TOC, BufferFile, TermNotFound, W3Codec, W3LeafMatcher
from search.engines.whoosh.storage import SegmentFiles, Storage, reading
from search.errors import EngineError

NAME = "MAIN"  # Whoosh's default name of an index in its folder
SCHEMA = whoosh_schema()
_ATTEMPTS = 5

_TERMS_KEPT, _MOST_KEPT = 8, 20_000  # terms whose positions are cached, and the largest document frequency of one
_INFOS_KEPT = 8_192  # terms for which the offset of their postings is cached

Value = TypeVar("Value")
Block = tuple[tuple[int, bytes], ...]


class Vocabulary(NamedTuple):
    """The terms of a field in alphabetical order, and the document frequency of each."""

    texts: list[str]
    frequencies: list[int]

    def starting_with(self, prefix: str) -> Iterator[tuple[str, int]]:
        """Yield the terms with this prefix, each with its document frequency."""
        for at in range(bisect_left(self.texts, prefix), len(self.texts)):
            if not self.texts[at].startswith(prefix):
                return
            yield self.texts[at], self.frequencies[at]


class Segment:
    """One segment as it was committed. Its articles are numbered from 0, deleted ones included."""

    def __init__(self, storage: Storage, segment: Any) -> None:
        self.size: int = segment.doc_count_all()
        self.deleted: frozenset[int] = frozenset(segment.deleted_docs())
        self._segment = segment
        self._files = SegmentFiles(storage.open_file(segment.make_filename(segment.COMPOUND_EXT)))
        self._terms = segment.codec().terms_reader(self._files, segment)
        self._articles = segment.codec().per_document_reader(self._files, segment)
        self._known: dict[tuple[str, str], object] = {}
        # Exact words near each other are searched as hundreds of phrases of the same few terms.
        self._recent = lru_cache(maxsize=_TERMS_KEPT)(weakly(self._all_position_blocks))
        self._infos = lru_cache(maxsize=_INFOS_KEPT)(weakly(self._read_info))

    def holds(self, field: str, text: str, within: range | None = None) -> list[int]:
        """Return the articles with this term or value; with a range, only from blocks of postings that overlap it."""
        return [article for block in self._blocks(field, text, within) for article in block._ids]

    def weights(self, field: str, text: str, within: range) -> Iterator[tuple[int, float]]:
        """Yield the articles with this term, each with its frequency there (1 if the field does not keep frequencies).

        Only blocks of postings that overlap the range of articles are read.
        """
        for block in self._blocks(field, text, within):
            block._read_weights()
            yield from zip(block._ids, block._weights, strict=True)

    def positions(
        self, field: str, text: str, within: range, among: Container[int] | None = None
    ) -> dict[int, tuple[int, ...]]:
        """Return article → the positions of this term in it, ascending, in a field that keeps positions.

        It has all articles of the range with the term, perhaps some beyond the range; with `among` only those of it.
        """
        kept = self.frequency(field, text) <= _MOST_KEPT
        blocks = self._recent(field, text, within) if kept else self._position_blocks(field, text, within, among)
        return {
            article: unpack(f"<{len(value) // 4}I", value)
            for block in blocks
            for article, value in block
            if among is None or article in among
        }

    def _position_blocks(self, field: str, text: str, within: range, among: Container[int] | None) -> Iterator[Block]:
        """Yield the blocks of postings with an article of `among`: all articles, each with the positions as bytes."""
        for block in self._blocks(field, text, within):
            if among is None or any(article in among for article in block._ids):
                block._read_values()
                yield tuple(zip(block._ids, block._values, strict=True))

    def _all_position_blocks(self, field: str, text: str, within: range) -> tuple[Block, ...]:
        return tuple(self._position_blocks(field, text, within, None))

    def frequency(self, field: str, text: str) -> int:
        """Return the document frequency of a term, deleted articles included."""
        info = self._info(field, text)
        return 0 if info is None else info.doc_frequency()

    def vocabulary(self, field: str) -> Vocabulary:
        """Return all terms or values of a field."""
        return self._once("vocabulary", field, lambda: self._read_vocabulary(field))

    def lengths(self, field: str) -> list[int]:
        """Return how many terms each article has in a TERMS field."""
        name = length_field(field)
        return self._once("lengths", field, lambda: [length for (length,) in self._rows(name, LENGTH, (0,))])

    def numbers(self, field: str) -> list[int | None]:
        """The value of each article in a NUMBER field."""
        return self._once("numbers", field, lambda: [n if given else None for given, n in self._numbers(field)])

    def values(self, field: str) -> list[tuple[str, ...]]:
        """The distinct values of each article in a KEYWORD field, read back from the postings."""
        return self._once("values", field, lambda: self._read_values(field))

    def ids(self) -> list[str]:
        """The id of each article."""
        return [text for (text,) in self.values("id")]

    def stored(self, article: int) -> Stored:
        """The id and the JSON of an article."""
        kept = self._articles.stored_fields(article)
        return Stored(kept["id"], kept["raw"])

    def _once(self, what: str, field: str, make: Callable[[], Value]) -> Value:
        """Cache what is read as a whole. Two threads may read the same at once, which does no harm."""
        if field not in schema.BY_NAME:
            raise EngineError(f"no field {field!r}: the fields are those of search/schema.py")
        key = (what, field)
        if key not in self._known:
            self._known[key] = make()
        return cast(Value, self._known[key])

    def _info(self, field: str, text: str) -> Any:
        if field not in schema.BY_NAME:
            raise EngineError(f"no field {field!r}: the fields are those of search/schema.py")
        return self._infos(field, text)

    def _read_info(self, field: str, text: str) -> Any:
        try:
            return self._terms.term_info(field, text.encode())
        except (TermNotFound, UnicodeEncodeError):  # half a surrogate pair: no term can hold it
            return None

    def _blocks(self, field: str, text: str, within: range | None = None) -> Iterator[Any]:
        """Yield Whoosh's reader of a posting list at each of its blocks; with a range, at those that overlap it.

        The reader has a copy of the posting list, so that threads do not share a position in the file.
        """
        info = self._info(field, text)
        if info is None:
            return
        offset, (length,) = info.extent()  # Whoosh leaves the length in the tuple that struct gave
        raw = self._terms._postfile.get(offset, length)
        matcher = W3LeafMatcher(BufferFile(raw), 0, length, SCHEMA[field].format)
        while matcher.is_active():
            last = matcher._maxid
            if within is None or last >= within.start:
                matcher._read_ids()
                yield matcher
            if within is not None and last >= within.stop - 1:
                return
            matcher._next_block()

    def _read_vocabulary(self, field: str) -> Vocabulary:
        made = Vocabulary([], [])
        for (name, text), info in self._terms.items_from(field, b""):
            if name != field:
                break
            made.texts.append(text.decode())
            made.frequencies.append(info.doc_frequency())
        return made

    def _read_values(self, field: str) -> list[tuple[str, ...]]:
        values: list[tuple[str, ...]] = [()] * self.size
        for text in self.vocabulary(field).texts:
            for article in self.holds(field, text):
                values[article] += (text,)
        return values

    def _numbers(self, field: str) -> Iterator[tuple[bool, int]]:
        return self._rows(field, NUMBER, (False, 0))

    def _rows(self, name: str, row: Struct, missing: tuple[Any, ...]) -> Iterator[Any]:
        """The rows of a column. Whoosh leaves out its end, or all of it, where no article has a value."""
        file = W3Codec.column_filename(self._segment, name)
        given = self._files.file_exists(file)
        raw = self._files.open_file(file).get(0, self._files.file_length(file)) if given else b""
        yield from row.iter_unpack(raw)
        yield from repeat(missing, self.size - len(raw) // row.size)


def files_of(folder: Path) -> list[str]:
    """Return the files of the last commit: its table of contents, and one file for each segment."""
    with reading(folder):
        storage = Storage(folder)
        try:
            toc = TOC.read(storage, NAME, schema=SCHEMA)
            segments = [segment.make_filename(segment.COMPOUND_EXT) for segment in toc.segments]
            return [TOC._filename(NAME, toc.generation), *segments]
        finally:
            storage.close_files()


def open_segments(folder: Path) -> Sequence[Segment]:
    """Return the segments of the last commit. Raises IndexDamaged if they cannot be read."""
    with reading(folder):
        for _ in range(_ATTEMPTS):
            try:
                return _open_segments(folder)
            except FileNotFoundError:  # a commit removed it between reading the contents and opening
                continue
        return _open_segments(folder)


def _open_segments(folder: Path) -> list[Segment]:
    storage = Storage(folder)
    try:
        return [Segment(storage, segment) for segment in TOC.read(storage, NAME, schema=SCHEMA).segments]
    finally:
        storage.close_files()
