"""Files of the sources → batches of what is in them, in the order of the files, by this process or by several.

`indexer/ingestion.py` opens a pool and takes its batches. The files are divided into groups, which depends on nothing
but the files; each group is read by one process, and its batches are taken when all groups before it are done. So
neither the number of processes nor their speed changes what comes, or in which order.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Final, Protocol

from indexer.generations.growing_generation import GrowingGeneration
from indexer.memory import Shares
from indexer.sources import LeftUnread, SourceEntry, SourceFile, Sources, size_of
from indexer.workers.beginning import LEAST_BYTES, Begun
from indexer.workers.prepared import Batch, Begins
from indexer.workers.preparing import FilePart, Preparing
from indexer.workers.processes import Group, Lost, Worker, start_worker
from indexer.workers.worker import Setup
from search.errors import SourceError, WorkerLost

GROUP_BYTES: Final = 1_000_000  # of files that are read together; a larger one is read alone
_GROUP_FILES: Final = 256
_MOST_WAITING: Final = 1_000  # groups, so that of millions of unchanged files few are held
_LOOK_SECONDS: Final = 2.0  # without a batch, after which whoever waits for one may look at the clock
NOTHING_YET: Final = Batch([], 0, 0, False)
_MOST_DEATHS: Final = 2  # of workers over one file


class Pool(Protocol):
    """Prepares files in one process or several."""

    def batches(self, entries: Iterable[SourceEntry]) -> Iterator[Batch]:
        """Give what is in the files, in their order, and now and then nothing. Raises SourceError and WorkerLost."""


class PoolHere:
    """Prepares files in this process."""

    def __init__(self, preparing: Preparing) -> None:
        self._preparing = preparing

    def batches(self, entries: Iterable[SourceEntry]) -> Iterator[Batch]:
        """See `Pool`."""
        for group in grouped(entries):
            if isinstance(group, Batch):
                yield group
            else:
                yield from self._preparing.batches(group.entries)


@contextmanager
def workers_for(
    sources: Sources, generation: GrowingGeneration, shares: Shares, *, fresh: bool, begun: Begun | None = None
) -> Iterator[WorkerPool | None]:
    """Start the workers of a run, which end with the block. None where one process does the work as well, or must.

    begun: the first of them, where it has been started.
    """
    if not shares.workers or sources.size_to_read(LEAST_BYTES) < LEAST_BYTES:
        yield None
        return
    manifest, folder = generation.manifest, None if fresh else generation.folder
    with worker_pool(shares.workers, Setup(manifest.lexicon, manifest.engine, folder, shares.queue), begun) as pool:
        yield pool


@contextmanager
def worker_pool(most: int, setup: Setup, begun: Begun | None = None) -> Iterator[WorkerPool | None]:
    """Start a worker process; up to `most` are there as they are needed, and end with the block.

    None where the system cannot make any.
    """
    workers: list[Worker] = []
    try:
        with suppress(ImportError, NotImplementedError, OSError):
            workers.append(start_worker(setup, begun) if begun else start_worker(setup))
        yield WorkerPool(workers, lambda: start_worker(setup), most=most) if workers else None
    finally:
        for worker in workers:
            worker.end()
        for worker in workers:
            worker.join()


class WorkerPool:
    """Has worker processes prepare files.

    workers  one at least; others are added
    start    makes another one, when there is work for it, or in place of one that is lost
    most     how many there may be
    """

    def __init__(self, workers: list[Worker], start: Callable[[], Worker], *, most: int) -> None:
        self._workers = workers
        self._start = start
        self._most = most
        # Groups in order, each with the number of the worker that has it; and what no worker need look at.
        self._waiting = deque[tuple[int, Group] | Batch]()
        self._deaths = Counter[str]()  # by file

    def batches(self, entries: Iterable[SourceEntry]) -> Iterator[Batch]:
        """See `Pool`."""
        groups = _Groups(entries)
        while True:
            self._give(groups)
            if not self._waiting:
                groups.raise_failure()
                return
            first = self._waiting[0]
            if isinstance(first, Batch):
                self._waiting.popleft()
                yield first
                continue
            number, group = first
            while not self._workers[number].has_sent(_LOOK_SECONDS):
                yield NOTHING_YET
            try:
                batch = self._workers[number].receive()
            except Lost:
                self._replace(number, group)
                continue
            if batch.whole:
                self._waiting.popleft()
            yield batch

    def _give(self, groups: _Groups) -> None:
        """Give groups to the workers that have little to do."""
        while len(self._waiting) < _MOST_WAITING:
            number, worker = min(enumerate(self._workers), key=lambda each: (not each[1].takes_more, each[1].size))
            busy = not worker.takes_more
            if (busy and len(self._workers) >= self._most) or (group := groups.next()) is None:
                return
            if isinstance(group, Batch):
                self._waiting.append(group)
                continue
            if busy:
                number, worker = self._one_more() or (number, worker)
            worker.give(group)
            self._waiting.append((number, group))

    def _one_more(self) -> tuple[int, Worker] | None:
        """Another worker with its number; None where the system cannot make it, as it will not later."""
        try:
            self._workers.append(self._start())
        except (ImportError, NotImplementedError, OSError):
            self._most = len(self._workers)
            return None
        return len(self._workers) - 1, self._workers[-1]

    def _replace(self, number: int, group: Group) -> None:
        """Have a new worker go on where one was lost, file by file. Raises WorkerLost over a file that ends each."""
        lost = self._workers[number]
        rest = group.rest()
        if len(rest) == 1:
            self._deaths[rest[0].file.path] += 1
            if self._deaths[rest[0].file.path] >= _MOST_DEATHS:
                raise WorkerLost(
                    f"processes that read {rest[0].file.location} were ended from outside, perhaps for want of memory: "
                    "run the command again with fewer --jobs, or without that file"
                )
        lost.end()
        lost.join()
        try:
            worker = self._workers[number] = self._start()
        except (ImportError, NotImplementedError, OSError) as error:
            raise WorkerLost(
                "a process that reads and analyses files was ended from outside, and no other can be started "
                f"({error}): run the command again with --jobs 1"
            ) from error
        worker.careful = True
        singly = [Group([entry], 0) for entry in rest]
        self._waiting.popleft()
        self._waiting.extendleft((number, single) for single in reversed(singly))
        for again in (*singly, *(other for other in lost.groups if other is not group)):
            again.sent = False
            worker.give(again)


class _Groups:
    """The groups of files, one after another; what ends the walk is raised when all before it was taken."""

    def __init__(self, entries: Iterable[SourceEntry]) -> None:
        self._groups = grouped(entries)
        self._failure: SourceError | None = None

    def next(self) -> Group | Batch | None:
        try:
            return next(self._groups, None)
        except SourceError as error:
            self._failure = error
            return None

    def raise_failure(self) -> None:
        if self._failure:
            raise self._failure


def grouped(entries: Iterable[SourceEntry]) -> Iterator[Group | Batch]:
    """Divide files into groups: a large one alone, small ones together; what is said instead of files is a batch.

    An error of the walk comes after what was found before it.
    """
    files, told = Group([], 0), Batch([Begins("")], 0, 0, True)
    iterator = iter(entries)
    failure: SourceError | None = None
    while True:
        try:
            entry = next(iterator, None)
        except SourceError as error:
            entry, failure = None, error
        is_file = isinstance(entry, SourceFile)
        size = size_of(entry.path) if isinstance(entry, SourceFile) else 0
        if files.entries and (not is_file or files.size + size > GROUP_BYTES or len(files.entries) >= _GROUP_FILES):
            yield files
            files = Group([], 0)
        if len(told.read) > 1 and (entry is None or is_file or len(told.read) > _GROUP_FILES):
            yield told
            told = Batch([Begins("")], 0, 0, True)
        if entry is None:
            break
        if isinstance(entry, SourceFile):
            files.entries.append(FilePart(entry))
            files.size += size
        else:
            told.read.append(entry)
            told = told._replace(bytes=told.bytes + (entry.size if isinstance(entry, LeftUnread) else 0))
    if failure:
        raise failure
