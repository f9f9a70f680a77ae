"""How memory is shared out, and which sizes are refused in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer import memory
from indexer.memory import Shares, shared_out
from search.engines.base import LEAST_WRITER_MEMORY, WRITER_MEMORY
from tests.indexer.archives import archive, kashaf, rows


@pytest.mark.parametrize("jobs", [1, 2, 4, 16, 64])
@pytest.mark.parametrize("size", ["350M", "500 MB", "0.7G", "1G", "2GiB", "20G"])
def test_the_shares_add_up_to_no_more_than_the_memory(jobs: int, size: str) -> None:
    shares = shared_out(jobs, size)
    given = {"350M": 350, "500 MB": 500, "0.7G": 700, "1G": 1000, "2GiB": 2000, "20G": 20_000}[size]
    working = shares.workers * (memory._WORKING + shares.queue) or memory._ANALYSING
    assert memory._WRITING + working + shares.writer + shares.at_hand <= given * 1_000_000
    assert 0 <= shares.workers <= jobs and shares.workers * jobs != 1
    assert LEAST_WRITER_MEMORY <= shares.writer <= WRITER_MEMORY


def test_more_memory_never_means_fewer_workers_or_less_for_the_writer() -> None:
    found = [shared_out(4, f"{size}M") for size in range(350, 2_000, 10)]
    assert found[0].workers == 0 and found[-1].workers == 4
    assert [shares.workers for shares in found] == sorted(shares.workers for shares in found)


def test_without_a_bound_there_is_a_process_for_each_core(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "cores", lambda: 6)
    assert shared_out() == Shares(6, queue=384_000_000 // 6)
    assert shared_out(64).queue == Shares(64).queue
    assert (shared_out(2).workers, shared_out(1).workers) == (2, 0)


@pytest.mark.parametrize(
    ("option", "said"),
    [
        (("--memory", "100M"), "memory = '100M' is too little to index with: give 350M at least, or leave it out"),
        (("--memory", "much"), "memory = 'much' in the command line: give a size such as 500M or 2G"),
        (("--jobs", "65"), "jobs = 65 in the command line: give a whole number from 1 to 64, or 0 for one a core"),
    ],
)
def test_what_cannot_be_is_one_line_before_anything_is_written(
    tmp_path: Path, option: tuple[str, str], said: str
) -> None:
    source = archive(tmp_path / "a.jsonl", rows(0, 3))
    for name in ("index", "reindex"):
        done = kashaf(name, source, "--index", tmp_path / "index", *option)
        assert (done.returncode, done.stderr) == (1, f"kashaf: {said}\n")
    assert not (tmp_path / "index").exists()


def test_jobs_and_memory_are_settings_too(tmp_path: Path) -> None:
    source = archive(tmp_path / "a.jsonl", rows(0, 3))
    done = kashaf("index", source, "--index", tmp_path / "index", KASHAF_MEMORY="1M")
    assert (done.returncode, done.stderr.split(":")[1]) == (1, " memory = '1M' is too little to index with")
    assert kashaf("index", source, "--index", tmp_path / "index", KASHAF_MEMORY="1G", KASHAF_JOBS="1").returncode == 0
