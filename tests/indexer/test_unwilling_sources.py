"""Files and folders that misbehave: each is skipped by name with a reason, and the rest is read."""

from __future__ import annotations

import errno
import json
import os
import re
import socket
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import which

import pytest

from indexer import file_reading
from indexer.build import Choices
from indexer.findings import GREW, NO_FILE
from indexer.generations.succession import remembered
from indexer.pruning import Pruning
from indexer.readers import folders
from indexer.readers.contract import Remark, Skipped
from indexer.readers.findings import BACKUP, CANNOT_BE_READ, CIRCLE, LEAVES, LINK_WITHIN, NOWHERE, OF_THE_DISK
from indexer.sources import Sources
from indexer.watching.updates import Updates
from search.article import Article
from search.errors import SourceError
from search.index.directory import IndexDirectory
from tests.contracts.reader import read_bytes, skipped_of, zipped
from tests.indexer.archives import command, count, kashaf
from tests.indexer.test_commands import run
from tests.indexer.test_sources import put, titles

on_posix = pytest.mark.skipif(os.name != "posix", reason="other systems know no such files")


def why(place: Path, *, follow_links: bool = False) -> dict[str, str]:
    """What is skipped below a folder: its name there → the reason."""
    items = Sources([place], follow_links=follow_links).items()
    return {os.path.relpath(item.location, place): item.reason for item in items if isinstance(item, Skipped)}


