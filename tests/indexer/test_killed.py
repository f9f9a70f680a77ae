"""kill -9 at every step of writing: what was committed is served, and the next run goes on from there.

Only the run that dies needs a process of its own. What is done before and after it is done here, and raises what a
command would report.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.generations.succession import rollback
from search.engines.registry import EMBEDDED
from search.index.directory import IndexDirectory
from search.pages.records import SearchRequest
from search.service import SearchService
from search.settings import Settings
from tests import forked
from tests.indexer.archives import archive, count, rows
from tests.indexer.building import add, generations, rebuild
from tests.indexer.damaging import verified
from tests.indexer.stopping import Step, stopped_at, writing_steps

_INDEX_STEPS = [
    ("indexer.intake", "Intake.add", "before"),
    ("indexer.intake", "assemble_document", "after"),
    ("search.engines.tantivy.engine", "TantivyWriter.add", "after"),
    ("search.engines.tantivy.engine", "TantivyWriter.commit", "before"),
    ("search.engines.tantivy.engine", "TantivyWriter.commit", "after"),
    ("search.index.directory", "IndexDirectory.write", "before"),
    ("pathlib", "Path.replace", "before"),
    ("pathlib", "Path.replace", "after"),
    ("search.index.directory", "remove_file", "before"),
    ("search.index.directory", "remove_file", "after"),
    ("indexer.generations.checksums", "replace_file", "before"),
    ("indexer.generations.checksums", "replace_file", "after"),
    ("indexer.generations.checksums", "measure", "after"),
    ("search.engines.tantivy.engine", "TantivyWriter.close", "before"),
]
_REINDEX_STEPS = [
    *_INDEX_STEPS,
    ("search.engines.tantivy.engine", "create", "before"),
    ("search.engines.tantivy.engine", "create", "after"),
    ("search.engines.tantivy.engine", "TantivyWriter.close", "after"),
    ("indexer.generations.storage", "make_folder", "after"),
    ("indexer.generations.storage", "sync_folder", "before"),
]


def die(step: tuple[str, str, str], *arguments: object) -> None:
    """Runs the command, which kills itself at this step."""
    done = forked.run(*arguments, prepared=("tests.indexer.stopping.die_at", *step))
    assert done.returncode == -9, done.stderr


def found(place: Path) -> int:
    """How many articles a search for the word that all of them have finds."""
    return SearchService.open(Settings(index=place)).search(SearchRequest("خبر", collapse=False)).total


@pytest.mark.parametrize("step", _INDEX_STEPS, ids=str)
def test_killed_while_indexing_more(place: Path, tmp_path: Path, step: tuple[str, str, str]) -> None:
    old, new = archive(tmp_path / "a.jsonl", rows(0, 10)), archive(tmp_path / "b.jsonl", rows(10, 30))
    add(place, old)
    die(step, "index", new, "--index", place)
    assert count(place) in (10, 30)
    assert verified(place).sound
    assert found(place) == count(place)
    add(place, new)
    assert count(place) == 30
    assert verified(place).sound


@pytest.mark.parametrize("step", _INDEX_STEPS, ids=str)
def test_killed_while_making_a_new_index(place: Path, tmp_path: Path, step: tuple[str, str, str]) -> None:
    path = archive(tmp_path / "a.jsonl", rows(0, 10))
    die(step, "index", path, "--index", place)
    add(place, path)
    assert count(place) == 10


@pytest.mark.parametrize("step", _REINDEX_STEPS, ids=str)
def test_killed_while_rebuilding_and_swapping(place: Path, tmp_path: Path, step: tuple[str, str, str]) -> None:
    path = archive(tmp_path / "a.jsonl", rows(0, 10))
    add(place, path)
    archive(path, rows(0, 25))
    die(step, "reindex", "--index", place)
    assert count(place) in (10, 25)
    assert verified(place).sound
    assert found(place) == count(place)
    rebuild(place)
    assert count(place) == 25
    assert len(generations(place)) == 2
    rollback(IndexDirectory(place))
    assert count(place) in (10, 25)


@pytest.mark.parametrize("step", [("shutil", "rmtree", "before"), ("shutil", "rmtree", "after")], ids=str)
def test_killed_while_removing_the_oldest(place: Path, tmp_path: Path, step: tuple[str, str, str]) -> None:
    path = archive(tmp_path / "a.jsonl", rows(0, 10))
    add(place, path)
    rebuild(place)
    archive(path, rows(0, 25))
    die(step, "reindex", "--index", place)
    assert count(place) == 25
    add(place, path)
    assert generations(place) == ["2", "3"]


@pytest.mark.parametrize("lost", [False, True], ids=["swap", "lost manifest"])
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("path", ["replace_file", "remove_file", "IndexDirectory.write_fields"])
def test_killed_while_rolling_back(place: Path, tmp_path: Path, path: str, when: str, lost: bool) -> None:
    source = archive(tmp_path / "a.jsonl", rows(0, 10))
    add(place, source)
    archive(source, rows(0, 25))
    rebuild(place)
    if lost:
        (place / "kashaf.json").unlink()
    die(("search.index.directory", path, when), "rollback", "--index", place)
    if not (place / "kashaf.json").exists():
        rollback(IndexDirectory(place))
    served = count(place)
    assert served in (10, 25)
    rollback(IndexDirectory(place))
    assert count(place) == 35 - served
    assert generations(place) == ["1", "2"]


@pytest.mark.parametrize(
    ("engine", "step"), [(engine, step) for engine in EMBEDDED for step in writing_steps(engine)], ids=str
)
def test_killed_all_over_a_rebuild(place: Path, tmp_path: Path, engine: str, step: Step) -> None:
    path = archive(tmp_path / "a.jsonl", rows(0, 10))
    add(place, path, engine=engine)
    archive(path, rows(0, 100))
    with stopped_at(step, "reindex", path, "--index", place):
        assert count(place) == 10
    assert count(place) == 10
    assert verified(place).sound
    archive(path, rows(0, 15))
    rebuild(place, path)
    assert count(place) == 15
    assert len(generations(place)) == 2
