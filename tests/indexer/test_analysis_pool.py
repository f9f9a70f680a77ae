"""Articles analysed in subprocesses get the same terms in the same order; the loss of a process is reported."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import count as counting
from pathlib import Path

import pytest

from indexer import analysis_pool as pool_module
from indexer.analysis_pool import LEAST_BYTES, analysis_pool
from indexer.build import Choices, index
from indexer.cleaning.clean import Cleaned
from indexer.sources import Sources
from search.analysis.analyzer import Analyzer
from search.analysis.batch.batch_analyzer import BatchAnalyzer
from search.article import Article, encode_article
from search.errors import WorkerLost
from search.index.directory import IndexDirectory
from search.index.documents import Analysed, analyse_articles
from tests.indexer.archives import ROOT, archive, command, count, kashaf, rows

ANALYZER, RULES = BatchAnalyzer(Analyzer.default()), BatchAnalyzer(Analyzer.default("none"))
ARTICLES = [
    Article(str(number), title=f"وزيرُ الخارجية {number}", body=f"قال الوزراء في 15 نيسان {number}\nإن الدَّخل ٣٬٦٥٠")
    for number in range(40)
]
CLEANED = [Cleaned(article, encode_article(article)) for article in ARTICLES]
_ORPHAN = """
import multiprocessing, sys, time
from indexer.analysis_pool import LEAST_BYTES, analysis_pool
from search.analysis.analyzer import Analyzer
from search.analysis.batch.batch_analyzer import BatchAnalyzer
with analysis_pool(BatchAnalyzer(Analyzer.default()), None, size=LEAST_BYTES) as pool:
    pool.analyse([])()
    print(multiprocessing.active_children()[0].pid, flush=True)
    time.sleep(60)
"""


def plain(found: Sequence[Analysed]) -> list[object]:
    """What can be compared."""
    return [(terms, sketch and (sketch.bands, sketch.key, sketch.low, sketch.cut)) for terms, sketch in found]


@pytest.fixture(autouse=True)
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool_module, "cores", lambda: 2)


def test_processes_give_the_terms_that_this_one_gives_in_order() -> None:
    batches = [CLEANED[first : first + 8] for first in range(0, 40, 8)]
    with analysis_pool(ANALYZER, None, size=LEAST_BYTES) as pool:
        waiting = [pool.analyse(batch) for batch in batches]
        found = [terms for wait in waiting for terms in wait()]
        assert multiprocessing.active_children()
    assert plain(found) == plain(analyse_articles(ARTICLES, ANALYZER))
    assert not multiprocessing.active_children()


def test_the_processes_have_the_lexicon_of_the_index() -> None:
    with analysis_pool(RULES, "none", size=LEAST_BYTES) as pool:
        found = pool.analyse(CLEANED[:1])()
    assert plain(found) == plain(analyse_articles(ARTICLES[:1], RULES))


@pytest.mark.parametrize(("size", "cores"), [(LEAST_BYTES - 1, 2), (LEAST_BYTES, 1)])
def test_no_process_for_little_work_or_one_core(monkeypatch: pytest.MonkeyPatch, size: int, cores: int) -> None:
    monkeypatch.setattr(pool_module, "cores", lambda: cores)
    with analysis_pool(ANALYZER, None, size=size) as pool:
        assert plain(pool.analyse(CLEANED[:1])()) == plain(analyse_articles(ARTICLES[:1], ANALYZER))
        assert not multiprocessing.active_children()


def test_where_no_process_can_be_made_this_one_does_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(38, "Function not implemented")

    monkeypatch.setattr(pool_module, "ProcessPoolExecutor", refuse)
    with analysis_pool(ANALYZER, None, size=LEAST_BYTES) as pool:
        assert plain(pool.analyse(CLEANED[:1])()) == plain(analyse_articles(ARTICLES[:1], ANALYZER))


def test_a_process_ended_from_outside_is_reported_in_one_line() -> None:
    with pytest.raises(WorkerLost, match="run the command again"), analysis_pool(ANALYZER, None, size=10**9) as pool:
        pool.analyse([])()
        for child in multiprocessing.active_children():
            child.kill()
        for _ in range(100):
            pool.analyse(CLEANED[:1])()


def test_no_process_outlives_a_killed_indexer() -> None:
    with subprocess.Popen([sys.executable, "-c", _ORPHAN], cwd=ROOT, stdout=subprocess.PIPE, text=True) as started:
        assert started.stdout
        worker = int(started.stdout.readline())
        started.kill()
    assert any(not _runs(worker) for _ in _moments(seconds=20))


def test_an_index_is_the_same_with_processes_and_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = archive(tmp_path / "a.jsonl", rows(0, 700))
    index(IndexDirectory(tmp_path / "here"), Sources([source]), Choices())
    monkeypatch.setattr(pool_module, "LEAST_BYTES", 0)
    index(IndexDirectory(tmp_path / "beside"), Sources([source]), Choices())
    for field in ("body_stem", "title_word", "title_exact", "bands"):
        one, other = (
            IndexDirectory(tmp_path / name).open_engine()[1].terms(field, "", limit=10_000)
            for name in ("here", "beside")
        )
        assert one == other
        assert one


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
    assert said == "kashaf: interrupted: the index is as it was at its last commit\n"
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
