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
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree
from statistics import median
from tempfile import TemporaryDirectory
from time import sleep, time
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import urlopen

from tests.bench.figures import Figure, paired_ratio
from tests.bench.places import ALL_NEWS, index_of, topics
from tests.bench.processes import ROOT, kashaf
from tests.bench.readers import Asked, ask

_READERS = 8
_ROUNDS, _SECONDS = 6, 5.0
_LONG_SECONDS = 60.0
_LEAST_GAIN = 1.6  # times the pages of one process
_HALF_OPEN = 300
_HALF = b"GET / HTTP/1.1\r\nHost: x\r\nX-Half: "
_FOLLOWED_SECONDS = 2.0
_ADDED = "added"  # the id of an article


@dataclass(frozen=True, slots=True)
class _Site:
    process: subprocess.Popen[str]
    port: int

    @property
    def workers(self) -> list[int]:
        """The processes that answer."""
        pid = self.process.pid
        return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()] or [pid]


def measure(rows: int) -> Iterator[Figure]:
    """Pages a second, the tail of the waiting, what half-open connections change, memory, and following."""
    place = Path(os.environ.get("KASHAF_INDEX") or index_of(ALL_NEWS, rows))
    paths = [f"/search?q={quote(topic.query)}" for topic in topics()]
    _go_first()
    with _running(place, 1) as one, _running(place, 2) as two:
        for site in (one, two):
            ask(site.port, paths, readers=_READERS, seconds=_SECONDS)  # nothing is in memory yet
        yield from _compare(one, two, paths)
        yield from _last(two, paths)
        yield from _half_open(one, two, paths)
        yield Figure("memory that a worker has for itself", max(map(_own_memory, two.workers)), "MB", at_most=250)
    yield from _following(place)


def _compare(one: _Site, two: _Site, paths: list[str]) -> Iterator[Figure]:
    rounds = [
        [ask(site.port, paths, readers=_READERS, seconds=_SECONDS) for site in (one, two)] for _ in range(_ROUNDS)
    ]
    assert not any(asked.failures for pair in rounds for asked in pair)
    yield Figure("one process, 8 readers", median(pair[0].rate for pair in rounds), "pages/s")
    yield Figure("two workers, 8 readers", median(pair[1].rate for pair in rounds), "pages/s")
    yield Figure("the readers' own share of a processor", max(pair[1].own for pair in rounds) * 100, "%")
    gain = paired_ratio([(pair[1].rate, pair[0].rate) for pair in rounds])
    yield Figure("two workers : one process", gain, at_least=_LEAST_GAIN)


def _last(site: _Site, paths: list[str]) -> Iterator[Figure]:
    alone = ask(site.port, paths, readers=1, seconds=2 * _SECONDS)
    many = ask(site.port, paths, readers=_READERS, seconds=_LONG_SECONDS)
    yield Figure(f"answers in {_LONG_SECONDS:.0f} s by two workers to 8 readers", len(many.milliseconds), "pages")
    yield Figure("errors among them", len(many.failures), "", at_most=0)
    yield Figure("one reader, 95th percentile", alone.slow, "ms")
    yield Figure("eight readers, 95th percentile", many.slow, "ms")
    yield Figure("eight readers : one", many.slow / alone.slow, at_most=_READERS)


def _half_open(one: _Site, two: _Site, paths: list[str]) -> Iterator[Figure]:
    for name, site in (("one process", one), ("two workers", two)):
        pairs = [_with_and_without(site, paths) for _ in range(3)]
        assert not any(asked.failures for pair in pairs for asked in pair)
        shown = f"{name}, {_HALF_OPEN} half-open connections : none, median"
        yield Figure(
            shown, paired_ratio([(_middle(with_them), _middle(alone)) for with_them, alone in pairs]), at_most=1.3
        )


def _with_and_without(site: _Site, paths: list[str]) -> tuple[Asked, Asked]:
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
        with _running(copied, 2) as site:
            sleep(5)  # what their first readers wait for is worked out
            kashaf("index", added, "--index", copied)
            committed = (copied / "kashaf.json").stat().st_mtime
            waited = [_seen_by(site, worker) - committed for worker in site.workers]
        for number, seconds in enumerate(waited, 1):
            yield Figure(f"worker {number} answers from a new commit after", seconds, "s", at_most=_FOLLOWED_SECONDS)


def _seen_by(site: _Site, worker: int) -> float:
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


@contextmanager
def _running(place: Path, workers: int) -> Iterator[_Site]:
    command = [sys.executable, "-m", "kashaf", "serve", "--index", os.fspath(place), "--port", "0", "--no-access-log"]
    started = subprocess.Popen(
        [*command, "--workers", str(workers)], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    with started as process:
        assert process.stdout is not None
        site = _Site(process, int(process.stdout.readline().rstrip("/\n").rpartition(":")[2]))
        try:
            while len(site.workers) < workers:
                sleep(0.05)
            yield site
        finally:
            process.terminate()


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
