"""Files are replaced in one step, and what was made is on the disk: the folders that name it too."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from search.index.directory import IndexDirectory
from search.index.open_index import open_index
from search.storage.atomic_files import make_folder, remove_file, replace_file, writing_to
from search.storage.checksummed_json import checksum_agrees, crc32, with_checksum
from tests.indexer.archives import ROOT, archive, rows
from tests.indexer.building import add, rebuild

_ASIDE = re.compile(r"/\.([^/]+)\.[0-9a-f]{16}\.new$")  # what stands before and behind a name aside, another each time


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths that are synced, in order; of what is written aside, without the part that is another each time."""
    if not Path("/proc/self/fd").is_dir():
        pytest.skip("left out: which file is synced is told by /proc")
    paths: list[str] = []
    fsync = os.fsync

    def watched(handle: int) -> None:
        paths.append(_ASIDE.sub(r"/\1.new", os.readlink(f"/proc/self/fd/{handle}")))
        fsync(handle)

    monkeypatch.setattr(os, "fsync", watched)
    return paths


def test_a_file_is_synced_before_its_name_and_the_name_after(tmp_path: Path, synced: list[str]) -> None:
    replace_file(tmp_path / "a", b"x")
    assert synced == [str(tmp_path / "a.new"), str(tmp_path)]
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_two_threads_that_replace_one_file_at_once_do_not_disturb_each_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fsync = os.fsync

    def meanwhile(handle: int) -> None:
        monkeypatch.setattr(os, "fsync", fsync)
        replace_file(tmp_path / "a", b"the other's")

    monkeypatch.setattr(os, "fsync", meanwhile)
    replace_file(tmp_path / "a", b"mine")
    assert (tmp_path / "a").read_bytes() == b"mine"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_what_cannot_be_written_leaves_nothing_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        replace_file(tmp_path / "a", b"x")
    assert list(tmp_path.iterdir()) == []


def test_what_killed_processes_left_aside_is_removed_when_nobody_can_be_writing_it(tmp_path: Path) -> None:
    place = tmp_path / "index"
    add(place, archive(tmp_path / "a.jsonl", rows(0, 3)))
    folder = place / "generations" / "1"
    fetched = place / "fetched" / "1"
    fetched.mkdir(parents=True)
    old = [place / "kashaf.json.0a.new", place / "kashaf.json.new", folder / "names.tsv.0a.new"]  # of an older program
    left = [*old, place / ".sources.json.0a.new", folder / ".names.tsv.0a.new", fetched / ".2026-01.jsonl.0a.new"]
    written = [place / ".kashaf.json.0b.new", folder / ".names.tsv.0b.new", fetched / ".2026-01.jsonl.0b.new"]
    for path in (*left, *written):
        path.write_bytes(b"x")
    for path in left:
        os.utime(path, (0, 0))
    add(place, archive(tmp_path / "b.jsonl", rows(3, 6)))
    assert not any(path.exists() for path in left) and all(path.exists() for path in written)


@pytest.mark.parametrize("name", [".kashaf.json.0a.new", "kashaf.json.0a.new"])
def test_a_manifest_that_was_left_aside_makes_no_directory_foreign(tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()
    assert not IndexDirectory(tmp_path).exists()


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the umask is told by /proc")
def test_the_umask_is_read_without_being_set() -> None:
    used = "from search.storage.atomic_files import usual_mode\nprint(oct(usual_mode()))"
    program = f"import os; os.umask(0o027); os.umask = None\n{used}"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("0o640\n", "")


def test_a_name_that_was_taken_away_is_synced(tmp_path: Path, synced: list[str]) -> None:
    remove_file(tmp_path / "a")
    assert synced == []
    (tmp_path / "a").touch()
    remove_file(tmp_path / "a")
    assert synced == [str(tmp_path)]


def test_each_new_folder_is_synced_in_the_one_above(tmp_path: Path, synced: list[str]) -> None:
    make_folder(tmp_path / "a" / "b")
    assert synced == [str(tmp_path), str(tmp_path / "a")]
    make_folder(tmp_path / "a" / "b")
    assert len(synced) == 2


@pytest.mark.parametrize("engine", ["tantivy", "whoosh"])
def test_an_index_and_a_rebuild_sync_all_folders_and_small_files(
    tmp_path: Path, synced: list[str], engine: str
) -> None:
    place = tmp_path / "index"
    add(place, archive(tmp_path / "a.jsonl", rows(0, 3)), engine=engine)
    first = [place, place / "generations", place / "generations" / "1", tmp_path]
    manifest, sums = place / "kashaf.json.new", place / "generations" / "1" / "checksums.json.new"
    assert {str(path) for path in (*first, manifest, sums, sums.with_name("generation.json.new"))} <= set(synced)
    assert synced.index(str(sums)) < synced.index(str(manifest))  # checksums are there before a manifest names them
    synced.clear()
    rebuild(place)
    assert {str(path) for path in (place, place / "generations", place / "generations" / "2")} <= set(synced)
    synced.clear()
    open_index(place).warm()
    assert synced == [str(place / "generations" / "2" / "names.tsv.new"), str(place / "generations" / "2")]


def test_a_checksum_detects_every_changed_byte() -> None:
    content = with_checksum({"a": 1, "b": ["سلام"], "checksum": "left out"})
    assert checksum_agrees(content)
    for at in range(len(content)):
        for bit in range(8):
            changed = content[:at] + bytes([content[at] ^ 1 << bit]) + content[at + 1 :]
            assert not checksum_agrees(changed)
    assert checksum_agrees(b'{"a": 1}') is None


def test_checksums_go_on_from_one_piece_to_the_next() -> None:
    assert crc32(b"123456789") == 0xCBF43926
    assert crc32(b"56789", crc32(b"1234")) == 0xCBF43926


def test_what_a_user_names_stays_a_link_or_a_pipe(tmp_path: Path) -> None:
    there, link, pipe = tmp_path / "there.csv", tmp_path / "link.csv", tmp_path / "pipe"
    there.write_text("before")
    link.symlink_to(there)
    with writing_to(link) as file:
        file.write(b"after")
    assert link.is_symlink() and there.read_text() == "after"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        with writing_to(pipe) as file:
            file.write(b"all")
        assert os.read(reader, 100) == b"all" and pipe.is_fifo()
    finally:
        os.close(reader)
