"""The moments at which a run is killed, and the functions that have a process kill itself there.

A process counts what it does to files (Python tells of each by an audit event), or the calls of one of its functions,
and kills itself at a number that was drawn before: so a moment can be repeated, and the machine's load changes nothing.
What Python is not told of, the work of the engine in its threads, is met by a moment of time. `trials.py` draws moments
and names `prepare` to the process that is to die.
"""

from __future__ import annotations

import atexit
import os
import random
import signal
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from indexer.fetching import waiting
from indexer.workers import pool
from tests.indexer import stopping

_TOLD: Final = (  # names of audit events
    "open os.rename os.remove os.mkdir os.rmdir os.listdir os.scandir os.truncate os.chmod shutil.rmtree "
    "shutil.copyfile sqlite3.connect socket.connect"
)
_EVENTS: Final = frozenset(_TOLD.split())
_QUIET: Final = ("/proc/", "/sys/", "/usr/", "/dev/null", "/dev/urandom")
_STEPS: Final = (  # around a commit
    ("search.engines.tantivy.engine", "TantivyWriter.commit"),
    ("indexer.origins.origins", "Origins.commit"),
    ("indexer.generations.growing_generation", "record"),
    ("search.index.directory", "IndexDirectory.write"),
    ("indexer.origins.current", "_remove"),
    ("search.engines.tantivy.engine", "TantivyWriter.close"),
    ("pathlib", "Path.replace"),
)


@dataclass(frozen=True, slots=True)
class Moment:
    """When a process is killed, and which processes with it.

    kind    "event": after so many events; "swap": after so many since the manifest was begun to be replaced; "seconds":
            after so long; or the name of a function, before or after a call
    number  of the event or the call
    whom    "main", "group" (all processes of the run) or "worker" (one of those that read)
    """

    kind: str
    number: float
    whom: str
    module: str = ""
    when: str = ""

    def __str__(self) -> str:
        at = f"{self.when} {self.kind} {self.number:g}" if self.module else f"{self.kind} {self.number:g}"
        return f"{self.whom} at {at}"


def draw(chance: random.Random, *, events: int, in_swap: int, seconds: float, swap: bool, workers: bool) -> Moment:
    """Draw a moment of a run that has so many events, the last `in_swap` of them in the swap, and takes so long."""
    whom = chance.choice(("main", "group"))
    if swap:
        return Moment("swap", chance.randint(1, in_swap), whom)
    kind = chance.choice(("event", "event", "step", "seconds"))
    if kind == "step":
        module, path = chance.choice(_STEPS)
        return Moment(path, chance.choice((1, 1, 2, 3)), whom, module, chance.choice(("before", "after")))
    if kind == "event":
        return Moment("event", chance.randint(max(1, events // 20), events), whom)
    return Moment("seconds", chance.uniform(0.0, seconds), "worker" if workers and chance.random() < 0.5 else whom)


def prepare(kind: str, number: str, whom: str, module: str, when: str, small: str) -> None:
    """Make of this process one that kills itself at this moment; kind "count": that prints how many events it had.

    small: "small": batches, groups and commits are small, so that a small archive has many of them; "workers": groups
    alone, so that processes share a small archive.
    """
    os.setsid()
    signal.alarm(0)
    waiting.SystemClock.wait = _no_wait  # type: ignore[method-assign]
    if small == "small":
        stopping.take_small_batches(20)
    if small in ("small", "workers"):
        pool.LEAST_BYTES, pool.GROUP_BYTES = 0, 6_000  # type: ignore[misc]
    if kind in ("count", "event", "swap"):
        _count(number=0 if kind == "count" else int(float(number)), whom=whom, only_swap=kind == "swap")
    elif module:
        _at_call(module, kind, when, int(float(number)), whom)


def _no_wait(clock: waiting.SystemClock, seconds: float) -> bool:
    """Turns of a host come sooner than is polite: it is this machine."""
    return clock._stopped.wait(min(seconds, 0.02))


def _count(*, number: int, whom: str, only_swap: bool) -> None:
    events = before_swap = 0
    swapping, lock = not only_swap, threading.Lock()

    def heard(name: str, arguments: tuple[object, ...]) -> None:
        nonlocal events
        if swapping and name in _EVENTS and not str(arguments[:1]).startswith(tuple(f"('{quiet}" for quiet in _QUIET)):
            with lock:
                events += 1
                here = events == number
            if here:
                _die(whom)

    def begins(original: object, *args: object, **kwargs: object) -> object:
        nonlocal swapping, before_swap
        swapping, before_swap = True, events
        return original(*args, **kwargs)  # type: ignore[operator]

    stopping._replace("search.index.directory", "IndexDirectory.write_fields", begins)
    sys.addaudithook(heard)
    if not number:
        atexit.register(lambda: print(f"events {events} {events - before_swap}", file=sys.stderr))


def _at_call(module: str, path: str, when: str, turn: int, whom: str) -> None:
    calls = 0

    def dies(original: object, *args: object, **kwargs: object) -> object:
        nonlocal calls
        calls += 1
        here = calls == turn
        if here and when == "before":
            _die(whom)
        result = original(*args, **kwargs)  # type: ignore[operator]
        if here and when == "after":
            _die(whom)
        return result

    stopping._replace(module, path, dies)


def _die(whom: str) -> None:
    os.kill(0 if whom == "group" else os.getpid(), signal.SIGKILL)


def of_session(leader: int) -> list[int]:
    """The processes of the session that this process began, itself left out, that still run."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, IndexError, ValueError):
            state, _, _, session = entry.joinpath("stat").read_text().rpartition(")")[2].split()[:4]
            if int(session) == leader and state != "Z" and int(entry.name) != leader:
                found.append(int(entry.name))
    return found
