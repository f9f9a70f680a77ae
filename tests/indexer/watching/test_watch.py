"""What a watch does when: updates after changes, rounds of feeds, patience with a locked index, a clean end."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from indexer.build import Choices
from indexer.fetching.fetching import FetchOptions
from indexer.fetching.places import append_article
from indexer.fetching.report import FeedReport
from indexer.pruning import Ledger, Pruning
from indexer.remembered_sources.registering import add_source, registry_of
from indexer.watching.feed_rounds import ThreadedRounds, round_line
from indexer.watching.updates import Updates
from indexer.watching.watch import EVERYTHING_SECONDS, RETRY_SECONDS, Watch
from search.article import Article
from search.index.directory import IndexDirectory
from search.index.source_registry import fetched_folder
from tests import forked
from tests.indexer.archives import archive as row_archive
from tests.indexer.archives import count, kashaf, rows
from tests.indexer.fetching.site import FakeClock
from tests.waiting import until

FEED = "https://news.example.org/rss.xml"


class Told:
    """Folders whose changes a test tells; a wait takes a second."""

    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self.changed: set[str] = set()
        self.closed = 0

    def wait(self, pause: Callable[[], None]) -> set[str]:
        self.clock.wait(1.0)
        changed, self.changed = self.changed, set()
        return changed

    def close(self) -> None:
        self.closed += 1


class Noted:
    """Updates that are noted; `possible`: whether they can be made now."""

    def __init__(self) -> None:
        self.made: list[object] = []
        self.possible = True

    def everything(self) -> bool:
        self.made.append("everything")
        return self.possible

    def files(self, paths: Sequence[str], gone: Sequence[str]) -> bool:
        self.made.append((*paths, *gone))
        return self.possible

    def feeds(self, addresses: Sequence[str]) -> bool:
        self.made.append(list(addresses))
        return self.possible


class Rounds:
    """Rounds that end as a test says."""

    def __init__(self) -> None:
        self.begun = self.stopped = 0
        self.reports: Sequence[FeedReport] = ()

    def begin(self) -> None:
        self.begun += 1

    def came(self) -> Sequence[FeedReport]:
        reports, self.reports = self.reports, ()
        return reports

    def stop(self) -> None:
        self.stopped += 1


class Watching:
    """A watch over fakes, and what it said."""

    def __init__(self) -> None:
        self.clock = FakeClock(1_000_000.0)
        self.folders, self.updates, self.rounds = Told(self.clock), Noted(), Rounds()
        self.said: list[str] = []
        self.watch = Watch(self.folders, self.updates, self.rounds, self.clock, self.said.append, every=900.0)

    def steps(self, number: int) -> list[object]:
        """So many steps; what was updated in them."""
        before = len(self.updates.made)
        for _ in range(number):
            self.watch.step()
        return self.updates.made[before:]


def test_all_is_read_at_first_and_then_every_hour() -> None:
    watching = Watching()
    assert watching.steps(1) == ["everything"]
    assert watching.steps(int(EVERYTHING_SECONDS) - 1) == []
    assert watching.steps(1) == ["everything"]


def test_changed_files_are_read_once_it_is_quiet(tmp_path: Path) -> None:
    watching = Watching()
    watching.steps(1)
    path = tmp_path / "a.txt"
    path.touch()
    watching.folders.changed = {str(path)}
    assert watching.steps(2) == [] and watching.steps(1) == [(str(path),)]


def test_an_update_that_cannot_be_made_is_tried_again_and_nothing_is_forgotten(tmp_path: Path) -> None:
    watching = Watching()
    watching.updates.possible = False
    assert len(watching.steps(int(3 * RETRY_SECONDS))) == 3
    watching.updates.possible = True
    assert watching.steps(int(2 * RETRY_SECONDS)) == ["everything"]
    path = tmp_path / "a.txt"
    path.touch()
    watching.folders.changed = {str(path)}
    watching.updates.possible = False
    assert watching.steps(4) == [(str(path),)]
    watching.updates.possible = True
    assert watching.steps(int(2 * RETRY_SECONDS)) == [(str(path),)]


def test_feeds_are_asked_every_so_often_and_what_is_new_is_read() -> None:
    watching = Watching()
    watching.steps(900)
    assert watching.rounds.begun == 1
    watching.steps(1)
    assert watching.rounds.begun == 2
    watching.rounds.reports = [FeedReport(FEED, new=2), FeedReport("https://x.example/", outcome="unchanged")]
    assert watching.steps(1) == [[FEED]]
    watching.rounds.reports = [FeedReport(FEED, outcome="unchanged")]
    assert watching.steps(5) == [] and watching.said == ["feeds: 2 new, 0 corrected"]


def test_what_feeds_gave_while_the_index_was_locked_is_read_later() -> None:
    watching = Watching()
    watching.steps(1)
    watching.updates.possible = False
    watching.rounds.reports = [FeedReport(FEED, corrected=1)]
    watching.steps(1)
    watching.updates.possible = True
    assert watching.steps(int(2 * RETRY_SECONDS)) == [[FEED]]


def test_a_feed_that_fails_is_said_when_it_fails_not_while_it_rests() -> None:
    failed = FeedReport(FEED, outcome="failed", reason="status 500", waiting=3)
    assert round_line([failed]) == f"feeds: 0 new, 0 corrected, 3 waiting; {FEED} failed (status 500)"
    watching = Watching()
    for report in (failed, FeedReport(FEED, outcome="resting", reason="status 500")):
        watching.rounds.reports = [report]
        watching.steps(1)
    assert watching.said == [round_line([failed])]


def test_other_sources_are_watched_as_soon_as_they_are_remembered() -> None:
    watching = Watching()
    watching.steps(1)
    anew = Told(watching.clock)
    given = [anew]
    watching.watch.reopen = lambda: given.pop() if given else None
    assert watching.steps(4) == ["everything"]
    assert watching.folders.closed == 1 and watching.watch.folders is anew


def test_an_interruption_ends_rounds_and_notifications() -> None:
    watching = Watching()

    def interrupted(pause: Callable[[], None]) -> set[str]:
        raise KeyboardInterrupt

    watching.folders.wait = interrupted  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        watching.watch.run()
    assert (watching.rounds.stopped, watching.folders.closed) == (1, 1)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    (tmp_path / "archive" / "رياضة").mkdir(parents=True)
    write(tmp_path / "archive" / "a.txt", 1)
    write(tmp_path / "archive" / "رياضة" / "b.txt", 2)
    return tmp_path / "archive"


def write(path: Path, number: int) -> str:
    path.write_text(f"خبر {number}\n\nنص الخبر رقم {number}.", encoding="utf-8")
    return str(path)


@pytest.fixture
def said() -> list[str]:
    return []


def updates(place: Path, said: list[str], *chosen: Path, prune: bool = False, ledger: Ledger | None = None) -> Updates:
    paths = [str(path) for path in chosen]
    pruning = Pruning(prune, ledger=ledger)
    return Updates(IndexDirectory(place), Choices(), chosen=paths, pruning=pruning, say=said.append)


def test_an_update_of_some_files_gives_the_index_of_an_update_of_all(
    place: Path, archive: Path, said: list[str]
) -> None:
    made = updates(place, said, archive)
    assert made.everything() and said == ["all: added 2, updated 0, unchanged 0; 2 articles in the index"]
    assert [source.location for source in registry_of(IndexDirectory(place)).read] == [str(archive)]
    new, changed = write(archive / "رياضة" / "c.txt", 3), write(archive / "a.txt", 4)
    assert made.files([new, changed]) and said[1] == "2 files: added 1, updated 1, unchanged 0; 3 articles in the index"
    assert made.everything() and said[2] == "all: added 0, updated 0, unchanged 3; 3 articles in the index"
    assert [source.location for source in registry_of(IndexDirectory(place)).read] == [str(archive)]


def test_a_link_and_a_file_of_another_index_are_left_to_who_goes_through_the_folders(
    place: Path, archive: Path, said: list[str]
) -> None:
    made = updates(place, said, archive)
    made.everything()
    (archive.parent / "outside").mkdir()
    (archive / "link").symlink_to(archive.parent / "outside")
    write(archive.parent / "outside" / "x.txt", 9)
    for name in ("kashaf.json", "writer.lock"):
        (archive / "other" / "generations").mkdir(parents=True, exist_ok=True)
        (archive / "other" / name).touch()
    for path in (archive / "link" / "x.txt", Path(write(archive / "other" / "y.txt", 8))):
        said.clear()
        assert made.files([str(path)]) and said[0].startswith("all: added 0, updated 0, unchanged 2")


def test_a_file_that_is_gone_is_told_and_removed_if_wanted(place: Path, archive: Path, said: list[str]) -> None:
    for number in range(20):
        write(archive / f"n{number}.txt", 100 + number)
    updates(place, said, archive).everything()
    (archive / "a.txt").unlink()
    updates(place, said, archive).everything()
    assert said[-1].endswith("vanished 1 (still in the index); 22 articles in the index")
    updates(place, said, archive, prune=True).everything()
    assert said[-1].endswith("vanished 1 (removed); 21 articles in the index")


def test_many_small_updates_remove_no_more_of_a_source_in_a_day_than_one_may(
    place: Path, archive: Path, tmp_path: Path, said: list[str]
) -> None:
    (tmp_path / "large").mkdir()
    for number in range(100):
        write(tmp_path / "large" / f"{number}.txt", 1000 + number)
    for number in range(38):
        write(archive / f"n{number}.txt", 100 + number)
    now = [0.0]
    made = updates(place, said, archive, tmp_path / "large", prune=True, ledger=Ledger(lambda: now[0]))
    made.everything()

    def remove(*names: str) -> str:
        for name in names:
            (archive / name).unlink()
        assert made.files([], gone=[str(archive / name) for name in names])
        return said[-1]

    for number in range(4):  # a tenth of the forty articles of this source
        assert "vanished 1 (removed)" in remove(f"n{number}.txt")
    refused = remove("n4.txt")
    assert "vanished 1 (still in the index)" in refused and "more than a tenth of source archive" in refused
    for number in range(10):
        (tmp_path / "large" / f"{number}.txt").unlink()
    assert "vanished 12 (still in the index)" in remove("n5.txt")
    now[0] += 90_000.0
    made.everything()
    assert said[-1].endswith("vanished 12 (removed); 124 articles in the index")
    now[0] += 90_000.0
    put = [{"id": str(n), "title": f"خبر {n}", "body": "نص"} for n in range(30)]
    path = archive / "rows.jsonl"
    for left in (30, 27, 24, 21):  # what files give no more counts as well
        path.write_text("".join(json.dumps(row) + "\n" for row in put[:left]), encoding="utf-8")
        made.files([str(path)])
    assert "removed 3" in said[-2] and "vanished 3 (still in the index)" in said[-1]


def test_what_a_changed_file_gives_no_more_is_told_as_removed(place: Path, tmp_path: Path, said: list[str]) -> None:
    path = row_archive(tmp_path / "in" / "a.jsonl", rows(0, 20))
    updates(place, said, path.parent).everything()
    row_archive(path, rows(0, 19))
    assert updates(place, said, path.parent).files([str(path)])
    assert said[-1].endswith("unchanged 19, removed 1 (their files hold them no more); 19 articles in the index")


def test_the_memory_and_the_processes_of_a_watch_can_be_bounded(place: Path, archive: Path) -> None:
    done = kashaf("watch", archive, "--jobs", "2", "--memory", "100M", "--index", place)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("kashaf: memory = '100M' is too little to index with")


def test_a_passing_file_of_some_program_has_nothing_read(place: Path, archive: Path, said: list[str]) -> None:
    made = updates(place, said, archive)
    made.everything()
    assert made.files([], [str(archive / "a.txt.part"), str(archive / "a")]) and len(said) == 1
    assert made.files([write(archive / "a.txt", 7)], [str(archive / "4913")]) and said[1].startswith("1 file: added 0")
    for known in (archive / "a.txt", archive / "رياضة"):
        assert made.files([], [str(known)]) and said[-1].startswith("all: ")


def test_what_cannot_be_read_is_named_and_ends_nothing(place: Path, archive: Path, said: list[str]) -> None:
    made = updates(place, said, archive)
    made.everything()
    (archive / "c.pdf").write_bytes(b"%PDF-1.4 broken")
    assert made.files([str(archive / "c.pdf")])
    assert said[-1].startswith("1 file: no article in") and "c.pdf" in said[-1]
    write(archive / "d.txt", 4)
    assert made.everything() and "skipped 1 (" in said[-1] and "c.pdf" in said[-1]


def test_a_locked_index_is_waited_for_and_that_is_said_once(place: Path, archive: Path, said: list[str]) -> None:
    made = updates(place, said, archive)
    with IndexDirectory(place).lock():
        assert [made.everything() for _ in range(3)] == [False] * 3
    assert len(said) == 1 and "another kashaf is writing to index" in said[0]
    assert made.everything() and count(place) == 2


def test_what_was_fetched_from_a_feed_is_read(place: Path, said: list[str]) -> None:
    feed = add_source(IndexDirectory(place), FEED, options={})
    append_article(fetched_folder(place, feed), "2026-10.jsonl", Article("https://x.example/1", title="خبر"))
    assert updates(place, said).feeds([FEED])
    assert said == ["1 feed: added 1, updated 0, unchanged 0; 1 articles in the index"]


def test_a_round_in_a_thread_gives_its_reports_once(place: Path, said: list[str]) -> None:
    directory = IndexDirectory(place)
    rounds = ThreadedRounds(directory, FetchOptions(resolve=lambda host, port: []), said.append)
    rounds.begin()
    assert rounds.came() == []  # there is no feed
    add_source(directory, FEED, options={})
    rounds.begin()
    found: list[FeedReport] = []
    until(lambda: bool(found.extend(rounds.came()) or found))
    assert (found[0].outcome, found[0].reason) == ("failed", "the host news.example.org is not known")
    assert rounds.came() == [] and said == []
    rounds.stop()


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_a_watch_with_its_last_commit(place: Path, archive: Path, sent: signal.Signals) -> None:
    with forked.started("watch", archive, "--index", place) as command:
        output = command.output / "stdout"
        until(lambda: output.exists() and "all: added 2" in command.printed("stdout"))
        os.kill(command.pid, sent)
        assert command.wait() == 0
        assert "the index is as it was at its last commit" in command.printed("stderr")
    assert count(place) == 2
