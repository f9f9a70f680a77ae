"""A site under load on loopback: headlines of real news as queries, whole HTML pages as answers.

Over the index that KASHAF_INDEX names, else one of all news. One process and two are asked in turn, in short rounds,
and the median of the ratios is told: a busy moment slows both. Readers ask again as soon as they are answered. Run as
root, the sites and the readers go before whatever else the machine does, since two processes that get one processor
show nothing.
"""

from __future__ import annotations

import json
import os
import signal
import socket
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from shutil import copytree
from statistics import median
from tempfile import TemporaryDirectory
from time import sleep, time
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import urlopen

from tests.bench.checkouts import HERE, beside
from tests.bench.figures import Figure, paired_ratio
from tests.bench.places import ALL_NEWS, index_of, other_headlines, topics
from tests.bench.processes import kashaf
from tests.bench.readers import Asked, ask
from tests.bench.sites import Site, running

_READERS = 8
_ROUNDS, _SECONDS = 6, 5.0
_LONG_SECONDS = 60.0
_LEAST_GAIN = 1.6  # times the pages of one process
_GAIN = 1.5  # times the pages of a checkout of 98360b0, from before issue 18
_TURNS = 7
_HALF_OPEN = 300
_HALF = b"GET / HTTP/1.1\r\nHost: x\r\nX-Half: "
_FOLLOWED_SECONDS = 2.0
_ADDED = "added"  # the id of an article


def measure(rows: int) -> Iterator[Figure]:
    """Pages a second, the tail of the waiting, what half-open connections change, memory, and following."""
    place = Path(os.environ.get("KASHAF_INDEX") or index_of(ALL_NEWS, rows))
    paths = [_search(topic.query) for topic in topics()]
    _go_first()
    with running(HERE, place, 1) as one, running(HERE, place, 2) as two:
        for site in (one, two):
            ask(site.port, paths, readers=_READERS, seconds=_SECONDS)  # nothing is in memory yet
        yield from _compare(one, two, paths)
        yield from _last(two, paths)
        yield from _half_open(one, two, paths)
        yield Figure("memory that a worker has for itself", max(map(_own_memory, two.workers)), "MB", at_most=250)
    yield from _following(place)
    yield from _beside(rows)


def _compare(one: Site, two: Site, paths: list[str]) -> Iterator[Figure]:
    rounds = [
        [ask(site.port, paths, readers=_READERS, seconds=_SECONDS) for site in (one, two)] for _ in range(_ROUNDS)
    ]
    assert not any(asked.failures for pair in rounds for asked in pair)
    yield Figure("one process, 8 readers", median(pair[0].rate for pair in rounds), "pages/s")
    yield Figure("two workers, 8 readers", median(pair[1].rate for pair in rounds), "pages/s")
    yield Figure("the readers' own share of a processor", max(pair[1].own for pair in rounds) * 100, "%")
    gain = paired_ratio([(pair[1].rate, pair[0].rate) for pair in rounds])
    yield Figure("two workers : one process", gain, at_least=_LEAST_GAIN)


def _last(site: Site, paths: list[str]) -> Iterator[Figure]:
    alone = ask(site.port, paths, readers=1, seconds=2 * _SECONDS)
    many = ask(site.port, paths, readers=_READERS, seconds=_LONG_SECONDS)
    yield Figure(f"answers in {_LONG_SECONDS:.0f} s by two workers to 8 readers", len(many.milliseconds), "pages")
    yield Figure("errors among them", len(many.failures), "", at_most=0)
    yield Figure("one reader, 95th percentile", alone.slow, "ms")
    yield Figure("eight readers, 95th percentile", many.slow, "ms")
    yield Figure("eight readers : one", many.slow / alone.slow, at_most=_READERS)


