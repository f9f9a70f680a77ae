"""How long one waits for an answer that begins with a process: `kashaf search`, and the first pages of `kashaf serve`.

Beside them the interpreter that does nothing, and the same of another checkout where KASHAF_BESIDE names one, in turn.
Bytecode is written, as by an installation. A command is measured with its files in memory, as whoever works with it has
them, and read from the disk, as for the first one of a day; a site with its files in memory.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from statistics import median
from time import perf_counter
from urllib.parse import quote
from urllib.request import urlopen

from tests.bench.checkouts import HERE, Checkout, beside
from tests.bench.figures import Figure, paired_ratio
from tests.bench.places import ALL_NEWS, SAUDI, index_of, topics, two_words
from tests.bench.processes import run
from tests.bench.sites import running

_TURNS = 7
_SLICE = 2_000  # articles of the index of Whoosh, which makes three minutes of 10,000
_COMMAND_MS = 250
FIRST_PAGES_MS = 1000
_Times = dict[str, float]  # milliseconds, by what was waited for


def measure(rows: int) -> Iterator[Figure]:
    """Milliseconds from the start of a process to its end, or to an answer."""
    other, query = beside(), two_words(topics()[0].query)
    checkouts = (HERE, other) if other else (HERE,)
    yield Figure(
        "an empty Python program", median(run(sys.executable, "-c", "pass").seconds for _ in range(3)) * 1000, "ms"
    )
    whoosh = index_of((SAUDI,), min(rows or _SLICE, _SLICE), "whoosh")
    for engine, places in (
        ("Tantivy", [each.index_of(ALL_NEWS, rows) for each in checkouts]),
        ("Whoosh", [whoosh] * len(checkouts)),
    ):
        both = list(zip(checkouts, places, strict=True))
        yield from compared([[_command(*each, query) for each in both] for _ in range(_TURNS)], engine, _COMMAND_MS)
    places = [each.index_of(ALL_NEWS, rows) for each in checkouts]
    yield from first_pages(list(zip(checkouts, places, strict=True)), query, "all news")


def first_pages(served: Sequence[tuple[Checkout, Path]], query: str, what: str) -> Iterator[Figure]:
    """How long after its start a site of the first checkout has answered, beside those of the others."""
    yield from compared([[_site(*each, query) for each in served] for _ in range(_TURNS)], what, FIRST_PAGES_MS)


def compared(turns: Sequence[Sequence[_Times]], what: str, most: float) -> Iterator[Figure]:
    """The median of each time of the first, and its ratio to the last of each turn where there are several."""
    for name in turns[0][0]:
        limit = None if name.startswith("processor") or "disk" in name else most
        yield Figure(f"{what}: {name}", median(turn[0][name] for turn in turns), "ms", at_most=limit)
        if len(turns[0]) > 1:
            pairs = [(turn[0][name], turn[-1][name]) for turn in turns]
            yield Figure(f"{what}: {name}: ours : the other's", paired_ratio(pairs))


def _command(checkout: Checkout, place: Path, query: str) -> _Times:
    """What `kashaf search` takes with its files in memory, and read from the disk."""
    arguments = checkout.command("search", "--json", "--index", place, query)
    times = _Times()
    for name in ("kashaf search from the disk", "kashaf search"):
        if "disk" in name:
            _let_go(place, checkout.path, Path(sysconfig.get_path("purelib")), Path(sysconfig.get_path("stdlib")))
        began, used = perf_counter(), _children_seconds()
        done = subprocess.run(
            arguments, cwd=checkout.path, env=checkout.environment, stdout=subprocess.PIPE, check=True
        )
        times[name] = (perf_counter() - began) * 1000
        times["processor time of kashaf search"] = (_children_seconds() - used) * 1000
        found = json.loads(done.stdout)
        assert found["query"] == query and found["total"], found
    return times


def _site(checkout: Checkout, place: Path, query: str) -> _Times:
    """How long after the start of `kashaf serve` each of three pages was answered, one after another."""
    times = _Times()
    with running(checkout, place, 1) as site:
        for name, path in (("/healthz", "/healthz"), ("/", "/"), ("/search", f"/search?q={quote(query)}")):
            with urlopen(f"http://127.0.0.1:{site.port}{path}", timeout=120) as answer:
                page = answer.read().decode()
            times[f"kashaf serve to {name}"] = (perf_counter() - site.began) * 1000
            times[f"processor time of kashaf serve to {name}"] = site.processor_ms
            assert answer.status == 200 and page, name
    assert 'id="hit-' in page or "<mark" in page, "the first search shows no hits"
    return times


def _children_seconds() -> float:
    used = os.times()
    return used.children_user + used.children_system


def _let_go(*folders: Path) -> None:
    """Have the system forget what it holds of the files in these folders, but what a process has mapped."""
    for path in (path for folder in folders for path in _files(folder)):
        with suppress(OSError):
            handle = os.open(path, os.O_RDONLY)
            try:
                os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
            finally:
                os.close(handle)


@cache
def _files(folder: Path) -> tuple[Path, ...]:
    return tuple(path for path in folder.rglob("*") if path.is_file())
