"""A restore serves what was backed up, in one step and with the way back, or leaves all as it was."""

from __future__ import annotations

import json
import os
from pathlib import Path
from shutil import disk_usage

import pytest

from indexer.backups import copying
from indexer.backups.backing_up import back_up
from indexer.backups.restoring import RestoredIndex, restore_backup
from indexer.build import Choices, index
from indexer.fetching.places import TABLE, append_article, article_files, articles_in
from indexer.generations.checksums import recorded
from indexer.generations.succession import rollback
from indexer.remembered_sources.registering import add_source, registry_of, remembered_roots
from indexer.withdrawal import delete
from indexer.withdrawal import restore as lift
from search.article import Article
from search.errors import IndexBusy, IndexDamaged, IndexForeign, IndexMissing, IndexStateError, StorageFull
from search.index.directory import IndexDirectory
from search.index.following import Followed
from search.index.source_registry import FETCHED, fetched_folder
from search.index.withdrawn import read_withdrawn
from search.storage.run_lock import run_lock
from tests import forked
from tests.damage import put_in_place
from tests.indexer.archives import archive, count, rows
from tests.indexer.backups.working import is_sound, nothing_shown, origins
from tests.indexer.building import add, generations, rebuild, totals_meanwhile
from tests.indexer.damaging import verified


@pytest.fixture
def backup(place: Path, path: Path, engine: str, tmp_path: Path) -> Path:
    """A backup of thirty articles, after which the index grew to fifty."""
    add(place, path, engine=engine)
    folder = tmp_path / "backup"
    back_up(IndexDirectory(place), folder, progress=nothing_shown)
    add(place, archive(tmp_path / "b.jsonl", rows(30, 50)))
    return folder


def restored(backup: Path, place: Path, *, replace: bool = True) -> RestoredIndex:
    return restore_backup(IndexDirectory(backup), IndexDirectory(place), replace=replace, progress=nothing_shown)


@pytest.mark.parametrize("made", [False, True], ids=["no folder", "an empty folder"])
def test_a_backup_becomes_a_new_index(backup: Path, path: Path, tmp_path: Path, made: bool) -> None:
    place = tmp_path / "new"
    if made:
        place.mkdir()
    done = restored(backup, place, replace=False)
    assert (done.articles, done.before, done.withdrawn, count(place)) == (30, None, 0, 30)
    found = verified(place)
    assert found.sound and not found.files.unknown
    assert origins(place) == origins(backup)
    assert add(place, path).unchanged == 30
    assert is_sound(backup), "what is restored shares nothing with its backup"


def test_an_index_that_is_there_is_replaced_only_where_that_is_asked_for(backup: Path, place: Path) -> None:
    with pytest.raises(IndexStateError, match="--replace serves the backup in its place"):
        restored(backup, place, replace=False)
    assert (count(place), generations(place)) == (50, ["1"])


def test_the_index_before_is_kept_and_a_rollback_brings_it_back(backup: Path, place: Path) -> None:
    done = restored(backup, place)
    assert (done.generation, done.before, count(place)) == ("2", "1", 30)
    assert is_sound(place)
    assert rollback(IndexDirectory(place)).articles == 50
    assert rollback(IndexDirectory(place)).articles == 30
    assert restored(backup, place).before == "2"
    assert generations(place) == ["2", "3"]


def test_readers_find_the_one_or_the_other_meanwhile(backup: Path, place: Path) -> None:
    totals, last = totals_meanwhile(place, lambda: restored(backup, place), times=2)
    assert totals <= {30, 50} and last == 30


def test_a_site_that_follows_serves_what_was_restored(backup: Path, place: Path) -> None:
    following = Followed(place)
    assert following.current.engine.documents == 50
    restored(backup, place)
    following.look()
    assert following.current.engine.documents == 30


def test_what_was_deleted_for_good_since_the_backup_stays_deleted(backup: Path, place: Path, path: Path) -> None:
    delete(IndexDirectory(place), ["3", "40"], reason="حكم قضائي")
    done = restored(backup, place)
    assert (done.articles, done.withdrawn, count(place)) == (29, 1, 29)
    assert set(read_withdrawn(place)) == {"3", "40"}
    assert is_sound(place)
    assert add(place, path).withdrawn == 1