def without_privilege(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Runs the command as a user who may not read everything: tests may run as root."""
    taken = ["setpriv", "--inh-caps=-all", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    return subprocess.run([*taken, *command(*arguments)], capture_output=True, text=True, timeout=120, check=False)


needs_setpriv = pytest.mark.skipif(
    os.name != "posix" or (os.geteuid() == 0 and which("setpriv") is None), reason="root may read everything"
)


@pytest.fixture
def closing_place(tmp_path: Path) -> Iterator[Path]:
    """A folder below which others are closed; opened again, so that it can be removed."""
    yield tmp_path
    for folder, names, _ in os.walk(tmp_path):
        for name in names:
            (Path(folder) / name).chmod(0o755)


@on_posix
def test_two_links_that_name_each_other_are_skipped_and_the_rest_is_read(tmp_path: Path) -> None:
    put(tmp_path, "خبر.txt", "خبر")
    (tmp_path / "a.txt").symlink_to(tmp_path / "b.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    assert why(tmp_path) == {"a.txt": CIRCLE, "b.txt": CIRCLE}
    assert titles(tmp_path) == ["خبر"]


@on_posix
def test_a_link_to_nothing_is_skipped(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone.txt")
    assert why(tmp_path) == {"a.txt": NOWHERE}


@on_posix
def test_what_links_within_the_archive_lead_to_is_read_once(tmp_path: Path) -> None:
    put(tmp_path, "ب/خبر.txt", "خبر")
    (tmp_path / "أ").symlink_to("ب")
    (tmp_path / "أ.txt").symlink_to("ب/خبر.txt")
    (tmp_path / "ب" / "up").symlink_to("..")
    assert titles(tmp_path) == ["خبر"]
    assert why(tmp_path) == {}


@on_posix
def test_what_is_hidden_in_the_archive_is_read_by_its_links_once(tmp_path: Path) -> None:
    put(tmp_path, ".annex/objects/1", "خبر")
    (tmp_path / "a.txt").symlink_to(".annex/objects/1")
    (tmp_path / "b.txt").symlink_to(".annex/objects/1")
    assert titles(tmp_path) == ["خبر"]


@on_posix
def test_links_that_leave_the_archive_are_followed_only_where_that_is_asked_for(tmp_path: Path) -> None:
    put(tmp_path, "elsewhere/خبر.txt", "بعيد")
    put(tmp_path, "elsewhere.txt", "أبعد")
    archive = tmp_path / "archive"
    put(archive, "خبر.txt", "قريب")
    (archive / "far").symlink_to("../elsewhere")
    (archive / "far.txt").symlink_to("../elsewhere.txt")
    (archive / "far2").symlink_to("../elsewhere")
    (tmp_path / "elsewhere" / "back").symlink_to(archive)
    assert titles(archive) == ["قريب"]
    assert why(archive) == dict.fromkeys(("far", "far.txt", "far2"), LEAVES)
    assert why(archive, follow_links=True) == {}
    found = Sources([archive], follow_links=True).items()
    assert [item.title for item in found if isinstance(item, Article)] == ["بعيد", "أبعد", "قريب"]


@on_posix
def test_a_link_from_one_named_archive_to_another_stays_within(tmp_path: Path) -> None:
    put(tmp_path, "b/خبر.txt", "خبر")
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "link").symlink_to("../b")
    assert titles(tmp_path / "a", tmp_path / "b") == ["خبر"]


@on_posix
def test_following_links_is_remembered_for_a_rebuild(tmp_path: Path) -> None:
    put(tmp_path, "elsewhere/خبر.txt", "بعيد")
    put(tmp_path, "archive/خبر.txt", "قريب")
    (tmp_path / "archive" / "far").symlink_to("../elsewhere")
    place = tmp_path / "index"
    assert run("index", tmp_path / "archive", place=place).exit_code == 0
    assert count(place) == 1
    assert run("index", tmp_path / "archive", "--follow-links", place=place).exit_code == 0
    assert count(place) == 2
    assert run("reindex", place=place).exit_code == 0
    assert count(place) == 2
    assert remembered(IndexDirectory(place)).follow_links


@on_posix
def test_links_are_followed_where_that_was_asked_for_and_nowhere_else_in_the_source(tmp_path: Path) -> None:
    for name in ("one", "two"):
        put(tmp_path, f"{name}/خبر.txt", name)
        put(tmp_path, f"archive/{name}/sub/خبر.txt", f"قريب {name}")
        (tmp_path / "archive" / name / "far").symlink_to(tmp_path / name)
    place, archive = tmp_path / "index", tmp_path / "archive"
    (archive / "two" / "near").symlink_to(archive / "one")
    assert run("index", archive, place=place).exit_code == 0
    done = run("index", archive / "two", "--follow-links", "--json", place=place)
    assert (json.loads(done.output)["added"], json.loads(done.output)["skipped"], count(place)) == (1, 0, 3)
    (source,) = json.loads(kashaf("source", "list", "--json", "--index", place).stdout)
    assert (source["options"], source["followed"]) == ({}, [str(archive / "two")])
    assert f"follow-links={archive / 'two'}" in kashaf("source", "list", "--index", place).stdout
    for arguments in (("index",), ("index", archive), ("index", archive / "two"), ("index", archive / "two" / "far")):
        report = json.loads(run(*arguments, "--all", "--json", place=place).output)
        assert (report["added"], report["vanished"]["count"], count(place)) == (0, 0, 3), arguments
    assert run("reindex", place=place).exit_code == 0 and count(place) == 3
    kashaf("source", "add", archive, "--no-follow-links", "--index", place)
    assert run("reindex", "--allow-shrink", place=place).exit_code == 0 and count(place) == 2


@on_posix
def test_a_path_within_a_source_is_read_as_with_all_of_the_source(tmp_path: Path) -> None:
    put(tmp_path, "elsewhere/خبر.txt", "بعيد")
    put(tmp_path, "archive/رياضة/2015/خبر.txt", "قريب")
    (tmp_path / "archive" / "رياضة" / "far").symlink_to(tmp_path / "elsewhere")
    place, archive = tmp_path / "index", tmp_path / "archive"
    assert run("index", archive, "--follow-links", place=place).exit_code == 0
    for path in ("رياضة", "رياضة/2015", "رياضة/far"):
        report = json.loads(run("index", archive / path, "--all", "--json", place=place).output)
        assert (report["unchanged"], report["updated"], report["skipped"]) == (1 + (path == "رياضة"), 0, 0), path
    said = list[str]()
    chosen = [str(archive / "رياضة")]
    made = Updates(IndexDirectory(place), Choices(), chosen=chosen, pruning=Pruning(), say=said.append)
    assert made.everything() and made.files([str(archive / "رياضة" / "2015" / "خبر.txt")])
    assert [line.partition(";")[0] for line in said] == [
        "all: added 0, updated 0, unchanged 2",
        "1 file: added 0, updated 0, unchanged 1",
    ]


@on_posix
def test_an_archive_that_is_itself_a_link_is_read(tmp_path: Path) -> None:
    put(tmp_path, "archive/خبر.txt", "خبر")
    (tmp_path / "link").symlink_to("archive")
    assert titles(tmp_path / "link") == ["خبر"]


@on_posix
def test_pipes_sockets_and_devices_are_skipped_by_kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # a socket's address is short
    os.mkfifo("pipe.txt")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket.txt")
        items = [*Sources([tmp_path]).items(), *Sources(["/dev/null"]).items()]
    kinds = {Path(item.location).name: (item.reason, item.detail) for item in skipped_of(items)}
    assert kinds == {
        "pipe.txt": (NO_FILE, "a pipe"),
        "socket.txt": (NO_FILE, "a socket"),
        "null": (NO_FILE, "a device"),
    }


@on_posix
def test_a_pipe_that_takes_the_place_of_a_file_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "خبر.txt"
    os.mkfifo(path)
    monkeypatch.setattr("indexer.sources.stat.S_IFMT", lambda _: stat.S_IFREG)
    assert why(tmp_path) == {"خبر.txt": NO_FILE}


def test_a_file_that_vanishes_is_skipped(tmp_path: Path) -> None:
    for name in "أبت":
        put(tmp_path, f"{name}.txt", name)
    items = Sources([tmp_path]).items()
    first = next(items)
    (tmp_path / "ب.txt").unlink()
    rest = list(items)
    assert [item.title for item in (first, *rest) if isinstance(item, Article)] == ["أ", "ت"]
    (skipped,) = skipped_of(rest)
    assert (Path(skipped.location).name, skipped.reason) == ("ب.txt", CANNOT_BE_READ)


def test_a_file_that_grows_for_ever_is_read_to_where_it_ended(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    row = json.dumps({"title": "خبر"}) + "\n"
    path.write_text(row)
    found = []
    for item in Sources([path]).items():
        found.append(item)
        with path.open("a") as file:
            file.write(row)
        assert len(found) < 10
    assert [item.title for item in found if isinstance(item, Article)] == ["خبر"]
    assert found[-1] == Remark(GREW, str(path))


def test_an_error_of_the_disk_costs_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "ب.txt", "خبر")
    broken = str(put(tmp_path, "أ.txt", "خبر"))
    opened = file_reading._without_waiting

    def fails(path: str, flags: int) -> int:
        if path == broken:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return opened(path, flags)

    monkeypatch.setattr(file_reading, "_without_waiting", fails)
    assert why(tmp_path) == {"أ.txt": CANNOT_BE_READ}
    assert titles(tmp_path) == ["خبر"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems know no such names")
def test_names_that_are_not_utf8_can_be_reported_as_json(tmp_path: Path) -> None:
    strange = os.fsencode(tmp_path) + b"/\xce\xc8\xd1"
    os.mkdir(strange)
    os.symlink(b"nowhere", strange + b"/\xc7.txt")
    with open(strange + b"/\xc8.txt", "w", encoding="utf-8") as file:
        file.write("خبر\n\nنص")
    done = kashaf("index", tmp_path, "--json", "--index", tmp_path / "index")
    assert (done.returncode, done.stderr) == (0, "")
    made = json.loads(done.stdout)
    assert (made["added"], [each["text"] for each in made["reasons"]]) == (1, [NOWHERE.sentence])


@on_posix
def test_folders_deeper_than_paths_reach_are_skipped_where_they_end(tmp_path: Path) -> None:
    put(tmp_path, "خبر.txt", "خبر")
    here = os.open(tmp_path, os.O_RDONLY)
    for _ in range(2200):  # two bytes a level; a path has 4096
        os.mkdir("d", dir_fd=here)
        below = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)
    try:
        items = list(Sources([tmp_path]).items())
    finally:
        subprocess.run(["rm", "-rf", str(tmp_path / "d")], check=True)  # shutil.rmtree is not that patient
    assert [item.title for item in items if isinstance(item, Article)] == ["خبر"]
    assert [item.reason for item in skipped_of(items)] == [CANNOT_BE_READ]


def test_lost_and_found_is_named_and_harmless(tmp_path: Path) -> None:
    put(tmp_path, "lost+found/#123", "ضائع")
    put(tmp_path, "خبر.txt", "خبر")
    items = list(Sources([tmp_path]).items())
    assert items[0] == Remark(OF_THE_DISK, str(tmp_path / "lost+found"))
    assert [item.title for item in items if isinstance(item, Article)] == ["خبر"]


@pytest.mark.parametrize("name", ["notes.txt~", "~$notes.txt", "#notes.txt#"])
def test_backup_copies_of_editors_are_skipped(tmp_path: Path, name: str) -> None:
    put(tmp_path, name, "خبر")
    assert why(tmp_path) == {name: BACKUP}
    assert [item.reason for item in skipped_of(read_bytes(zipped({name: b"x"}), "a.zip"))] == [BACKUP]


@needs_setpriv
@pytest.mark.parametrize("mode", [0o444, 0o000])
def test_unreadable_folders_and_files_are_skipped_for_another_user(closing_place: Path, mode: int) -> None:
    put(closing_place, "archive/خبر.txt", "خبر")
    put(closing_place, "archive/مغلق/x.txt", "سر").parent.chmod(mode)
    put(closing_place, "archive/سر.txt", "سر").chmod(0)
    put(closing_place, "archive/lost+found/x", "سر").parent.chmod(0)
    done = without_privilege("index", closing_place / "archive", "--json", "--index", closing_place / "index")
    assert (done.returncode, done.stderr) == (0, "")
    made = json.loads(done.stdout)
    assert (made["added"], made["skipped"]) == (1, 2)
    (reason,) = made["reasons"]
    assert reason["text"] == CANNOT_BE_READ.sentence
    assert all(named.endswith(": Permission denied") for named in reason["named"])


@needs_setpriv
def test_a_path_that_may_not_be_looked_at_is_one_line_about_the_source(closing_place: Path) -> None:
    put(closing_place, "closed/archive/خبر.txt", "خبر")
    (closing_place / "closed").chmod(0)
    done = without_privilege("index", closing_place / "closed" / "archive", "--index", closing_place / "index")
    assert done.returncode == 1
    assert re.fullmatch(r"kashaf: \S+/closed/archive cannot be read \(Permission denied\): check .*\n", done.stderr)


@on_posix
def test_a_path_of_links_in_a_circle_is_an_error_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "a")
    with pytest.raises(SourceError, match="cannot be read"):
        Sources([tmp_path / "a"])


def test_an_error_of_a_source_never_blames_the_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> Iterator[str]:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    put(tmp_path, "archive/خبر.txt", "خبر")
    monkeypatch.setattr(Sources, "size", 1)
    monkeypatch.setattr(folders.Walk, "below", fails)
    done = run("index", tmp_path / "archive", place=tmp_path / "index")
    assert isinstance(done.exception, SourceError)
    assert str(tmp_path / "archive") in str(done.exception)


def member(name: str, mode: int, content: str) -> tuple[zipfile.ZipInfo, str]:
    entry = zipfile.ZipInfo(name)
    entry.create_system, entry.external_attr = 3, mode << 16
    return entry, content


@pytest.mark.parametrize(
    ("mode", "reason"), [(stat.S_IFLNK | 0o777, LINK_WITHIN.of("zip")), (stat.S_IFIFO | 0o644, NO_FILE)]
)
def test_links_and_pipes_within_a_zip_are_no_articles(tmp_path: Path, mode: int, reason: str) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as made:
        made.writestr(*member("link.txt", mode, "../../etc/passwd"))
        made.writestr(*member("file.txt", stat.S_IFREG | 0o644, "خبر"))
        made.writestr(*member("old.txt", 0, "نص"))
    items = list(Sources([tmp_path]).items())
    assert [item.title for item in items if isinstance(item, Article)] == ["خبر", "نص"]
    assert [(item.location, item.reason) for item in skipped_of(items)] == [(f"{tmp_path}/a.zip/link.txt", reason)]


def test_no_room_to_unpack_a_zip_within_a_file_is_reported_as_a_full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        def write(self, block: bytes) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        def __enter__(self) -> Full:
            return self

        def __exit__(self, *_: object) -> None: ...

    opened: Callable[[int], Full] = lambda _: Full()  # noqa: E731
    monkeypatch.setattr("tempfile.SpooledTemporaryFile", opened)
    items = read_bytes(zipped({"a.zip": zipped({"a.txt": b"x"})}), "b.zip")
    assert [item.reason.sentence for item in skipped_of(items)] == [
        "a zip within another file for which there is no room"
    ]
