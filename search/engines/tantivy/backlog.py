"""How much may wait for Tantivy's indexing thread. Called by `writer.py` for each document.

Tantivy's queue takes 10,000 documents, however large, and tells nobody how many of them wait. So the documents that are
handed over are counted in bytes, and when these are too many, the writer waits until the indexing thread has nothing to
do. That is seen in the state that Linux gives of each thread; elsewhere nothing is waited for.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from search.engines.base import Document

_THREADS: Final = Path("/proc/self/task")
_NAMES: Final = ("thrd-tantivy-in", "docstore-compre")  # the threads that index, as far as the system keeps their names
_ASLEEP: Final = "S"
_PAUSE: Final = 0.003  # seconds between two looks
_LOOKS: Final = 2  # in a row at which all must be asleep: one may be between two threads' turns
_VALUE_BYTES: Final = 80  # of each value in the queue, beside its text


class Backlog:
    """Bounds the bytes of documents that wait. most: how many may."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._bytes = 0

    def add(self, document: Document) -> None:
        """Count a document that is handed over; wait first if too much waits already."""
        size = len(document.raw) + sum(map(len, document.terms.values()))
        size += _VALUE_BYTES * (len(document.terms) + len(document.keywords) + len(document.numbers))
        if self._bytes and self._bytes + size > self._most:
            self._wait()
            self._bytes = 0
        self._bytes += size

    def clear(self) -> None:
        """Nothing waits any more."""
        self._bytes = 0

    def _wait(self) -> None:
        threads = list(_indexing_threads())
        asleep = 0
        while threads and asleep < _LOOKS:
            asleep = asleep + 1 if all(map(_is_asleep, threads)) else 0
            time.sleep(_PAUSE)


def _indexing_threads() -> Iterator[Path]:
    """The threads that index; none where the system does not show threads."""
    with suppress(OSError):
        for thread in _THREADS.iterdir():
            with suppress(OSError):  # it has ended
                if (thread / "comm").read_text().rstrip() in _NAMES:
                    yield thread / "stat"


def _is_asleep(thread: Path) -> bool:
    """Whether a thread waits for something, or has ended."""
    try:
        return thread.read_text().rpartition(")")[2].split(maxsplit=1)[0] == _ASLEEP
    except OSError:
        return True
