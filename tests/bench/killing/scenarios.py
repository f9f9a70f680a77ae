"""The runs that are killed: what lies there before, the command, and the command that ends what it began.

Each begins with an archive and an index in a known state, which `trials.py` copies for each kill. A command that is
run again by whoever had it killed is the same command, but for a watch, after which `kashaf index` brings up to date.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from typing import Final

from search.index.source_registry import fetched_folder, read_registry
from tests import forked
from tests.bench.killing import archive
from tests.indexer.fetching.site import HTML, XML, Site, item, page, reply, rss

_LARGE: Final = 52_000  # articles, so that a run commits by itself
_PURGED: Final = ("5", "s-7", "500")


@dataclass(frozen=True, slots=True)
class Place:
    """Where all lies: the archive, the index, backups and temporary files, below one folder; and the feed's site."""

    root: Path
    site: Site

    @property
    def archive(self) -> Path:
        return self.root / "archive"

    @property
    def index(self) -> Path:
        return self.root / "index"

    @property
    def backup(self) -> Path:
        return self.root / "backup"

    @property
    def temporary(self) -> Path:
        return self.root / "tmp"

    def kashaf(self, *arguments: object) -> None:
        """Run a command that nobody kills. Raises AssertionError where it fails."""
        done = forked.run(*arguments, "--index", self.index, prepared=QUIET)
        assert done.returncode == 0, f"{arguments}: {done.stdout}{done.stderr}"


QUIET: Final = ("tests.bench.killing.moments.prepare", "none", "0", "main", "", "", "small")


@dataclass(frozen=True, slots=True)
class Scenario:
    """One kind of run.

    before   makes the state in which it begins, of a variant
    command  the arguments of the run that is killed
    again    those of the commands that are run after it, and after an undisturbed run, too; None: the same, once killed
    small    whether batches and commits are small
    watches  whether it goes on until it is killed; then `change` is made when it has begun
    """

    name: str
    before: Callable[[Place, int], None]
    command: Callable[[Place], Sequence[object]]
    again: Callable[[Place], Sequence[Sequence[object]]] | None = None
    small: bool = True
    watches: bool = False
    workers: bool = True
    swaps: bool = False
    change: Callable[[Place, int], None] | None = None


def _first(place: Place, variant: int) -> None:
    archive.make_first(place.archive, variant)


def _indexed(place: Place, variant: int) -> None:
    """The first state, indexed from two folders and a feed's file, with some articles deleted."""
    _first(place, variant)
    place.kashaf("source", "add", place.archive / "north", "--name", "north")
    place.kashaf("source", "add", place.archive / "south", "--name", "south")
    place.site.routes["/feed"] = reply(rss(item(1), item(2)), **XML)
    place.kashaf("source", "add", place.site.at("/feed"), "--name", "feed")
    registry = read_registry(place.index)
    assert registry
    fetched = fetched_folder(place.index, registry.sources[-1])
    fetched.mkdir(parents=True)
    rows = [{"id": f"f-{n}", "title": f"خبر مجلوب {n}", "body": f"نص الخبر المجلوب {n}"} for n in range(1, 9)]
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (fetched / "2026-01.jsonl").write_text(lines, encoding="utf-8")
    place.kashaf("index", "--no-fetch")
    place.kashaf("delete", *archive.withdrawn_ids())


def _changed(place: Place, variant: int) -> None:
    _indexed(place, variant)
    archive.make_second(place.archive, variant)


def _rebuilt(place: Place, variant: int) -> None:
    _changed(place, variant)
    place.kashaf("reindex")
    place.kashaf("backup", place.backup)
    place.kashaf("delete", "7", "8")


def _with_news(place: Place, variant: int) -> None:
    """The first state with a feed that was read once, of which the site has more by now."""
    _indexed(place, variant)
    _site(place, range(1, 4), "قديم")
    place.kashaf("index", "--fetch-now")
    _site(place, range(2, 9), "جديد")


def _site(place: Place, numbers: range, word: str) -> None:
    place.site.routes["/feed"] = reply(rss(*(item(n) for n in numbers)), **XML)
    for n in numbers:
        place.site.routes[f"/{n}"] = reply(page(title=f"{word} {n}", text=f"وصلت القافلة {word} {n}. " * 20), **HTML)


def _large(place: Place, variant: int) -> None:
    archive.make_large(place.archive, variant, articles=_LARGE)


def _large_and_more(place: Place, variant: int) -> None:
    """An index of some of the articles, so that its next commits stand beside what was there."""
    _large(place, variant)
    place.kashaf("index", place.archive / "south")


def _update(place: Place) -> Sequence[object]:
    return ("index", "--no-fetch", "--prune", "--allow-shrink", "--jobs", "2")


def _folders(place: Place) -> Sequence[object]:
    return ("index", place.archive / "north", place.archive / "south", "--jobs", "2")


def _backup(place: Place) -> Sequence[object]:
    return ("backup", place.root / "copy")


def _without_backup(place: Place) -> Sequence[Sequence[object]]:
    rmtree(place.root / "copy", ignore_errors=True)  # a backup that was made is not made again
    return (_backup(place),)


def _removed_again(place: Place) -> Sequence[Sequence[object]]:
    """It may be removed already, which the command would say; a run of the index clears away what a kill left."""
    added = ("source", "add", place.archive / "south", "--name", "south")
    return added, ("source", "remove", "south"), ("index", "--no-fetch")


UPDATE: Final = Scenario("update of all sources", _changed, _update)
REINDEX: Final = Scenario("reindex", _changed, lambda _: ("reindex", "--jobs", "2"), swaps=True)
RESTORE: Final = Scenario(
    "restore", _rebuilt, lambda place: ("restore", place.backup, "--replace"), workers=False, swaps=True
)
PURGE: Final = Scenario(
    "delete --purge", _rebuilt, lambda _: ("delete", "--purge", *_PURGED), workers=False, swaps=True
)
SCENARIOS: Final = (
    Scenario("first index of two sources", _first, _folders),
    UPDATE,
    REINDEX,
    Scenario("delete", _indexed, lambda _: ("delete", *_PURGED), workers=False),
    PURGE,
    RESTORE,
    Scenario("backup", _rebuilt, _backup, _without_backup, workers=False),
    Scenario("source remove", _indexed, lambda _: ("source", "remove", "south"), _removed_again, workers=False),
    Scenario("52,000 articles, own commits", _large_and_more, _folders, small=False),
)
FETCHING: Final = Scenario("index with a feed", _with_news, lambda _: ("index", "--fetch-now"), workers=False)
WATCH: Final = Scenario(
    "watch",
    _with_news,
    lambda _: ("watch", "--prune", "--every", "1m"),
    lambda _: (("index", "--prune", "--allow-shrink", "--fetch-now"),),
    watches=True,
    change=lambda place, variant: archive.make_second(place.archive, variant),
)
