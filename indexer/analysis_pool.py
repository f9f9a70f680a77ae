"""Cleaned articles → their index terms and sketches, in this process or in a pool of subprocesses.

In: batches of cleaned articles. Out: the `Analysed` of each batch, in the order in which the batches were handed over.
`indexer/build.py` opens the pool and `indexer/intake.py` hands batches to it. Analysis is a third of the work of
indexing, and Python runs one thread at a time: so on a machine of two cores or more it gets a process of its own, while
this one reads files and writes the index.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from typing import TYPE_CHECKING, Final, Protocol

from indexer.garbage_collection import collect_infrequently
from search.analysis.analyzer import Analyzer
from search.analysis.batch.batch_analyzer import BatchAnalyzer
from search.article import decode_article
from search.errors import WorkerLost
from search.index.documents import Analysed, analyse_articles
from search.worker_processes import become_worker, cores, ctrl_c_deferred

if TYPE_CHECKING:  # workers need no article cleaning, and importing it would load the date parser
    from indexer.cleaning.clean import Cleaned

LEAST_BYTES: Final = 4_000_000  # of all files: fewer bytes are analysed here before a subprocess would have started
_MOST_WORKERS: Final = 2  # two workers make terms as fast as an engine's writer takes them
# Added to the niceness of a worker: the engine's thread must not fall behind, since a run waits for it at the end.
_NICENESS: Final = 4


class AnalysisPool(Protocol):
    """Analyses batches of articles. `queued_batches`: how many to hand over before waiting for the first result."""

    queued_batches: int

    def analyse(self, batch: Sequence[Cleaned]) -> Callable[[], list[Analysed]]:
        """Hand over a batch and return a function that waits for its result. Both raise WorkerLost."""


@contextmanager
def analysis_pool(analyzer: BatchAnalyzer, lexicon: str | None, *, size: int) -> Iterator[AnalysisPool]:
    """Open a pool for files of `size` bytes in all.

    analyzer  what analyses in this process
    lexicon   the lexicon of that analyser, as `Analyzer.default` takes it: each subprocess loads its own
    """
    workers = min(cores() - 1, _MOST_WORKERS)
    executor = _started_executor(workers, lexicon) if size >= LEAST_BYTES and workers else None
    if executor is None:
        yield _InProcess(analyzer)
        return
    with executor:
        try:
            yield _SubprocessPool(executor, queued_batches=2 * workers + 1)
        except BaseException:
            executor.shutdown(wait=False, cancel_futures=True)
            raise


def _started_executor(workers: int, lexicon: str | None) -> ProcessPoolExecutor | None:
    """Start the workers, which load their tables while the first files are read.

    Returns None where the system cannot make such processes, as without /dev/shm.
    """
    context = get_context("spawn")  # a fork would copy the locks of the engine's threads
    try:
        executor = ProcessPoolExecutor(workers, context, initializer=_start_worker, initargs=(lexicon,))
        with ctrl_c_deferred():
            executor.submit(_do_nothing)
        return executor
    except (ImportError, NotImplementedError, OSError):
        return None


class _InProcess:
    """Analyses each batch in this process, when its result is asked for."""

    queued_batches = 0

    def __init__(self, analyzer: BatchAnalyzer) -> None:
        self._analyzer = analyzer

    def analyse(self, batch: Sequence[Cleaned]) -> Callable[[], list[Analysed]]:
        return lambda: analyse_articles([cleaned.article for cleaned in batch], self._analyzer)


class _SubprocessPool:
    """Sends each batch to a worker process at once."""

    def __init__(self, executor: ProcessPoolExecutor, *, queued_batches: int) -> None:
        self._executor = executor
        self.queued_batches = queued_batches

    def analyse(self, batch: Sequence[Cleaned]) -> Callable[[], list[Analysed]]:
        with _worker_loss_reported(), ctrl_c_deferred():  # submitting may start another worker
            future = self._executor.submit(_analyse, [cleaned.raw for cleaned in batch])

        def wait() -> list[Analysed]:
            with _worker_loss_reported():
                return future.result()

        return wait


@contextmanager
def _worker_loss_reported() -> Iterator[None]:
    """Raise WorkerLost, which names the remedy, where a worker process has ended."""
    try:
        yield
    except BrokenProcessPool as error:
        raise WorkerLost(
            "a process that analyses articles was ended from outside, perhaps for want of memory: run the command again"
        ) from error


_analyzer: BatchAnalyzer | None = None  # set in worker processes only


def _start_worker(lexicon: str | None) -> None:
    """Prepare a worker: it ignores Ctrl-C, has a lower priority than its parent, and ends when the parent ends."""
    global _analyzer
    become_worker()
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    collect_infrequently()
    _analyzer = BatchAnalyzer(Analyzer.default(lexicon))


def _do_nothing() -> None:
    """The first task of an executor, which makes it start its processes."""


def _analyse(raws: Sequence[bytes]) -> list[Analysed]:
    """Analyse articles in a worker. raws: the articles as JSON, as `encode_article` writes them."""
    assert _analyzer is not None
    return analyse_articles([decode_article(raw) for raw in raws], _analyzer)
