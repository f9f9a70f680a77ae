"""All feeds of an index brought up to date, each in a thread, so that a slow host holds up no other.

In: the index directory and its sources that are feeds. Out: a `FeedReport` for each, and articles in files that `index`
reads. Called by the commands, before the lock of the index is taken: others may search and write meanwhile. Ctrl-C ends
all requests at once and keeps what was fetched.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from indexer.fetching.addresses import Resolver, system_resolver
from indexer.fetching.exchange import Limits, Lines
from indexer.fetching.feed_visit import FeedVisit
from indexer.fetching.memory import Memory, open_memory
from indexer.fetching.network import Network
from indexer.fetching.places import TABLE, article_files, remove_lines
from indexer.fetching.report import FeedReport
from indexer.fetching.turns import USUAL_PAUSE, Turns
from indexer.fetching.waiting import Clock, SystemClock
from indexer.fetching.withdrawn_of_feeds import withdrawn_of_feeds
from indexer.generations.storage import storage_errors
from search.errors import IndexBusy
from search.index.source_registry import FETCHED, Registry, Source, fetched_folder, read_registry
from search.storage.atomic_files import make_folder, remove_aside, remove_folder
from search.storage.run_lock import run_lock

Done = Callable[[FeedReport, int, int], None]

FULL_TEXT: Final = "full_text"  # the option of a feed whose pages are fetched, as is usual
MOST_SECONDS: Final = 600.0  # of one run; what is not fetched by then waits for the next one
_THREADS: Final = 8
_PATIENCE: Final = 3.0  # seconds in which threads end that were told to


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """How a run fetches.

    ask_now  asks also what failed a short while ago, or is gone
    contact  told to hosts, as in `Network`
    seconds  how long the run may take
    pause    seconds between two requests to one host
    """

    ask_now: bool = False
    contact: str = ""
    seconds: float = MOST_SECONDS
    pause: float = USUAL_PAUSE
    limits: Limits = field(default_factory=Limits)
    resolve: Resolver = system_resolver


USUAL_FETCHING: Final = FetchOptions()


def fetch_feeds(
    index: Path,
    feeds: Sequence[Source],
    options: FetchOptions = USUAL_FETCHING,
    *,
    clock: Clock | None = None,
    lines: Lines | None = None,
    done: Done = lambda report, number, total: None,
) -> list[FeedReport]:
    """Bring these feeds up to date; the reports come in their order.

    lines: by which another thread may end the requests; it stops the clock, too. done: told of each feed when it is
    done, how many are done by then, and of how many. Raises IndexBusy where another process fetches for
    this index, other IndexStateErrors and StorageFull; what was fetched by then is kept.
    """
    if not feeds:
        return []
    clock = clock or SystemClock()
    table = index / FETCHED / TABLE
    with storage_errors(index):
        make_folder(table.parent)
        with run_lock(table, busy=_busy(index)), open_memory(index) as memory:
            network = network_of(memory, options, clock, lines)
            withdrawn = withdrawn_of_feeds(index, feeds)
            addresses = frozenset(feed.location for feed in feeds)
            visits = [
                FeedVisit(
                    network,
                    memory,
                    feed.location,
                    fetched_folder(index, feed),
                    full_text=feed.options.get(FULL_TEXT) is not False,
                    withdrawn=withdrawn[feed.number],
                    others=addresses - {feed.location},
                    report=FeedReport(feed.location),
                )
                for feed in feeds
            ]
            _run(visits, network, done)
            return [visit.report for visit in visits]


@contextmanager
def nobody_fetching(index: Path) -> Iterator[None]:
    """Keep all processes from fetching for this index within the block. Raises IndexBusy where one does."""
    table = index / FETCHED / TABLE
    with run_lock(table, busy=_busy(index)) if table.parent.is_dir() else nullcontext():
        yield


def forget_articles(index: Path, ids: Collection[str], *, of_feeds: Mapping[int, Collection[str]] = {}) -> int:
    """Remove articles from what was fetched, so that none of their bytes is left; return how many lines went.

    ids: of articles of whichever feed. of_feeds: number of a feed → ids of articles of this feed alone, where others
    give the same ids to other articles. For who purges, within `nobody_fetching`: what is only withdrawn is left out
    when it is read. Raises IndexStateErrors and StorageFull.
    """
    table = index / FETCHED / TABLE
    if not table.parent.is_dir():
        return 0
    with storage_errors(index), open_memory(index) as memory:
        memory.forget_articles(ids)
        for feed in (read_registry(index) or Registry()).sources:
            memory.forget_articles(of_feeds.get(feed.number, ()), feed=feed.location)
        own = {str(number): given for number, given in of_feeds.items()}
        gone = {folder: {*ids, *own.get(folder.name, ())} for folder in table.parent.iterdir() if folder.is_dir()}
        return sum(remove_lines(path, given) for folder, given in gone.items() for path in _files_alone(folder))


def forget_feeds(index: Path, feeds: Sequence[Source]) -> None:
    """Remove what was fetched from feeds and all that is known of them, within `nobody_fetching`.

    For who has removed their articles from the index: what was fetched is nowhere else. Raises IndexStateErrors and
    StorageFull.
    """
    if not (index / FETCHED).is_dir():
        return
    with storage_errors(index), open_memory(index) as memory:
        for feed in feeds:
            memory.forget_feed(feed.location)
            if (folder := fetched_folder(index, feed)).is_dir():
                remove_folder(folder)


def _files_alone(folder: Path) -> list[Path]:
    """The files of articles in the folder of a feed, once what a killed run was writing beside them is removed."""
    remove_aside(folder)
    return article_files(folder)


def _busy(index: Path) -> IndexBusy:
    return IndexBusy(f"another kashaf fetches the feeds of index {index}: wait until it is done, or --no-fetch")


def network_of(memory: Memory, options: FetchOptions, clock: Clock, lines: Lines | None = None) -> Network:
    """Return the network of one run."""
    turns = Turns(clock, until=clock.now() + options.seconds, pause=options.pause)
    return Network(
        clock,
        turns,
        memory,
        contact=options.contact,
        ask_now=options.ask_now,
        resolve=options.resolve,
        limits=options.limits,
        lines=lines or Lines(),
    )


def _run(visits: Sequence[FeedVisit], network: Network, done: Done) -> None:
    """Runs the visits in threads. Raises the first failure of any, when all have ended."""
    to_do: queue.SimpleQueue[FeedVisit] = queue.SimpleQueue()
    ended: queue.SimpleQueue[FeedReport | BaseException] = queue.SimpleQueue()
    for visit in visits:
        to_do.put(visit)
    names = range(min(_THREADS, len(visits)))
    threads = [threading.Thread(target=_work, args=(to_do, ended), name=f"feeds-{n}", daemon=True) for n in names]
    try:
        for thread in threads:
            thread.start()
        for number in range(1, len(visits) + 1):
            came = ended.get()
            if isinstance(came, BaseException):
                raise came
            done(came, number, len(visits))
    finally:
        network.clock.stop()  # nobody waits any more: all have ended, or are to
        network.lines.end_all()
        for thread in threads:
            thread.join(_PATIENCE)


def _work(to_do: queue.SimpleQueue[FeedVisit], ended: queue.SimpleQueue[FeedReport | BaseException]) -> None:
    while True:
        try:
            visit = to_do.get_nowait()
        except queue.Empty:
            return
        try:
            ended.put(visit.run())
        except BaseException as failure:  # whatever it is, the main thread raises it
            ended.put(failure)
