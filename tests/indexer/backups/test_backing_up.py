"""A backup is the last commit, whole and compared, or there is none: beside a writer, on a full disk, when killed."""

from __future__ import annotations

import os
import re
import shutil
import threading
from io import FileIO
from pathlib import Path
from shutil import disk_usage

import pytest

from indexer.backups import copying, snapshot
from indexer.backups.backing_up import BackedUp, back_up
from indexer.backups.copying import copy_file
from indexer.generations.checksums import drop_replaceable, recorded
from indexer.origins.table import copy_table
from indexer.withdrawal import delete
from search.engines.registry import EMBEDDED
from search.errors import IndexBusy, IndexDamaged, IndexMissing, IndexStateError, StorageFull
from search.index.directory import IndexDirectory
from search.index.withdrawn import read_withdrawn
from tests import forked
from tests.damage import put_in_place
from tests.indexer.archives import archive, count, rows
from tests.indexer.backups.working import is_sound, nothing_shown, origins
from tests.indexer.building import add, rebuild
from tests.indexer.damaging import verified
from tests.indexer.stopping import Step, stopped_at, writing_steps


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """Where the backup is to be made, in a folder that holds nothing else."""
    (tmp_path / "backups").mkdir()
    return tmp_path / "backups" / "day [1]"


def backed_up(place: Path, target: Path) -> BackedUp:
    return back_up(IndexDirectory(place), target, progress=nothing_shown)


def test_a_backup_is_an_index_with_all_that_belongs_to_it(place: Path, path: Path, target: Path, engine: str) -> None:
    add(place, path, engine=engine)
    delete(IndexDirectory(place), ["3"], reason="خطأ")
    (place / "names.toml").write_text('[sources]\n"a" = "أ"\n', encoding="utf-8")
    done = backed_up(place, target)
    assert (done.articles, count(target), done.path) == (29, 29, str(target))
    sums = recorded(target / "generations" / "1")
    assert sums and sums.settled and done.bytes == sum(size for size, _ in sums.files.values())
    found = verified(target)
    assert found.sound and not found.files.unknown
    assert read_withdrawn(target) == read_withdrawn(place)
    assert (target / "names.toml").read_bytes() == (place / "names.toml").read_bytes()
    assert origins(target) == origins(place)
    before, after = IndexDirectory(place).read(), IndexDirectory(target).read()
    assert (after.sources, after.commits, after.updated) == (before.sources, before.commits, before.updated)


def test_a_backup_shares_no_bytes_with_its_index(place: Path, path: Path, target: Path, engine: str) -> None:
    add(place, path, engine=engine)
    backed_up(place, target)
    files = [each for folder in (place, target) for each in folder.rglob("*") if each.is_file()]
    assert len({each.stat().st_ino for each in files}) == len(files)
    shutil.rmtree(place)
    assert is_sound(target) and count(target) == 30


def test_only_what_is_served_is_copied(place: Path, path: Path, target: Path) -> None:
    add(place, path)
    rebuild(place)
    backed_up(place, target)
    assert [folder.name for folder in target.glob("generations/*")] == ["2"]
    assert IndexDirectory(target).read().previous is None


@pytest.mark.parametrize(
    ("engine", "step"),
    [
        *((engine, step) for engine in EMBEDDED for step in writing_steps(engine)[1 if engine == "tantivy" else 3 :]),
        ("tantivy", Step("indexer.origins.origins", "Origins.commit", "before", 3)),
        ("tantivy", Step("indexer.origins.origins", "Origins.commit", "after", 3)),
        ("tantivy", Step("search.index.directory", "IndexDirectory.write", "before", 3)),
        ("tantivy", Step("indexer.generations.checksums", "replace_file", "before", 3)),
    ],
    ids=str,
)
def test_at_any_step_of_a_run_a_backup_is_a_commit_from_which_the_run_can_be_done_again(
    place: Path, tmp_path: Path, target: Path, engine: str, step: Step
) -> None:
    path = archive(tmp_path / "a.jsonl", rows(0, 10))
    add(place, path, engine=engine)
    archive(path, rows(0, 100))
    with stopped_at(step, "index", path, "--index", place):
        done = backed_up(place, target)
    assert done.articles == count(target) and is_sound(target)
    assert done.articles in range(10, 101, 10)
    assert len(origins(target)) <= done.articles
    report = add(target, path)
    assert (report.articles, report.added + report.unchanged) == (100, 100)
    assert len(origins(target)) == 100


