"""Writes an index of Tantivy, whose own threads index and merge. Called by `engine.py`."""

from __future__ import annotations

from collections.abc import Container, Iterable
from pathlib import Path
from typing import Final, cast

import tantivy

from search.engines.base import Document
from search.engines.id_order import id_number
from search.engines.tantivy.backlog import Backlog
from search.engines.tantivy.errors import reading, writing
from search.engines.tantivy.files import UmaskThread, apply_umask, has_unneeded_files, remove_unfinished
from search.engines.tantivy.name_numbers import COLUMNS, has_column, numbers_of
from search.engines.tantivy.opening import open_own, retried
from search.engines.tantivy.order import ID_NUMBER
from search.engines.tantivy.queries import index_term
from search.errors import EngineError

# One indexing thread: analysis keeps the other core busy, and fewer, larger segments search faster.
_THREADS: Final = 1
# Of a writer's memory, for documents that wait for the indexing thread: more would only be left to do at the end.
_WAITING_SHARE: Final = 0.2
_MOST_WAITING: Final = 24_000_000
_LEAST_HEAP_BYTES: Final = 15_000_000


class TantivyWriter:
    """See `search.engines.base.Writer`."""

    def __init__(self, folder: Path, *, fresh: bool, memory: int) -> None:
        self._folder = folder
        waiting = min(int(memory * _WAITING_SHARE), _MOST_WAITING)
        self._backlog = Backlog(waiting)
        self._index = open_own(folder)
        with writing(folder):
            self._searcher = self._index.searcher()
            heap = max(memory - waiting, _LEAST_HEAP_BYTES)
            self._writer: tantivy.IndexWriter | None = self._index.writer(heap, _THREADS)
            remove_unfinished(folder)
            if has_unneeded_files(folder):  # of a killed process; otherwise they would lie there until a commit
                self._writer.garbage_collect_files()
        self._umask_thread = UmaskThread(folder)  # last: a writer that is refused has no thread to close
        self._columns = {column for column in COLUMNS.values() if has_column(self._index.schema, column)}
        self._changed = False  # since the last commit
        self._new: set[str] | None = (
            set() if fresh else None
        )  # ids of a fresh index: others have no earlier version to delete

    @property
    def _open_writer(self) -> tantivy.IndexWriter:
        if self._writer is None:
            raise EngineError(f"the writer of {self._folder} is closed: open another")
        return self._writer

    def put(self, document: Document) -> None:
        if self._new is None or document.id in self._new:
            self.delete(document.id)
        self.add(document)

    def add(self, document: Document) -> None:
        self._backlog.add(document)
        if self._new is not None:
            self._new.add(document.id)
        self._changed = True
        made = _made(document, self._columns)
        with writing(self._folder):
            self._open_writer.add_document(made)

    def delete(self, id: str) -> None:
        self._changed = True
        with writing(self._folder):
            self._open_writer.delete_documents_by_term("id", index_term("id", id))

    def digests(self, ids: Iterable[str]) -> dict[str, int]:
        return digests(self._folder, self._index.schema, self._searcher, ids)

    def take_rejected(self) -> list[tuple[str, str]]:
        return []  # it takes all

    def commit(self) -> None:
        with writing(self._folder):
            self._open_writer.commit()
            self._backlog.clear()
            retried(self._index.reload)
            self._searcher = self._index.searcher()
        apply_umask(self._folder)
        self._changed = False
        self._new = None

    def close(self) -> None:
        if self._writer is None:
            return
        writer, self._writer = self._writer, None
        # No rollback: a merge may be ending just then, and what the rolled-back writer collects are the merge's files.
        with writing(self._folder):
            try:
                writer.wait_merging_threads()
            finally:
                try:
                    if self._changed:
                        self._collect()
                finally:
                    self._umask_thread.close()

    def _collect(self) -> None:
        """Removes the files of what was not committed: it may be what fills the disk."""
        collector = self._index.writer(_LEAST_HEAP_BYTES, 1)
        collector.garbage_collect_files()
        collector.wait_merging_threads()


def _made(document: Document, columns: Container[str]) -> tantivy.Document:
    """The document as Tantivy takes it. columns: those of `name_numbers.py` that the index has."""
    made = tantivy.Document()
    add = made.add_text
    add("id", document.id)
    for name, text in document.terms.items():
        add(name, text)
    for name, values in document.keywords.items():
        for value in values:
            add(name, value)
    for name, number in document.numbers.items():
        made.add_integer(name, number)
    made.add_integer("digest", document.digest)
    made.add_integer(ID_NUMBER, id_number(document.id))
    for column, number_of_name in numbers_of(document.keywords):
        if column in columns:
            made.add_integer(column, number_of_name)
    made.add_bytes("raw", document.raw)
    return made


def digests(folder: Path, schema: tantivy.Schema, searcher: tantivy.Searcher, ids: Iterable[str]) -> dict[str, int]:
    """Return the digests of those of these articles that the index holds."""
    found: dict[str, int] = {}
    if not searcher.num_docs:
        return found
    with reading(folder):
        for id in ids:
            query = tantivy.Query.term_query(schema, "id", index_term("id", id), "basic")
            hits = searcher.search(query, 1, count=False).hits
            if hits:
                found[id] = cast(int, searcher.fast_field_values("digest", [hits[0][1]])[0])
    return found
