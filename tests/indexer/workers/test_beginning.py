"""A worker process that is started before it is known what it will do."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest

from indexer.build import Choices, index
from indexer.memory import Shares
from indexer.run_options import RunOptions
from indexer.sources import Sources
from indexer.workers import beginning
from indexer.workers import pool as pool_module
from indexer.workers import processes as processes_module
from indexer.workers.beginning import LEAST_BYTES, begin, begun
from search.index.directory import IndexDirectory
from tests.indexer.archives import archive, rows


def _file(path: Path, size: int) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as opened:
        opened.truncate(size)
    return str(path)


def test_a_process_that_gets_nothing_to_do_ends_by_itself() -> None:
    first = begin()
    first.connection.close()
    first.process.join(30)
    assert first.process.exitcode == 0


def test_a_run_gives_its_work_to_the_process_that_was_begun_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = begin()
    monkeypatch.setattr(processes_module, "begin", lambda: pytest.fail("started another process"))
    monkeypatch.setattr(pool_module, "LEAST_BYTES", 0)
    source = archive(tmp_path / "a.jsonl", rows(0, 10))
    options = RunOptions(shares=Shares(1), begun=first)
    report = index(IndexDirectory(tmp_path / "index"), Sources([source]), Choices(lexicon="none"), options=options)
    assert report.articles == 10
    assert not multiprocessing.active_children()


def test_a_process_is_begun_where_files_are_large_enough_alone_or_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = list[str]()

    class Noted:
        def end(self) -> None:
            ended.append("end")

        def join(self) -> None:
            ended.append("join")

    monkeypatch.setattr(beginning, "begin", Noted)
    large, small = _file(tmp_path / "large", LEAST_BYTES), _file(tmp_path / "small", LEAST_BYTES // 2)
    for number in range(3):
        _file(tmp_path / "folder" / f"year{number}" / "a.txt", LEAST_BYTES // 3 + 1)
    for paths in ((large,), (small, small), (str(tmp_path / "folder"),)):
        with begun(paths) as first:
            assert first is not None
            assert not ended
        assert ended == ["end", "join"]
        ended.clear()
    for paths in ((), (small,), (str(tmp_path / "nothing here"),), ("bad\0name",)):
        with begun(paths) as first:
            assert first is None


def test_where_no_process_can_be_made_none_is_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> object:
        raise OSError(38, "Function not implemented")

    monkeypatch.setattr(beginning, "begin", refuse)
    with begun([_file(tmp_path / "large", LEAST_BYTES)]) as first:
        assert first is None
