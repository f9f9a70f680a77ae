"""Searches the rows of a list one after another, in this process or in several.

In: the rows, a service over one open index, and what to write of each. Out: a `RowResult` for each row, in order.
Called by `search/lists/running.py`. A row is searched once for its hits and once for its counts, as a reader would with
`kashaf search`; another reading never replaces a query that finds nothing.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from math import inf
from multiprocessing import get_context
from typing import Final

from search.budget import Budget
from search.errors import IndexStateError, WorkerLost
from search.limits import LARGEST_PAGE
from search.lists.as_csv import count_lines, hit_lines
from search.lists.rows import ListRow
from search.pages.permalinks import permalinks
from search.pages.records import Hit, SearchRequest
from search.service import SearchService
from search.settings import Settings
from search.worker_processes import become_worker, ctrl_c_deferred

_AHEAD: Final = 4  # rows that each process has waiting


@dataclass(frozen=True, slots=True)
class RowOptions:
    """What is written of a row.

    limit     hits at most
    by        what counts are by
    language  of notes, "ar" or "en"
    site      where the archive's own pages are reached; "": nowhere
    """

    limit: int
    by: str
    language: str = "ar"
    site: str = ""


@dataclass(frozen=True, slots=True)
class RowResult:
    """What was found for a row: its lines of both tables, and how many articles match; None: it was not searched."""

    hits: str
    counts: str
    total: int | None


def search_row(service: SearchService, options: RowOptions, row: ListRow) -> RowResult:
    """Search one row, with all the time that it takes."""
    if row.request is None:
        return RowResult("", count_lines(row, None, options.by, options.language), None)
    found = service.count_by(row.request, options.by, Budget(inf))
    hits = _hits(service, row.request, options.limit) if found.total and options.limit else ()
    lines = hit_lines(row, hits, permalinks(options.site))
    return RowResult(lines, count_lines(row, found, options.by, options.language), found.total)


def _hits(service: SearchService, request: SearchRequest, limit: int) -> Iterable[Hit]:
    if limit <= LARGEST_PAGE:
        return service.search(replace(request, limit=limit), Budget(inf)).hits
    return (listed.hit for listed in service.all_hits(request, limit=limit, snippets=True, budget=Budget(inf)))


@contextmanager
def row_search(
    service: SearchService, settings: Settings, options: RowOptions, *, jobs: int
) -> Iterator[Callable[[Iterable[ListRow]], Iterator[RowResult]]]:
    """Give the function that searches rows: in this process, or in `jobs` others, which open the same index."""
    if jobs < 2:
        yield partial(map, partial(search_row, service, options))
        return
    begin = (settings, options, service.index.stamp)
    executor = ProcessPoolExecutor(jobs, get_context("spawn"), initializer=_start, initargs=begin)
    try:
        yield partial(_in_processes, executor, jobs)
    finally:
        executor.shutdown(wait=False, cancel_futures=True)


def _in_processes(executor: ProcessPoolExecutor, jobs: int, rows: Iterable[ListRow]) -> Iterator[RowResult]:
    """Yield the results in order, while further rows are searched."""
    waiting: deque[Future[RowResult]] = deque()
    try:
        for row in rows:
            with ctrl_c_deferred():  # submitting may start another process
                waiting.append(executor.submit(_search, row))
            if len(waiting) > jobs * _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool as error:
        raise WorkerLost(
            "a process that searches was ended from outside, perhaps for want of memory: the same command goes on"
        ) from error


_worker: tuple[SearchService, RowOptions, object] | None = None  # set in worker processes only


def _start(settings: Settings, options: RowOptions, stamp: object) -> None:
    """Open the index in a worker, which leaves Ctrl-C to its parent."""
    global _worker
    become_worker()
    _worker = (SearchService.open(settings).fixed(), options, stamp)


def _search(row: ListRow) -> RowResult:
    assert _worker is not None
    service, options, stamp = _worker
    if service.index.stamp != stamp:
        raise IndexStateError(f"index {service.index.directory.path} has changed just now: run the command again")
    return search_row(service, options, row)