def test_backups_one_after_another_beside_a_run_that_commits_and_merges(
    place: Path, tmp_path: Path, target: Path, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("BATCH", "COMMIT_ARTICLES"):
        monkeypatch.setattr(f"indexer.intake.{name}", 10)
    add(place, archive(tmp_path / "a.jsonl", rows(0, 10)), engine=engine)
    more = archive(tmp_path / "b.jsonl", rows(10, 200))
    run = threading.Thread(target=add, args=(place, more))
    run.start()
    found = list[int]()
    while run.is_alive():
        found.append(_one(place, target, len(found)))
    run.join()
    assert found == sorted(found) and all(articles % 10 == 0 for articles in found)
    assert _one(place, target, -1) == 200


def _one(place: Path, target: Path, number: int) -> int:
    """How many articles the next backup holds, which is sound."""
    folder = target.with_name(f"{number}")
    articles = backed_up(place, folder).articles
    assert is_sound(folder) and count(folder) == articles
    assert len(origins(folder)) <= articles
    return articles


def test_a_swap_meanwhile_gives_the_index_that_is_served_then(
    place: Path, path: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(place, path)
    swaps = [lambda: rebuild(place, keep_previous=False)]

    def copy_and_swap(folder: Path, into: Path) -> Path:
        done = copy_table(folder, into)
        if swaps:
            swaps.pop()()
        return done

    monkeypatch.setattr(copying, "copy_table", copy_and_swap)
    assert backed_up(place, target).articles == 30
    assert [folder.name for folder in target.glob("generations/*")] == ["2"]
    assert is_sound(target)


_DEADLY = [
    ("indexer.backups.copying", "copy_file", "after"),
    ("indexer.backups.copying", "copy_table", "after"),
    ("indexer.backups.copying", "record_copy", "before"),
    ("search.index.directory", "IndexDirectory.write_fields", "before"),
    ("search.index.directory", "IndexDirectory.write_fields", "after"),
]


@pytest.mark.parametrize("step", _DEADLY, ids=str)
def test_a_backup_that_is_killed_is_no_backup_and_the_next_one_is(
    place: Path, path: Path, target: Path, step: tuple[str, str, str]
) -> None:
    add(place, path)
    done = forked.run("backup", target, "--index", place, prepared=("tests.indexer.stopping.die_at", *step))
    assert done.returncode == -9, done.stderr
    assert not target.exists()
    (left,) = target.parent.iterdir()
    for each in (left, *left.rglob("*")):
        os.utime(each, (0, 0))
    backed_up(place, target)
    assert list(target.parent.iterdir()) == [target]
    assert is_sound(target) and is_sound(place)


def test_what_another_backup_is_writing_is_left_alone(place: Path, path: Path, target: Path) -> None:
    add(place, path)
    other = target.with_name(f"{target.name}.partial-0")
    other.mkdir()
    backed_up(place, target)
    assert other.exists()


@pytest.mark.parametrize("settled", [True, False])
def test_a_flipped_byte_anywhere_is_never_backed_up(
    place: Path, path: Path, target: Path, engine: str, settled: bool
) -> None:
    add(place, path, engine=engine)
    delete(IndexDirectory(place), ["3"])
    folder = place / "generations" / "1"
    if not settled:  # as while a run is writing: what it may replace is not recorded
        drop_replaceable(folder, engine)
    sums = recorded(folder)
    assert sums
    for file in (*(folder / name for name in sums.files), folder / "checksums.json", place / "withdrawn.json"):
        content = file.read_bytes()
        at = len(content) // 2
        put_in_place(file, content[:at] + bytes([content[at] ^ 0x10]) + content[at + 1 :])
        with pytest.raises(IndexDamaged, match=re.escape(file.name)):
            backed_up(place, target)
        assert list(target.parent.iterdir()) == []
        put_in_place(file, content)
    assert backed_up(place, target).articles == 29


def test_a_file_that_is_missing_is_named(place: Path, path: Path, target: Path, engine: str) -> None:
    add(place, path, engine=engine)
    file = next(each for each in place.glob("generations/1/*") if each.suffix in (".store", ".seg"))
    file.unlink()
    with pytest.raises(IndexDamaged, match=re.escape(f"{file} cannot be read (No such file")):
        backed_up(place, target)


def test_what_the_disk_gives_back_otherwise_does_not_count(
    place: Path, path: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(place, path)

    def copy(file: FileIO, written: Path) -> tuple[int, str]:
        found = copy_file(file, written)
        written.write_bytes(bytes(found[0]))
        return found

    monkeypatch.setattr(copying, "copy_file", copy)
    with pytest.raises(IndexDamaged, match="is not read as it was written: check the disk"):
        backed_up(place, target)
    assert list(target.parent.iterdir()) == []


@pytest.mark.parametrize("told", [True, False], ids=["told before", "met while writing"])
@pytest.mark.parametrize("room", ["nothing", "the table"])
def test_a_full_disk_leaves_nothing(
    place: Path, path: Path, small_disk: Path, told: bool, room: str, monkeypatch: pytest.MonkeyPatch, engine: str
) -> None:
    add(place, path, engine=engine)
    fitting = (place / "generations" / "1" / "origins.sqlite").stat().st_size if room == "the table" else 0
    (small_disk / "filling").write_bytes(bytes(disk_usage(small_disk).free - fitting - 12_000))
    if not told:
        monkeypatch.setattr(copying, "free_bytes", lambda folder: None)
    with pytest.raises(StorageFull, match=r"no space left for backup .*day"):
        backed_up(place, small_disk / "day")
    assert os.listdir(small_disk) == ["filling"]
    (small_disk / "filling").unlink()
    assert backed_up(place, small_disk / "day").articles == 30


def test_places_where_no_backup_can_be(place: Path, path: Path, target: Path, small_disk: Path) -> None:
    with pytest.raises(IndexMissing):
        backed_up(place, target)
    add(place, path)
    (target.parent / "full").mkdir()
    (target.parent / "full" / "note").touch()
    (target.parent / "note").touch()
    for given, said in (
        (target.parent / "full", "is not empty"),
        (target.parent / "note", "is a file"),
        (target.parent / "no" / "day", "is missing: make it, or mount the disk"),
        (place, "is the index itself"),
        (place / "day", "lie in each other"),
        (place.parent, "lie in each other"),
        (small_disk, "is where a disk is mounted"),
    ):
        with pytest.raises(IndexStateError, match=said):
            backed_up(place, given)
    assert sorted(each.name for each in target.parent.iterdir()) == ["full", "note"]


def test_an_empty_folder_may_become_the_backup_also_by_a_link(place: Path, path: Path, target: Path) -> None:
    add(place, path)
    target.mkdir()
    link = target.with_name("latest")
    link.symlink_to(target)
    assert backed_up(place, link).path == str(target)
    assert link.is_symlink() and count(link) == 30


def test_an_index_that_never_holds_still_is_told(
    place: Path, path: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(place, path)
    monkeypatch.setattr(snapshot, "_PAUSE", 0)
    monkeypatch.setattr(snapshot, "_state", lambda directory: object())
    with pytest.raises(IndexBusy, match="try again later"):
        backed_up(place, target)
