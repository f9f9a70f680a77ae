"""Which changes are told, and what happens where folders go and come or the system has no more notifications."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from indexer.watching.folders import Folders, system_notifications
from tests.waiting import until


class Told:
    """Notifications that a test gives; how often they were opened, of which folders."""

    def __init__(self, *sets: set[str], refusing: str = "") -> None:
        self.sets = list(sets)
        self.opened: list[tuple[list[str], bool]] = []
        self.refusing = refusing

    def __call__(self, folders: Sequence[str], *, looking: bool) -> Iterator[set[str]]:
        self.opened.append((list(folders), looking))
        if self.refusing and not looking:
            raise OSError(self.refusing)
        while self.sets:
            yield self.sets.pop(0)
        while True:
            yield set()


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    (tmp_path / "archive").mkdir()
    return tmp_path / "archive"


def folders(places: Sequence[Path], told: Told, said: list[str], apart: Path = Path("/index")) -> Folders:
    return Folders([str(place) for place in places], apart=str(apart), say=said.append, notifications=told)


def no_pause() -> None:
    """Nothing to wait for."""


def test_only_what_a_reader_of_the_archive_sees_is_told(archive: Path, said: list[str]) -> None:
    index = archive / "kashaf-index"
    names = ("a.txt", "sub/b.json", ".hidden", ".git/c", "sub/.d.swp", "e.txt~", "~$f.docx", "__MACOSX/g")
    told = Told({*(str(archive / name) for name in names), str(index / "generations/1/x"), str(index), "/elsewhere/h"})
    watched = folders([archive], told, said, apart=index)
    assert watched.wait(no_pause) == {str(archive / "a.txt"), str(archive / "sub/b.json")}
    assert watched.wait(no_pause) == set()


def test_a_change_of_the_log_of_a_database_is_one_of_the_database(archive: Path, said: list[str]) -> None:
    told = Told({str(archive / "a.db-wal"), str(archive / "b.sqlite3-journal"), str(archive / "c-wal")})
    names = {"a.db", "b.sqlite3", "c-wal"}
    assert folders([archive], told, said).wait(no_pause) == {str(archive / name) for name in names}


def test_an_index_below_a_folder_that_is_reached_by_a_link_is_not_told(archive: Path, said: list[str]) -> None:
    """Else each update would be the reason of the next one."""
    link = archive.with_name("link")
    link.symlink_to(archive)
    (archive / "index").mkdir()
    told = Told({str(link / "index" / "kashaf.json"), str(link / "index2")})
    assert folders([link], told, said, apart=archive / "index").wait(no_pause) == {str(link / "index2")}


def test_a_folder_that_goes_is_told_and_read_when_it_is_back(archive: Path, said: list[str]) -> None:
    told = Told({str(archive / "a.txt")}, {str(archive), str(archive / "a.txt")})
    watched = folders([archive], told, said)
    assert watched.wait(no_pause) == {str(archive / "a.txt")}
    archive.rename(archive.with_name("away"))
    pauses: list[int] = []
    assert [watched.wait(lambda: pauses.append(1)) for _ in range(3)] == [set()] * 3
    assert said == [f"{archive} is gone: its articles stay in the index, and it is read when it is back"] and pauses
    archive.with_name("away").rename(archive)
    assert watched.wait(no_pause) == {str(archive)}
    assert said[1:] == [f"{archive} is there again"]
    watched.wait(no_pause)
    assert told.opened == [([str(archive)], False)] * 2


def test_a_folder_that_is_replaced_between_two_looks_is_watched_anew(archive: Path, said: list[str]) -> None:
    """Its number may be the same again: the notification about the folder itself tells."""
    told = Told({str(archive)}, {str(archive / "a.txt")})
    watched = folders([archive], told, said)
    assert watched.wait(no_pause) == {str(archive)}
    assert watched.wait(no_pause) == {str(archive / "a.txt")}
    assert len(told.opened) == 2


def test_a_place_that_is_not_there_at_first_is_told(archive: Path, said: list[str]) -> None:
    watched = folders([archive / "later"], Told(), said)
    assert said == [f"{archive / 'later'} is not there: it is read when it is back"]
    (archive / "later").mkdir()
    assert watched.wait(no_pause) == {str(archive / "later")}


def test_a_file_among_the_sources_is_looked_at(archive: Path, said: list[str]) -> None:
    file = archive / "a.txt"
    file.touch()
    told = Told()
    watched = folders([file], told, said)
    assert watched.wait(no_pause) == set() and told.opened == []
    file.with_name("b.txt").write_text("أ", encoding="utf-8")
    file.with_name("b.txt").replace(file)
    assert watched.wait(no_pause) == {str(file)}


def test_where_the_system_has_no_more_notifications_files_are_looked_at_and_that_is_said_once(
    archive: Path, said: list[str]
) -> None:
    told = Told({str(archive / "a.txt")}, refusing="OS file watch limit reached")
    watched = folders([archive], told, said)
    assert watched.wait(no_pause) == set()
    assert watched.wait(no_pause) == {str(archive / "a.txt")}
    assert said == [
        "the system cannot tell of more changes (OS file watch limit reached): all files are looked at every 10 s"
    ]
    assert [looking for _, looking in told.opened] == [False, True]


def test_the_system_tells_of_a_new_file_in_a_new_folder(archive: Path, said: list[str]) -> None:
    watched = Folders([str(archive)], apart="/index", say=said.append, notifications=system_notifications)
    found: set[str] = set()

    def told() -> bool:
        found.update(watched.wait(no_pause))
        if not (archive / "new").exists():
            (archive / "new").mkdir()
            (archive / "new" / "a.txt").write_text("أ", encoding="utf-8")
        return any(path.startswith(str(archive / "new")) for path in found)

    until(told)
    watched.close()
