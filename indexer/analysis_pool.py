"""Articles → their index terms and sketches: in this process, or for a large archive in others beside it.

In: cleaned articles, a batch at a time. Out: what analysis makes of them, in the order in which batches were handed
over. Called by `indexer/intake.py`. Analysis is a third of the work of indexing, and Python runs one thread at a time;
so where there are two cores it gets a process of its own while this one reads and writes.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import connection, get_context, parent_process
from typing import TYPE_CHECKING, Final, Protocol

from indexer.garbage_collection import collect_seldom
from search.analysis.analyzer import Analyzer
from search.analysis.batch.batch_analyzer import BatchAnalyzer
from search.article import decode_article
from search.errors import WorkerLost
from search.index.documents import Analysed, analyse_articles

if TYPE_CHECKING:  # worker processes do without the reading of dates
    from indexer.cleaning.clean import Cleaned

WORTH_A_PROCESS: Final = 4_000_000  # bytes of files: less is done before another process has started
_MOST_WORKERS: Final = 2  # two keep an engine's writer busy
_GIVES_WAY: Final = 4  # steps of niceness: what piles up before the engine's thread is done last, and alone


class Analysis(Protocol):
    """Where articles are analysed. `ahead`: how many batches to hand over before asking for the first result."""

    ahead: int

    def analyse(self, batch: Sequence[Cleaned]) -> Callable[[], list[Analysed]]:
        """Hand over a batch; the function returned waits for what comes of it. Raises WorkerLost."""


@contextmanager
def analysis(analyzer: BatchAnalyzer, lexicon: str | None, *, size: int) -> Iterator[Analysis]:
    """Analysis by this analyser, whose lexicon is as `Analyzer.default` takes it, of files of so many bytes."""
    workers = min(_cores() - 1, _MOST_WORKERS)
    pool = _pool(workers, lexicon) if size >= WORTH_A_PROCESS and workers else None
    if pool is None:
        yield _Here(analyzer)
        return
    with pool:
        try:
            yield _Beside(pool, ahead=2 * workers + 1)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _pool(workers: int, lexicon: str | None) -> ProcessPoolExecutor | None:
    """Processes that start while the first articles are read; None where the system lets none be made (no /dev/shm)."""
    context = get_context("spawn")  # a fork would copy the locks of the engine's threads
    try:
        pool = ProcessPoolExecutor(workers, context, initializer=_start, initargs=(lexicon,))
        with _ctrl_c_waits():
            pool.submit(_begin)
        return pool
    except (ImportError, NotImplementedError, OSError):
        return None


@contextmanager
def _ctrl_c_waits() -> Iterator[None]:
    """Ctrl-C ends this process after the block, and none that is started in it: what is blocked is inherited.

    A process whose start is broken off, or that does not ignore the signal yet, would print a traceback.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "pthread_sigmask"):
        yield
        return
    pressed: list[int] = []
    usual = signal.signal(signal.SIGINT, lambda number, _: pressed.append(number))
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        signal.signal(signal.SIGINT, usual)
        if pressed:
            signal.raise_signal(signal.SIGINT)


class _Here:
    """Analysis in this process."""

    ahead = 0

    def __init__(self, analyzer: BatchAnalyzer) -> None:
        self._analyzer = analyzer

    def analyse(self, batch: Sequence[Cleaned]) -> Callable[[], list[Analysed]]:
        return lambda: analyse_articles([cleaned.article for cleaned in batch], self._analyzer)


class _Beside:
    """Analysis in other processes."""

    def __init__(self, pool: ProcessPoolExecutor, *, ahead: int) -> None:
        self._pool = pool
        self.ahead = ahead

    def analyse(self, batch: Sequence[Cleaned]) -> Callable[[], list[Analysed]]:
        with _loss_told(), _ctrl_c_waits():  # a pool starts a process when there is work for one more
            future = self._pool.submit(_analyse, [cleaned.raw for cleaned in batch])

        def wait() -> list[Analysed]:
            with _loss_told():
                return future.result()

        return wait


@contextmanager
def _loss_told() -> Iterator[None]:
    try:
        yield
    except BrokenProcessPool as error:
        raise WorkerLost(
            "a process that analyses articles was ended from outside, perhaps for want of memory: run the command again"
        ) from error


def _cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


_analyzer: BatchAnalyzer | None = None  # of a worker process


def _start(lexicon: str | None) -> None:
    """Prepares a worker: it leaves Ctrl-C to its parent, gives way to it, and goes when the parent was killed."""
    global _analyzer
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(_GIVES_WAY)
    collect_seldom()
    threading.Thread(target=_go_with_the_parent, daemon=True).start()
    _analyzer = BatchAnalyzer(Analyzer.default(lexicon))


def _go_with_the_parent() -> None:
    parent = parent_process()
    assert parent is not None
    connection.wait([parent.sentinel])
    os._exit(1)


def _begin() -> None:
    """The first work of a pool, which starts its processes."""


def _analyse(raws: Sequence[bytes]) -> list[Analysed]:
    assert _analyzer is not None
    return analyse_articles([decode_article(raw) for raw in raws], _analyzer)
