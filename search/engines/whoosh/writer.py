"""Writes a Whoosh index: adds, replaces and deletes articles, and merges segments.

Each commit makes one segment. Whoosh cannot replace an article that was added since the last commit; so the writer
keeps the numbers of these articles, and marks a replaced one as deleted in the segment being written. Called by
`engine.py`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from search.engines.base import Document
from search.engines.whoosh.fields import whoosh_values
from search.engines.whoosh.library import FileIndex, SegmentReader, SegmentWriter, W3Codec
from search.engines.whoosh.segment import NAME, SCHEMA, Segment, files_of, open_segments
from search.engines.whoosh.storage import Storage, reading, writing
from search.errors import EngineError, IndexBusy

_POOL_SHARE = 0.46  # of a writer's memory, for postings before they are sorted into a file
_MERGED_AT_ONCE = 8  # segments of about one size that are merged into one: few enough to search fast


class WhooshWriter:
    """See `search.engines.base.Writer`."""

    def __init__(self, folder: Path, *, memory: int) -> None:
        self._folder = folder
        self._pool_megabytes = int(memory * _POOL_SHARE / 1_000_000)
        self._storage = Storage(folder)
        self._segments = open_segments(folder)
        with reading(folder):
            self._index = FileIndex(self._storage, schema=SCHEMA, indexname=NAME)
        self._lock = self._index.lock("WRITELOCK")
        if not self._lock.acquire():
            raise IndexBusy(f"another process is writing to {folder}: wait until it is done")
        _remove_unfinished(folder)
        self._closed = False
        self._failed = False
        self._pending: Any = None  # Whoosh's writer of the next segment, made at the first change
        self._added: dict[str, int] = {}  # id → number in the next segment

    def put(self, document: Document) -> None:
        self.delete(document.id)
        self.add(document)

    def add(self, document: Document) -> None:
        values = whoosh_values(document)
        with self._changing() as writer:
            number = writer.docnum
            writer.add_document(**values)
            self._added[document.id] = number

    def delete(self, id: str) -> None:
        committed = self._committed(id)
        if id in self._added:
            self._pending.newsegment.delete_document(self._added.pop(id))
        elif committed:
            with self._changing() as writer:
                for number, article in committed:
                    writer.segments[number].delete_document(article)

    def digests(self, ids: Iterable[str]) -> dict[str, int]:
        return digests(self._folder, self._segments, ids)

    def take_rejected(self) -> list[tuple[str, str]]:
        return []  # it takes all

    def commit(self) -> None:
        self._check()
        if self._pending is None:
            return
        self._segments = []  # a map that is open cannot be removed on Windows
        with self._changing() as writer:
            writer.commit(mergetype=_merge)
        self._pending = None
        self._added.clear()
        self._storage.close_files()
        self._segments = open_segments(self._folder)

    def close(self) -> None:
        if self._closed:
            return
        self._closed = True
        self._abandon()
        self._lock.release()

    def _committed(self, id: str) -> list[tuple[int, int]]:
        """Where the last commit holds this article: the number of the segment, and of the article in it."""
        return _places(self._folder, self._segments, id)

    def _check(self) -> None:
        if self._closed:
            raise EngineError(f"the writer of {self._folder} is closed: open another")
        if self._failed:
            raise EngineError(f"writing to {self._folder} failed before: open another writer")

    @contextmanager
    def _changing(self) -> Iterator[Any]:
        """Yield Whoosh's writer of the next segment. If it fails, all changes since the last commit are discarded."""
        self._check()
        try:
            with writing(self._folder):
                if self._pending is None:
                    codec = W3Codec()
                    codec.length_stats = False  # field lengths are in columns of ours (fields.py)
                    self._pending = SegmentWriter(self._index, codec=codec, limitmb=self._pool_megabytes, _lk=False)
                yield self._pending
        except BaseException:
            self._failed = True
            self._abandon()
            raise

    def _abandon(self) -> None:
        """Discard the next segment."""
        self._pending = None
        self._added.clear()
        self._storage.discard()


def _remove_unfinished(folder: Path) -> None:
    """Remove the files that a killed process was writing, or would have removed: Whoosh leaves some for ever, others
    until it commits. Only for who holds the lock.
    """
    needed = {*files_of(folder), f"{NAME}_WRITELOCK"}
    for path in folder.iterdir():
        if path.name.startswith((NAME, f"_{NAME}_")) and path.name not in needed:
            with suppress(OSError):
                path.unlink()


def digests(folder: Path, segments: Sequence[Segment], ids: Iterable[str]) -> dict[str, int]:
    """Return the digests of those of these articles that the segments hold."""
    found: dict[str, int] = {}
    for id in ids:
        for number, article in _places(folder, segments, id):
            digest = segments[number].numbers("digest")[article]
            if digest is not None:
                found[id] = digest
    return found


def _places(folder: Path, segments: Sequence[Segment], id: str) -> list[tuple[int, int]]:
    """Where the segments hold this article: the number of the segment, and of the article in it."""
    with reading(folder):
        return [
            (number, article)
            for number, segment in enumerate(segments)
            for article in segment.holds("id", id)
            if article not in segment.deleted
        ]


def _merge(writer: Any, segments: Sequence[Any]) -> list[Any]:
    """Whoosh's hook at a commit: rewrites segments into the new one, returns those that stay.

    Segments are merged when eight have about the same size, so that an article is rewritten a few times at most
    however large the index grows; one that is mostly deleted is rewritten too, an empty one dropped.
    """
    alike: dict[int, list[Any]] = defaultdict(list)
    for segment in segments:
        alike[segment.doc_count().bit_length() // 3].append(segment)
    stay = []
    for segment in segments:
        live = segment.doc_count()
        if len(alike[live.bit_length() // 3]) < _MERGED_AT_ONCE and 2 * live >= segment.doc_count_all():
            stay.append(segment)
        elif live:
            reader = SegmentReader(writer.storage, writer.schema, segment)
            writer.add_reader(reader)
            reader.close()
    return stay
