"""Ten readers who ask a running site without a pause while its index is made anew, updated, shortened and purged.

In: a folder. Out: how many answers came, and what was wrong with any: an error, a count that no commit had, parts of
one answer that belong to different commits. Called by `tests/bench/kills.py`.
"""

from __future__ import annotations

import json
import os
import random
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Event, Thread
from typing import Any, Final
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import urlopen

from indexer.generations.succession import rollback
from search.index.directory import IndexDirectory
from tests import forked
from tests.bench.killing.archive import some_words
from tests.indexer.archives import archive
from tests.waiting import until

_READERS: Final = 10
_PAGE: Final = 10  # hits
_FILES: Final = 12
_EACH: Final = 50  # articles of a file
_PREPARED: Final = ("tests.bench.killing.moments.prepare", "none", "0", "main", "", "", "workers")
_PATHS: Final = (
    f"/api/search?q={quote('خبر')}&collapse=0",
    f"/api/search?q={quote('خبر')}&source={quote('ألف')}&collapse=0",
    "/api/articles?id=400",
)


@dataclass(slots=True)
class Reading:
    """What the readers met. known: the numbers of articles that a commit has had, or may have by now."""

    port: int
    known: set[int]
    answers: int = 0
    wrong: list[str] = field(default_factory=list)
    ended: Event = field(default_factory=Event)

    def read(self, number: int) -> None:
        """Ask again and again until the end."""
        while not self.ended.is_set():
            path = _PATHS[number % len(_PATHS)]
            number += 1
            try:
                with urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=60) as answer:
                    found = json.load(answer)
            except (HTTPError, URLError, OSError, ValueError) as error:
                self.wrong.append(f"{path}: {error}")
                continue
            self.answers += 1
            if "search" in path:
                self.wrong += _faults(path, found, self.known)


def read_meanwhile(folder: Path) -> tuple[int, list[str]]:
    """Change the index in all ways while ten readers ask; how many answers they had, and what was wrong."""
    place, files = folder / "index", folder / "archive"
    chance = random.Random(17)
    _write(files, chance, range(_FILES))
    _run("index", files, "--index", place)
    with _site(place) as port:
        reading = Reading(port, {_FILES * _EACH})
        readers = [Thread(target=reading.read, args=(number,)) for number in range(_READERS)]
        for each in readers:
            each.start()
        try:
            for articles in _changes(place, files, chance, reading.known):
                until(partial(_serves, port, articles))
        finally:
            reading.ended.set()
            for each in readers:
                each.join()
    return reading.answers, reading.wrong


def _changes(place: Path, files: Path, chance: random.Random, known: set[int]) -> Iterator[int]:
    """Make one change after another; how many articles the site has to serve after each."""
    articles = _FILES * _EACH
    _run("reindex", "--jobs", "3", "--index", place)
    yield articles
    (files / "0.jsonl").unlink()
    known.add(articles - _EACH)
    _write(files, chance, range(1, 4))  # corrected
    _run("index", "--prune", "--jobs", "3", "--index", place)
    yield articles - _EACH
    known.add(articles - _EACH - 2)
    _run("delete", "--purge", str(_EACH + 1), str(_EACH + 2), "--index", place)
    yield articles - _EACH - 2
    known.add(articles - 2)
    _write(files, chance, range(_FILES, _FILES + 1))
    _run("index", "--jobs", "3", "--index", place)
    yield articles - 2
    _run("reindex", "--jobs", "3", "--index", place)
    yield articles - 2
    rollback(IndexDirectory(place))
    yield articles - 2


def _serves(port: int, articles: int) -> bool:
    with urlopen(f"http://127.0.0.1:{port}{_PATHS[0]}") as answer:
        return bool(json.load(answer)["total"] == articles)


def _run(*arguments: object) -> None:
    done = forked.run(*arguments, prepared=_PREPARED)
    assert done.returncode == 0, done.stderr


@contextmanager
def _site(place: Path) -> Iterator[int]:
    """The port of a site that serves the index."""
    arguments = ("serve", "--index", place, "--port", "0", "--no-access-log", "--workers", "1")
    with forked.started(*arguments, prepared=_PREPARED) as command:
        printed = command.output / "stdout"
        until(lambda: printed.exists() and command.printed("stdout").endswith("\n"), seconds=60)
        try:
            yield int(command.printed("stdout").split()[-1].rstrip("/").rpartition(":")[2])
        finally:
            os.kill(command.pid, signal.SIGTERM)
            command.wait()


def _write(files: Path, chance: random.Random, numbers: Sequence[int]) -> None:
    for number in numbers:
        rows = [
            {
                "id": str(each),
                "title": f"خبر رقم {each}",
                "body": some_words(chance, 25),
                "source": "ألف" if each % 2 else "باء",
            }
            for each in range(number * _EACH, (number + 1) * _EACH)
        ]
        archive(files / f"{number}.jsonl", rows)


def _faults(path: str, found: dict[str, Any], known: set[int]) -> Iterator[str]:
    """What does not fit in one answer. The counts by source are those of all publishers, whichever is asked for."""
    total, counts = found["total"], {each["value"]: each["count"] for each in found["facets"]["source"]}
    articles = sum(counts.values())
    if articles not in known:
        yield f"{articles} articles, where commits have {sorted(known)}"
    if total != (counts["ألف"] if "source=" in path else articles):
        yield f"{path}: {total} articles, by source {counts}"
    if len(found["hits"]) != _PAGE:
        yield f"{len(found['hits'])} hits of {total} articles"