def _beside(rows: int) -> Iterator[Figure]:
    """Pages a second beside those of another checkout, a minute for each, in turn; no headline is asked for twice."""
    if not (other := beside()):
        return
    checkouts = (HERE, other)
    with ExitStack() as opened:
        sites = [opened.enter_context(running(each, each.index_of(ALL_NEWS, rows), 2)) for each in checkouts]
        asked = [(site, map(_search, other_headlines())) for site in sites]
        turns = [_turn(asked, turn) for turn in range(_TURNS + 1)][1:]  # the first warms
    yield Figure("errors beside another checkout", sum(len(each.failures) for pair in turns for each in pair), "", 0)
    for name, rates in zip(("ours", "the other's"), zip(*turns, strict=True), strict=True):
        yield Figure(f"two workers, 8 readers, {name}", median(each.rate for each in rates), "pages/s")
    rate = paired_ratio([(ours.rate, theirs.rate) for ours, theirs in turns])
    yield Figure("pages a second: ours : the other's", rate, at_least=_GAIN)


def _turn(sites: Sequence[tuple[Site, Iterator[str]]], turn: int) -> list[Asked]:
    """What the readers of each site get, one site after the other, of which another is the first in the next turn."""
    found = [
        ask(site.port, paths, readers=_READERS, seconds=_LONG_SECONDS / _TURNS)
        for site, paths in (reversed(sites) if turn % 2 else sites)
    ]
    return found[::-1] if turn % 2 else found


def _search(query: str) -> str:
    return f"/search?q={quote(query)}"


def _half_open(one: Site, two: Site, paths: list[str]) -> Iterator[Figure]:
    for name, site in (("one process", one), ("two workers", two)):
        pairs = [_with_and_without(site, paths) for _ in range(3)]
        assert not any(asked.failures for pair in pairs for asked in pair)
        shown = f"{name}, {_HALF_OPEN} half-open connections : none, median"
        yield Figure(
            shown, paired_ratio([(_middle(with_them), _middle(alone)) for with_them, alone in pairs]), at_most=1.3
        )


def _with_and_without(site: Site, paths: list[str]) -> tuple[Asked, Asked]:
    alone = ask(site.port, paths, readers=1, seconds=_SECONDS)
    with ExitStack() as stack:
        for _ in range(_HALF_OPEN):
            made = stack.enter_context(socket.create_connection(("127.0.0.1", site.port)))
            made.sendall(_HALF)
        return ask(site.port, paths, readers=1, seconds=_SECONDS), alone


def _following(place: Path) -> Iterator[Figure]:
    """How long after a commit each worker answers from it."""
    with TemporaryDirectory() as folder:
        copied = copytree(place, Path(folder) / "index")
        added = Path(folder) / "added.jsonl"
        added.write_text(json.dumps({"id": _ADDED, "title": "عنوان", "body": "خبر جديد"}), encoding="utf-8")
        with running(HERE, copied, 2) as site:
            sleep(5)  # what their first readers wait for is worked out
            kashaf("index", added, "--index", copied)
            committed = (copied / "kashaf.json").stat().st_mtime
            waited = [_seen_by(site, worker) - committed for worker in site.workers]
        for number, seconds in enumerate(waited, 1):
            yield Figure(f"worker {number} answers from a new commit after", seconds, "s", at_most=_FOLLOWED_SECONDS)


def _seen_by(site: Site, worker: int) -> float:
    """The moment at which this worker has the article."""
    others = [each for each in site.workers if each != worker]
    for other in others:
        os.kill(other, signal.SIGSTOP)
    try:
        for _ in range(500):
            with suppress(HTTPError), urlopen(f"http://127.0.0.1:{site.port}/article/{_ADDED}", timeout=60):
                return time()
            sleep(0.02)
    finally:
        for other in others:
            os.kill(other, signal.SIGCONT)
    raise RuntimeError(f"worker {worker} does not follow")


def _go_first() -> None:
    """Lets this session, and so all that it starts, go first: Linux shares processors between sessions."""
    with suppress(OSError):
        Path("/proc/self/autogroup").write_text("-20")
        os.nice(-20)


def _own_memory(pid: int) -> float:
    """Megabytes that no other process has: written, or read by it alone."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_Dirty")) / 1024


def _middle(asked: Asked) -> float:
    return median(asked.milliseconds)