def test_what_was_deleted_before_the_backup_is_deleted_in_a_new_index(
    place: Path, path: Path, tmp_path: Path, engine: str
) -> None:
    add(place, path, engine=engine)
    delete(IndexDirectory(place), ["3"])
    back_up(IndexDirectory(place), tmp_path / "backup", progress=nothing_shown)
    restored(tmp_path / "backup", tmp_path / "new")
    assert set(read_withdrawn(tmp_path / "new")) == {"3"}
    lift(IndexDirectory(tmp_path / "new"), ["3"])
    assert add(tmp_path / "new", path).added == 1


def test_a_damaged_record_of_what_was_deleted_is_replaced_and_told(backup: Path, place: Path) -> None:
    (place / "withdrawn.json").write_text("{")
    assert restored(backup, place).unknown
    assert read_withdrawn(place) == {} and count(place) == 30


@pytest.mark.parametrize("damage", ["manifest", "engine", "generation"])
def test_a_damaged_index_is_put_right_by_a_backup(backup: Path, place: Path, damage: str) -> None:
    if damage == "manifest":
        (place / "kashaf.json").unlink()
    elif damage == "generation":
        (place / "generations" / "1").rename(place.parent / "gone")
    else:
        for file in place.glob("generations/1/*"):
            if file.suffix in (".store", ".seg", ".term"):
                put_in_place(file, b"")
    if damage != "generation":
        with pytest.raises(IndexStateError, match="--replace"):
            restored(backup, place, replace=False)
    assert restored(backup, place).articles == count(place) == 30


def test_a_flipped_byte_anywhere_in_a_backup_is_refused(backup: Path, place: Path) -> None:
    delete(IndexDirectory(backup), ["3"])
    folder = backup / "generations" / "1"
    sums = recorded(folder)
    assert sums
    files = [*(folder / name for name in sums.files), folder / "checksums.json"]
    for file in (*files, backup / "withdrawn.json", backup / "kashaf.json"):
        content = file.read_bytes()
        at = content.rfind(b'": ') + 4 if file.name == "kashaf.json" else len(content) // 2
        put_in_place(file, content[:at] + bytes([content[at] ^ 0x01]) + content[at + 1 :])
        with pytest.raises(IndexDamaged, match=file.name):
            restored(backup, place)
        assert (count(place), generations(place)) == (50, ["1"])
        assert not (place / "withdrawn.json").exists()
        put_in_place(file, content)
    assert restored(backup, place).articles == 29


@pytest.mark.parametrize("told", [True, False], ids=["told before", "met while writing"])
def test_a_full_disk_leaves_the_index_as_it_was(
    backup: Path, path: Path, small_disk: Path, told: bool, monkeypatch: pytest.MonkeyPatch, engine: str
) -> None:
    place = small_disk / "index"
    add(place, path, engine=engine)
    room = (backup / "generations" / "1" / "origins.sqlite").stat().st_size + 12_000  # not for what comes behind it
    (small_disk / "filling").write_bytes(bytes(disk_usage(small_disk).free - room))
    if not told:
        monkeypatch.setattr(copying, "free_bytes", lambda folder: None)
    with pytest.raises(StorageFull, match="no space left for index"):
        restored(backup, place)
    assert (count(place), generations(place)) == (30, ["1"])
    with pytest.raises(StorageFull):
        restored(backup, small_disk / "new")
    assert sorted(os.listdir(small_disk)) == ["filling", "index"]


_DEADLY = [
    ("indexer.backups.copying", "copy_file", "after"),
    ("indexer.backups.copying", "record_copy", "after"),
    ("indexer.backups.withdrawn_since", "remove_withdrawn", "after"),
    ("search.index.directory", "IndexDirectory.write_fields", "before"),
    ("search.index.directory", "IndexDirectory.write_fields", "after"),
    ("search.index.directory", "remove_file", "before"),
]


