"""Verifying an index beside what changes it, and after a run that was killed: only damage is told as damage."""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest

from indexer.generations import checksums
from indexer.generations.checksums import recorded
from indexer.verification import verify as verification
from indexer.withdrawal import delete
from search.engines.registry import EMBEDDED, backend
from search.index.directory import IndexDirectory
from search.storage.atomic_files import replace_file
from search.storage.checksummed_json import with_checksum
from tests.indexer.archives import archive, count, rows
from tests.indexer.building import add
from tests.indexer.damaging import damaged, flipped, of_kind, verified
from tests.indexer.stopping import Step, stopped_at, writing_steps

_PUBLISHING = [
    Step("search.index.directory", "IndexDirectory.write", "before", 2),
    Step("search.index.directory", "IndexDirectory.write", "after", 9),
    Step("indexer.generations.checksums", "replace_file", "before", 3),
    Step("indexer.generations.checksums", "replace_file", "after", 1),
    Step("indexer.generations.checksums", "measure", "after", 9),
]


@pytest.mark.parametrize(
    ("engine", "step"),
    [(engine, step) for engine in EMBEDDED for step in (*writing_steps(engine), *_PUBLISHING)],
    ids=str,
)
def test_a_run_leaves_nothing_that_looks_like_damage_wherever_it_is_killed(
    place: Path, tmp_path: Path, engine: str, step: Step
) -> None:
    add(place, archive(tmp_path / "a.jsonl", rows(0, 30)), engine=engine)
    with stopped_at(step, "index", archive(tmp_path / "b.jsonl", rows(30, 130)), "--index", place):
        assert verified(place).sound
    assert verified(place).sound
    add(place, archive(tmp_path / "c.jsonl", rows(0, 31)))
    assert count(place) >= 31
    assert verified(place).files.unknown == []


def test_what_a_commit_takes_away_meanwhile_is_not_missing(
    place: Path, tmp_path: Path, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(place, archive(tmp_path / "a.jsonl", rows(0, 30)), engine=engine)
    for id in ("1", "2"):
        delete(IndexDirectory(place), [id])
    checksums.drop_replaceable(place / "generations" / "1", engine)  # as a run does that begins to write
    files, taken = backend(engine).files, list[set[str]]()

    def files_then_commit(folder: Path) -> Mapping[str, bool]:
        """The files that a commit takes away which no manifest tells of: a merge, or one that is published later."""
        found = files(folder)
        if not taken:
            taken.append(set())
            with closing(backend(engine).open_writer(folder)) as writer:
                for id in map(str, range(3, 25)):
                    writer.delete(id)
                writer.commit()
            taken[0] = {name for name in found if not (folder / name).exists()}
        return found

    monkeypatch.setattr(f"search.engines.{engine}.engine.files", files_then_commit)
    found = verified(place)
    assert taken[0]
    assert (found.files.damaged, found.sound) == ([], True)


def test_what_is_taken_away_while_it_is_read_is_not_missing(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(place, archive(tmp_path / "a.jsonl", rows(0, 30)))
    folder = place / "generations" / "1"
    (folder / "merged.store").write_bytes(b"x")
    known = recorded(folder)
    assert known is not None
    sums = checksums.Checksums({**known.files, "merged.store": checksums.measure(folder / "merged.store")})
    replace_file(folder / checksums.FILE, with_checksum(sums))
    measure = checksums.measure

    def taken_away(path: Path) -> tuple[int, str]:
        if path.name == "merged.store":
            path.unlink()
        return measure(path)

    monkeypatch.setattr(verification, "measure", taken_away)
    assert verified(place).sound
    assert not (folder / "merged.store").exists()


def test_a_file_that_may_not_be_read_for_a_moment_is_read_later(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(place, archive(tmp_path / "a.jsonl", rows(0, 30)))
    measure, refused = checksums.measure, list[Path]()

    def refusing(path: Path) -> tuple[int, str]:
        if path.name == "meta.json" and not refused:
            refused.append(path)
            raise PermissionError(13, "Permission denied", str(path))
        return measure(path)

    monkeypatch.setattr(verification, "measure", refusing)
    assert verified(place).sound and refused


def test_damage_in_an_index_that_changes_all_the_time_is_reported_after_some_tries(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(place, archive(tmp_path / "a.jsonl", rows(0, 30)))
    next(flipped(of_kind(place, ".store"), 3))
    measure = checksums.measure

    def restless(path: Path) -> tuple[int, str]:
        (path.parent / str(time.perf_counter_ns())).touch()
        return measure(path)

    monkeypatch.setattr(verification, "measure", restless)
    assert [damage[-6:] for damage in damaged(place)] == [".store"]
