"""Worker processes end with the run, are replaced when they are lost, and are not made for little work."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import count as counting
from pathlib import Path
from typing import Any, cast

import pytest
from lxml import etree

from indexer import ingestion, intake
from indexer.build import Choices, index
from indexer.memory import Shares
from indexer.run_options import CommitEvery, RunOptions
from indexer.sources import SourceEntry, SourceFile, Sources, WasRead
from indexer.workers import grouping as grouping_module
from indexer.workers import pool as pool_module
from indexer.workers import preparing as preparing_module
from indexer.workers import processes as processes_module
from indexer.workers.grouping import Groups, grouped
from indexer.workers.pool import LEAST_BYTES, PoolHere, WorkerPool, worker_pool
from indexer.workers.prepared import Batch, Begins
from indexer.workers.preparing import FilePart, Preparing
from indexer.workers.processes import Group, Lost, Worker
from indexer.workers.worker import Failed, Setup, sendable
from search.analysis.analyzer import Analyzer
from search.analysis.batch.batch_analyzer import BatchAnalyzer
from search.engines.registry import backend
from search.errors import IndexDamaged, SourceError, WorkerLost
from search.index.directory import IndexDirectory
from tests.indexer.archives import ROOT, archive, command, count, kashaf, rows

PREPARING = Preparing(BatchAnalyzer(Analyzer.default("none")), None, commits=lambda: 0)
_ORPHAN = """
import time
from indexer.workers.processes import start_worker
from indexer.workers.worker import Failed, Setup, sendable
if __name__ == "__main__":
    worker = start_worker(Setup("none", "tantivy", None, 1))
    print(worker.begun.process.pid, flush=True)
    time.sleep(60)
"""


class InThisProcess(Worker):
    """A worker without a process of its own: it is lost whenever it comes to the article after `fatal` ones."""

    def __init__(self, fatal: dict[str, int]) -> None:
        super().__init__(cast(Any, None))
        self._fatal = fatal
        self._preparing = PREPARING
        self._batches: Iterator[Batch] | None = None
        self.looks = 0

    def has_sent(self, seconds: float) -> bool:
        self.looks += 1
        return self.looks % 2 == 0  # everything takes a while

    def receive(self) -> Batch:
        group = self.groups[0]
        self._batches = self._batches or self._preparing.batches(group.entries)
        batch = next(self._batches)
        for read in batch.read:
            name = Path(read.file).stem if isinstance(read, Begins) else ""
            if self._fatal.get(name, 0):
                self._fatal[name] -= 1
                raise Lost
        group.note(batch)
        if batch.whole:
            self.groups.popleft()
            self._batches = None
        return batch

    def end(self) -> None: ...

    def join(self) -> None: ...

    def _send(self) -> None: ...


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sources:
    """Five files of ten articles, in two groups, that come article by article."""
    monkeypatch.setattr(preparing_module, "BATCH", 1)
    monkeypatch.setattr(grouping_module, "GROUP_BYTES", 3_000)
    monkeypatch.setattr(processes_module, "AHEAD_BYTES", 2_000)
    for number in range(5):
        archive(tmp_path / "in" / f"{number}.jsonl", rows(10 * number, 10 * number + 10))
    return Sources([tmp_path / "in"])


def pool(fatal: dict[str, int]) -> WorkerPool:
    return WorkerPool([InThisProcess(fatal)], lambda: InThisProcess(fatal), most=2)


def everything(batches: Iterator[Batch]) -> list[tuple[str, object]]:
    """What was read, each with its file."""
    file, found = "", list[tuple[str, object]]()
    for batch in batches:
        for read in batch.read:
            if isinstance(read, Begins):
                file = read.file
            else:
                found.append((file, "read whole" if isinstance(read, WasRead) else read))
    return found


def test_what_comes_is_what_one_process_reads_whichever_workers_are_lost(files: Sources) -> None:
    alone = everything(PoolHere(PREPARING).batches(files.files()))
    assert len(alone) == 55  # behind each file, how it was
    for fatal in ({}, {"0": 1}, {"1": 1, "4": 1}, dict.fromkeys("01234", 1)):
        assert everything(pool(fatal).batches(files.files())) == alone


def test_while_a_file_is_slow_to_read_a_run_commits_what_came_before(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The clock goes on by a second whenever nothing has come."""
    clock, committed = [0.0], list[float]()

    class Slow(InThisProcess):
        def __init__(self, setup: Setup) -> None:
            super().__init__({})

        def has_sent(self, seconds: float) -> bool:
            if not self.groups[0].entries[0].file.path.endswith("slow.jsonl") or clock[0] > 100:
                return True
            clock[0] += 1
            return False

    class Noting(intake.Intake):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs, clock=lambda: clock[0])

        def _commit(self) -> None:
            committed.append(clock[0])
            super()._commit()

    monkeypatch.setattr(pool_module, "LEAST_BYTES", 0)
    monkeypatch.setattr(grouping_module, "GROUP_BYTES", 1)
    monkeypatch.setattr(pool_module, "start_worker", Slow)
    monkeypatch.setattr(ingestion, "Intake", Noting)
    for name in ("a", "slow"):
        archive(tmp_path / "in" / f"{name}.jsonl", rows(10 * len(name), 10 * len(name) + 5))
    options = RunOptions(shares=Shares(1), commit_every=CommitEvery(seconds=30))
    index(IndexDirectory(place), Sources([tmp_path / "in"]), Choices(lexicon="none"), options=options)
    assert (committed, count(place)) == ([30.0, 101.0, 101.0], 10)


