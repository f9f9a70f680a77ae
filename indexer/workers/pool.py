"""Files of the sources → batches of what is in them, in the order of the files, by this process or by several.

`indexer/ingestion.py` opens a pool and takes its batches. The files are divided into groups, small files together and
large ones in parts, which depends on nothing but the files; each group is read by one process, and its batches are
taken when all groups before it are done. So neither the number of processes nor their speed changes what comes, or in
which order.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Final, Protocol

from indexer.generations.growing_generation import GrowingGeneration
from indexer.memory import Shares
from indexer.sources import SourceEntry, Sources
from indexer.workers.beginning import LEAST_BYTES, Begun
from indexer.workers.grouping import Groups, grouped
from indexer.workers.joining import Joining
from indexer.workers.prepared import Batch
from indexer.workers.preparing import FilePart, Preparing
from indexer.workers.processes import Group, Lost, Worker, start_worker
from indexer.workers.worker import Setup
from search.errors import WorkerLost

_MOST_WAITING: Final = 1_000  # groups, so that of millions of unchanged files few are held
_LOOK_SECONDS: Final = 2.0  # without a batch, after which whoever waits for one may look at the clock
NOTHING_YET: Final = Batch([], 0, 0, False)
_MOST_DEATHS: Final = 2  # of workers over one file, or one part of it
_ENOUGH_BYTES: Final = 4_000_000  # of files that each worker has to read before another is started


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
        self._joining = Joining()
        self._deaths = Counter[tuple[str, int]]()  # by file, and where the part of it begins

    def batches(self, entries: Iterable[SourceEntry]) -> Iterator[Batch]:
        """See `Pool`."""
        groups = Groups(entries)
        while True:
            self._give(groups)
            if not self._waiting:
                groups.raise_failure()
                for worker in self._workers:  # while the engine writes what is left
                    worker.end()
                return
            first = self._waiting[0]
            if isinstance(first, Batch):
                self._waiting.popleft()
                yield first
                continue
            number, group = first
            while not self._workers[number].has_sent(_LOOK_SECONDS):
                yield NOTHING_YET
            rest = group.rest()
            try:
                batch = self._workers[number].receive()
            except Lost:
                self._count_death(rest)
                self._replace(number, group, rest)
                continue
            if rest[0].part is not None:
                if unpacked := self._joining.rest_unpacking_too_much(rest[0], batch):
                    self._replace(number, group, [unpacked])
                    continue
                batch = self._joining.joined(rest[0], batch)
            if batch.whole:
                self._waiting.popleft()
            yield batch

    def _give(self, groups: Groups) -> None:
        """Give groups to the workers that have little to do."""
        while len(self._waiting) < _MOST_WAITING:
            number, worker = min(enumerate(self._workers), key=lambda each: (not each[1].takes_more, each[1].size))
            busy, is_all = not worker.takes_more, len(self._workers) >= self._most
            if (busy and is_all) or (group := groups.next()) is None:
                return
            if isinstance(group, Batch):
                self._waiting.append(group)
                continue
            if (busy or worker.size >= _ENOUGH_BYTES) and not is_all:
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

    def _count_death(self, rest: Sequence[FilePart]) -> None:
        """A worker was lost over the rest of a group. Raises WorkerLost over a file that ends each."""
        if len(rest) == 1:
            file, part = rest[0].file, rest[0].part
            place = file.path, part.begin if part else 0
            self._deaths[place] += 1
            if self._deaths[place] >= _MOST_DEATHS:
                raise WorkerLost(
                    f"processes that read {file.location} were ended from outside, perhaps for want of memory: "
                    "run the command again with fewer --jobs, or without that file"
                )

    def _replace(self, number: int, group: Group, rest: Sequence[FilePart]) -> None:
        """Have a new worker read the rest of a group, file by file, and what else the one before had to read."""
        lost = self._workers[number]
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
