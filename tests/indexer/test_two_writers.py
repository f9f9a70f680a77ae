"""While one process writes to an index, each command that would write there too says so at once and changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.fetching.fetching import fetch_feeds
from indexer.fetching.places import TABLE
from indexer.purging.purge import purge
from indexer.remembered_sources.registering import add_source
from search.errors import IndexBusy
from search.index.directory import IndexDirectory
from search.index.source_registry import FETCHED
from search.storage.run_lock import run_lock
from tests.indexer.archives import archive, kashaf, rows
from tests.indexer.building import add, totals_meanwhile

FEED = "http://127.0.0.1:9/feed"  # where nobody answers


@pytest.fixture
def files(tmp_path: Path) -> Path:
    return archive(tmp_path / "in" / "a.jsonl", rows(0, 10)).parent


@pytest.fixture
def backup(place: Path, files: Path, tmp_path: Path) -> Path:
    add(place, files)
    assert kashaf("backup", tmp_path / "backup", "--index", place).returncode == 0
    return tmp_path / "backup"


@pytest.fixture
def busy(place: Path, backup: Path) -> Iterator[None]:
    """Another process writes: what it has of the index is its lock."""
    assert backup.is_dir()
    with IndexDirectory(place).lock():
        yield


def state(place: Path) -> dict[str, bytes]:
    """All that lies in the index directory."""
    return {str(path): path.read_bytes() for path in place.rglob("*") if path.is_file()}


WRITING = (
    ("index",),
    ("index", "FILES"),
    ("reindex",),
    ("source", "add", "FILES"),
    ("source", "remove", "in"),
    ("delete", "3"),
    ("delete", "--purge", "3"),
    ("restore-article", "3"),
    ("restore", "BACKUP", "--replace"),
    ("rollback",),
)


@pytest.mark.parametrize("words", WRITING, ids=" ".join)
def test_the_second_writer_is_told_who_writes(
    words: tuple[str, ...], place: Path, files: Path, backup: Path, busy: None
) -> None:
    before = state(place)
    named = {"FILES": files, "BACKUP": backup}
    done = kashaf(*(named.get(word, word) for word in words), "--index", place)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"kashaf: another kashaf is writing to index {place}: wait until it is done\n"
    assert state(place) == before


def test_who_only_copies_waits_for_nobody(place: Path, tmp_path: Path, busy: None) -> None:
    assert kashaf("backup", tmp_path / "copy", "--index", place).returncode == 0
    assert kashaf("search", "خبر", "--index", tmp_path / "copy").returncode == 0


def test_while_another_process_fetches_a_run_reads_what_was_fetched_before(place: Path, files: Path) -> None:
    add(place, files)
    source = add_source(IndexDirectory(place), FEED, options={})
    (place / FETCHED).mkdir(exist_ok=True)
    with run_lock(place / FETCHED / TABLE, busy=IndexBusy("not expected")):
        with pytest.raises(IndexBusy, match="another kashaf fetches the feeds"):
            fetch_feeds(place, [source])
        done = kashaf("index", "--index", place)
        assert done.returncode == 0
        assert "another kashaf fetches the feeds" in done.stderr and "reads what was fetched before" in done.stderr


def test_nothing_is_withdrawn_by_a_purge_that_must_wait_for_who_fetches(place: Path, files: Path) -> None:
    add(place, files)
    (place / FETCHED).mkdir()
    with run_lock(place / FETCHED / TABLE, busy=IndexBusy("not expected")):
        before = state(place)
        done = kashaf("delete", "--purge", "3", "--index", place)
        assert (done.returncode, done.stdout) == (1, "")
        assert "another kashaf fetches the feeds" in done.stderr
        assert state(place) == before
    assert kashaf("delete", "--purge", "3", "--index", place).returncode == 0


def test_who_searches_beside_a_purge_or_a_run_that_removes_finds_what_some_commit_holds(
    place: Path, tmp_path: Path
) -> None:
    path = archive(tmp_path / "a.jsonl", rows(0, 40))
    add(place, path)
    ids = iter(("0", "1"))
    purged, left = totals_meanwhile(place, lambda: purge(IndexDirectory(place), [next(ids)]), times=2)
    assert purged <= {40, 39, 38} and left == 38
    ends = iter((39, 38))

    def shorten() -> None:
        archive(path, rows(0, next(ends)))
        add(place, path)

    removed, left = totals_meanwhile(place, shorten, times=2)
    assert removed <= {38, 37, 36} and left == 36