def test_a_worker_that_takes_one_file_at_a_time_keeps_no_other_from_work(files: Sources) -> None:
    careful, other = InThisProcess({}), InThisProcess({})
    careful.careful = True
    careful.groups.append(Group([], 0))
    workers = WorkerPool([careful, other], lambda: pytest.fail("started another"), most=2)
    workers._give(Groups(files.files()))
    assert len(careful.groups) == 1 <= len(other.groups)


def test_a_file_that_ends_every_process_is_named(files: Sources) -> None:
    with pytest.raises(
        WorkerLost, match=r"read .*/3\.jsonl were ended from outside.*fewer --jobs, or without that file"
    ):
        everything(pool({"3": 9}).batches(files.files()))


def test_files_before_a_folder_that_cannot_be_walked_are_read_first(files: Sources) -> None:
    def entries() -> Iterator[SourceEntry]:
        yield from files.files()
        raise SourceError("the folder is gone")

    seen = list[object]()
    with pytest.raises(SourceError, match="the folder is gone"):
        for batch in pool({}).batches(entries()):
            seen += batch.read
    assert len(seen) == 60


def test_a_large_file_is_a_group_of_its_own_and_small_ones_share(tmp_path: Path) -> None:
    sizes = (400_000, 500_000, 3_000_000, 100, 100)
    for number, size in enumerate(sizes):
        (tmp_path / f"{number}.txt").write_bytes(b"x" * size)
    entries = [SourceFile(str(tmp_path / f"{number}.txt")) for number in range(len(sizes))]
    assert [len(group.entries) for group in grouped(entries)] == [2, 1, 2]


@pytest.mark.parametrize(("size", "workers"), [(LEAST_BYTES - 1, 2), (LEAST_BYTES, 0)])
def test_no_process_for_little_work_or_one_job(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int, workers: int
) -> None:
    monkeypatch.setattr(pool_module, "start_worker", lambda _: pytest.fail("started a process"))
    monkeypatch.setattr(Sources, "size", size)
    source = archive(tmp_path / "a.jsonl", rows(0, 10))
    options = RunOptions(shares=Shares(workers))
    assert index(IndexDirectory(tmp_path / "index"), Sources([source]), Choices(), options=options).articles == 10


def test_where_no_process_can_be_made_this_one_does_the_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> Worker:
        raise OSError(38, "Function not implemented")

    monkeypatch.setattr(pool_module, "start_worker", refuse)
    monkeypatch.setattr(pool_module, "LEAST_BYTES", 0)
    source = archive(tmp_path / "a.jsonl", rows(0, 10))
    options = RunOptions(shares=Shares(3))
    assert index(IndexDirectory(tmp_path / "index"), Sources([source]), Choices(), options=options).articles == 10


def test_groups_are_handed_over_while_nobody_takes_batches(tmp_path: Path) -> None:
    """Else the process that writes, handing over groups, and the one that reads, sending batches, wait for ever."""
    source = tmp_path / ("a" * 200 + ".txt")
    source.write_text("عنوان\n\n" + "كلمة " * 20_000, encoding="utf-8")
    with worker_pool(1, Setup("none", "tantivy", None, queue_bytes=1)) as workers:
        assert workers
        (worker,) = workers._workers
        groups = [Group([FilePart(SourceFile(str(source) + "/" * n)) for n in range(1, 2_000)], 0) for _ in range(4)]
        first = Group([FilePart(SourceFile(str(source)))] * 20, 0)

        def give() -> None:
            for group in (first, *groups):
                worker.give(group)

        giving = threading.Thread(target=give, daemon=True)
        giving.start()
        giving.join(60)
        assert not giving.is_alive()