@pytest.mark.parametrize(
    ("step", "there"), [*((step, True) for step in _DEADLY), *((step, False) for step in _DEADLY[::2])], ids=str
)
def test_killed_while_restoring(
    place: Path, path: Path, tmp_path: Path, step: tuple[str, str, str], there: bool
) -> None:
    add(place, path)
    back_up(IndexDirectory(place), tmp_path / "backup", progress=nothing_shown)
    delete(IndexDirectory(place), ["1", "2", "3"])
    restoring = place if there else tmp_path / "new"
    prepared = ("tests.indexer.stopping.die_at", *step)
    done = forked.run("restore", tmp_path / "backup", "--replace", "--index", restoring, prepared=prepared)
    assert done.returncode == -9, done.stderr
    expected = 27 if there else 30
    if there:
        assert count(place) == expected and is_sound(place)
    assert restored(tmp_path / "backup", restoring).articles == expected
    assert is_sound(restoring) and len(generations(restoring)) <= 2


def test_what_cannot_be_restored_is_told(backup: Path, place: Path, path: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "note").touch()
    for given, target, error, said in (
        (tmp_path / "nowhere", place, IndexMissing, "no backup at"),
        (tmp_path / "other", place, IndexMissing, "no backup at"),
        (path, place, IndexMissing, "no backup at"),
        (backup, tmp_path / "other", IndexForeign, "no Kashaf index"),
        (place, place, IndexStateError, "is the index itself"),
        (backup, backup / "generations", IndexStateError, "lie in each other"),
    ):
        with pytest.raises(error, match=said):
            restored(given, target)
    with IndexDirectory(place).lock(), pytest.raises(IndexBusy):
        restored(backup, place)
    (place / FETCHED).mkdir()
    with run_lock(place / FETCHED / TABLE, busy=IndexBusy("")), pytest.raises(IndexBusy, match="fetches the feeds"):
        restored(backup, place)
    assert (count(place), generations(place)) == (50, ["1"])


def test_a_backup_of_another_index_leaves_each_source_what_was_fetched_from_it(tmp_path: Path) -> None:
    def index_of(name: str, *addresses: str) -> Path:
        for address in addresses:
            feed = add_source(IndexDirectory(tmp_path / name), address, options={})
            append_article(fetched_folder(tmp_path / name, feed), "2026-11.jsonl", Article(f"{address}#1", title="خبر"))
        index(
            IndexDirectory(tmp_path / name),
            remembered_roots(IndexDirectory(tmp_path / name), all_there=True),
            Choices(),
        )
        return tmp_path / name

    feeds = [f"https://{letter}.example/feed" for letter in "abcd"]
    other, place = index_of("other", *feeds[:1]), index_of("index", *feeds[1:])
    back_up(IndexDirectory(other), tmp_path / "backup", progress=nothing_shown)
    restored(tmp_path / "backup", place)
    held = {
        source.location: [
            article.id for path in article_files(fetched_folder(place, source)) for article in articles_in(path)
        ]
        for source in registry_of(IndexDirectory(place)).read
    }
    assert held == {address: [f"{address}#1"] for address in feeds}


def test_the_owners_names_come_back_where_there_are_none(backup: Path, place: Path, tmp_path: Path) -> None:
    (backup / "names.toml").write_text("# backup")
    (place / "names.toml").write_text("# index")
    restored(backup, place)
    restored(backup, tmp_path / "new")
    assert [(each / "names.toml").read_text() for each in (place, tmp_path / "new")] == ["# index", "# backup"]


def test_the_commands_say_what_they_did(place: Path, path: Path, tmp_path: Path) -> None:
    add(place, path)
    rebuild(place)
    copy = tmp_path / "backup"
    made = forked.run("backup", copy, "--index", place, "--json")
    assert (made.returncode, made.stderr, json.loads(made.stdout)["articles"]) == (0, "", 30)
    done = forked.run("restore", copy, "--replace", "--index", place)
    assert (done.returncode, done.stderr) == (0, "")
    first, second = done.stdout.splitlines()
    assert first.startswith("generation 3 is served, from the backup: 30 articles, of ")
    assert second == "generation 2 is kept: kashaf rollback brings it back"
    again = forked.run("backup", copy, "--index", place)
    assert (again.returncode, again.stderr.count("\n")) == (1, 1) and "is not empty" in again.stderr
