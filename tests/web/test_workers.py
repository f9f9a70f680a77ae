"""`kashaf serve --workers 2`: one address, a log of one form, and a site that outlives each of its processes."""

from __future__ import annotations

import json
import os
import queue
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from search.errors import IndexMissing, KashafError, LibraryMissing
from search.settings import Settings
from tests.indexer.archives import archive, kashaf, rows
from tests.waiting import until
from tests.web.sites import Site, running_site
from web.commands import serve
from web.server import logs, workers
from web.server.serving import ARRIVING_SECONDS

_HALF = b"GET / HTTP/1.1\r\nHost: x\r\nX-Half: "


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Has the index that is served, and the file settings.toml."""
    made = tmp_path_factory.mktemp("workers")
    articles = archive(made / "0.jsonl", rows(0, 30))
    assert kashaf("index", articles, "--index", made / "index").returncode == 0
    (made / "settings.toml").write_text('title = "أولى"\n', encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[Site]:
    """A site of two workers, which ends in order when all tests are through."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("KASHAF_CONFIG", str(folder / "settings.toml"))
        with running_site(folder / "index", "--workers", "2") as made:
            until(lambda: len(processes(made)) == 2)
            yield made
            numbers = processes(made)
            assert made.stop(signal.SIGTERM) == 0
            assert not any(Path(f"/proc/{number}").exists() for number in numbers)
            assert "127.0.0.1" not in made.log and "Traceback" not in made.log
            with pytest.raises(ConnectionRefusedError):
                made.get("/")


def processes(site: Site) -> list[int]:
    """The numbers of the workers."""
    return [int(each) for each in Path(f"/proc/{site.pid}/task/{site.pid}/children").read_text().split()]


@contextmanager
def answered_by_one(site: Site, number: int) -> Iterator[None]:
    """Lets no other worker than this take requests."""
    others = [each for each in processes(site) if each != number]
    for other in others:
        os.kill(other, signal.SIGSTOP)
    yield
    for other in others:
        os.kill(other, signal.SIGCONT)


def total(site: Site) -> int:
    return int(json.loads(site.get("/api/search?q=خبر").text)["total"])


def test_half_open_connections_shut_no_reader_out(site: Site) -> None:
    until(lambda: site.get("/search?q=خبر").status == 200)
    with ExitStack() as stack:
        for sent in (*[_HALF] * 300, *[b""] * 100):
            made = stack.enter_context(socket.create_connection(("127.0.0.1", site.port), timeout=10))
            made.sendall(sent)
        for _ in range(4):
            answered = site.get("/search?q=خبر")
            assert answered.status == 200 and answered.seconds < ARRIVING_SECONDS / 2
    until(lambda: answered.id in site.log)
    (line,) = [line for line in site.log.splitlines() if answered.id in line]
    assert line.split()[1:4] == ["GET", "/search?q", "200"]


def test_each_worker_follows_the_index_and_a_lost_one_is_replaced(site: Site, folder: Path) -> None:
    first, second = processes(site)
    added = archive(folder / "1.jsonl", rows(30, 40))
    assert kashaf("index", added, "--index", folder / "index").returncode == 0
    for number in (first, second):
        with answered_by_one(site, number):
            until(lambda: total(site) == 40)
    os.kill(first, signal.SIGKILL)
    until(lambda: first not in processes(site) and len(processes(site)) == 2)
    (new,) = set(processes(site)) - {second}
    with answered_by_one(site, new):
        assert total(site) == 40


def test_sighup_replaces_the_workers_and_bad_settings_change_nothing(site: Site, folder: Path) -> None:
    before, settings = processes(site), folder / "settings.toml"
    settings.write_text('title = "ثانية"\nworkers = 1\n', encoding="utf-8")
    os.kill(site.pid, signal.SIGHUP)
    until(lambda: not set(before) & set(processes(site)))
    assert len(processes(site)) == 2  # an option of the command line is above the file
    assert "ثانية" in site.get("/").text
    settings.write_text('title = ""\n', encoding="utf-8")
    kept = processes(site)
    os.kill(site.pid, signal.SIGHUP)
    until(lambda: "the settings stay as they were" in site.log)
    (line,) = [line for line in site.log.splitlines() if "the settings stay as they were" in line]
    assert "title" in line and processes(site) == kept
    assert "ثانية" in site.get("/").text


def test_a_second_signal_ends_at_once() -> None:
    supervisor = object.__new__(workers.Supervisor)
    supervisor.SIG_QUEUE = queue.SimpleQueue()
    for number in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM, signal.SIGINT):
        supervisor.signal(number, None)
    told = [supervisor.SIG_QUEUE.get() for _ in range(4)]
    assert told == [signal.SIGHUP, signal.SIGTERM, signal.SIGQUIT, signal.SIGQUIT]


class _Stopped:
    """Counts how often a server was told to stop: twice is at once."""

    times = 0

    def stop(self) -> None:
        self.times += 1


@pytest.mark.parametrize(
    ("told", "times"), [(["exit"], 1), (["exit", "exit"], 1), (["exit", "quit"], 2), (["quit"], 2)]
)
def test_a_worker_ends_at_once_only_where_its_supervisor_wants_it(told: list[str], times: int) -> None:
    worker = object.__new__(workers.ServingWorker)
    worker.alive, worker._server = True, _Stopped()  # type: ignore[assignment]
    for each in told:
        getattr(worker, f"handle_{each}")(signal.SIGTERM, None)
    assert worker._server.times == times and not worker.alive  # type: ignore[union-attr]


def test_a_worker_ends_with_its_supervisor(monkeypatch: pytest.MonkeyPatch) -> None:
    worker = object.__new__(workers.ServingWorker)
    worker.alive, worker._server, worker.ppid = True, _Stopped(), os.getppid()  # type: ignore[assignment]
    monkeypatch.setattr(worker, "notify", lambda: None, raising=False)
    worker._turn()
    assert worker.alive
    monkeypatch.setattr(os, "getppid", lambda: 1)
    for _ in range(2):
        worker._turn()
    assert not worker.alive and worker._server.times == 1  # type: ignore[union-attr]


def test_without_an_index_nothing_is_served(tmp_path: Path) -> None:
    with pytest.raises(KashafError, match="kashaf index") as missing:
        workers.check_service(Settings(index=tmp_path / "none"))
    assert not isinstance(missing.value, IndexMissing)  # it comes from another process, as its sentence


def test_without_the_library_or_fork_one_line_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    several = Settings(index=tmp_path, workers=2)
    monkeypatch.setattr(logs, "set_up_logging", lambda access: None)
    with monkeypatch.context() as patched:
        patched.setitem(sys.modules, "web.server.workers", None)
        with pytest.raises(LibraryMissing, match=r"pip install 'kashaf\[workers\]'"):
            serve(several, ports=[0])
    monkeypatch.delattr(os, "fork")
    with pytest.raises(KashafError, match="workers = 2: this system cannot fork"):
        serve(several, ports=[0])