def test_a_process_that_is_started_after_a_commit_has_nothing_missed(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three files give one id: the first is committed, the second not yet, and the third is as the first."""

    class Reading(InThisProcess):
        def __init__(self, setup: Setup) -> None:
            super().__init__(fatal)
            assert setup.folder
            digests = backend(setup.engine).open_digests(setup.folder)
            self._preparing = Preparing(BatchAnalyzer(Analyzer.default("none")), digests, commits=lambda: 0)

    fatal: dict[str, int] = {}
    monkeypatch.setattr(pool_module, "LEAST_BYTES", 0)
    monkeypatch.setattr(grouping_module, "GROUP_BYTES", 1)
    monkeypatch.setattr(pool_module, "start_worker", Reading)
    monkeypatch.setattr(intake, "BATCH", 10)
    monkeypatch.setattr(intake, "COMMIT_ARTICLES", 20)
    options = RunOptions(shares=Shares(1))
    archive(tmp_path / "in" / "9.jsonl", rows(0, 30))
    sources, choices = Sources([tmp_path / "in"]), Choices(lexicon="none")
    index(IndexDirectory(place), sources, choices, options=RunOptions(shares=Shares(0)))
    for number, articles in enumerate((rows(0, 20, "اول"), rows(0, 1, "ثان"), rows(0, 1, "اول"))):
        archive(tmp_path / "in" / f"{number}.jsonl", articles)
    fatal["2"] = 1
    report = index(IndexDirectory(place), sources, choices, options=options)
    assert (report.updated, report.articles, count(place, "اول"), count(place, "ثان")) == (20, 30, 20, 0)


def test_what_fails_in_a_process_fails_in_the_run(tmp_path: Path) -> None:
    setup = Setup("none", "tantivy", tmp_path / "nowhere", 1)
    with worker_pool(1, setup) as workers, pytest.raises(IndexDamaged, match="nowhere"):
        assert workers
        everything(workers.batches([SourceFile(__file__)]))
    assert not multiprocessing.active_children()


def test_an_error_that_cannot_be_pickled_is_told_in_its_words() -> None:
    """Else the process would end without a word, and be taken for one that was ended from outside."""
    told = pickle.loads(pickle.dumps(Failed(sendable(etree.XMLSyntaxError("broken tag", 1, 2, 3))))).error
    assert (type(told), str(told)) == (RuntimeError, "XMLSyntaxError: broken tag (line 2)")
    assert isinstance(sendable(KeyError("x")), KeyError)


def test_no_process_outlives_a_killed_indexer() -> None:
    with subprocess.Popen([sys.executable, "-c", _ORPHAN], cwd=ROOT, stdout=subprocess.PIPE, text=True) as started:
        assert started.stdout
        worker = int(started.stdout.readline())
        started.kill()
    assert any(not _runs(worker) for _ in _moments(seconds=20))


@pytest.mark.parametrize("moment", ["a process starts", "articles are written"])
def test_ctrl_c_ends_all_processes_and_prints_one_line(tmp_path: Path, moment: str) -> None:
    source = archive(tmp_path / "a.jsonl", rows(0, 60_000))
    assert source.stat().st_size > LEAST_BYTES
    place = tmp_path / "index"
    assert kashaf("index", archive(tmp_path / "b.jsonl", rows(0, 10)), "--index", place).returncode == 0
    started = subprocess.Popen(
        command("index", source, "--index", place), stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    before = _files(place)
    arrived = {
        "a process starts": lambda: _children(started.pid),
        "articles are written": lambda: _files(place) > before,
    }
    for _ in _moments(seconds=60):
        if arrived[moment]():
            break
    os.killpg(started.pid, signal.SIGINT)
    _, said = started.communicate(timeout=60)
    assert started.returncode == 130
    said_of = "nothing was committed, the index holds 10 articles as before; the same command begins again"
    lines = [line for line in said.splitlines() if " MB of " not in line]  # a slow machine shows progress before
    assert lines == [f"kashaf: interrupted: {said_of}"]
    assert count(place) == 10


def _files(place: Path) -> set[Path]:
    return set(place.glob("generations/*/*"))


def _children(pid: int) -> list[str]:
    """The processes that analyse beside this one; Python starts another that only tracks what they share."""
    found = []
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        with suppress(OSError):
            found += [child] if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes() else []
    return found


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()


def _moments(*, seconds: float) -> Iterator[int]:
    end = time.monotonic() + seconds
    for moment in counting():
        yield moment
        if time.monotonic() > end:
            return
        time.sleep(0.05)
