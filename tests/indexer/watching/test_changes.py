"""Changed files are collected until it is quiet and they are whole."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from indexer.watching.changes import LONGEST_COLLECTING, LONGEST_WRITING, MOST_FILES, Changed, Changes


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "a.txt"
    path.write_text("أ", encoding="utf-8")
    return str(path)


def grow(path: str) -> None:
    with open(path, "a", encoding="utf-8") as file:
        file.write("ب")


def test_a_file_is_read_when_it_has_been_quiet_for_a_while(file: str) -> None:
    changes = Changes()
    assert not changes and changes.take(0.0) is None
    changes.add([file], 0.0)
    assert changes and changes.take(1.9) is None
    assert changes.take(2.0) == Changed((file,))
    assert not changes and changes.take(9.0) is None


def test_a_file_that_grows_without_a_word_is_not_read_before_it_rests(file: str) -> None:
    """The system may tell of the beginning of a long copy alone."""
    changes = Changes()
    changes.add([file], 0.0)
    for now in (2.0, 3.0, 4.0):
        grow(file)
        assert changes.take(now) is None
    assert changes.take(5.0) is None
    assert changes.take(6.0) == Changed((file,))


def test_files_that_are_whole_do_not_wait_for_one_that_is_written(file: str, tmp_path: Path) -> None:
    other = tmp_path / "b.txt"
    other.write_text("أ", encoding="utf-8")
    changes = Changes()
    changes.add([file, str(other)], 0.0)
    grow(file)
    assert changes.take(2.0) == Changed((str(other),))
    assert changes and changes.take(5.0) == Changed((file,))


def test_a_file_that_is_written_to_without_end_is_read_after_a_while(file: str) -> None:
    changes = Changes()
    changes.add([file], 0.0)
    now, taken = 0.0, None
    while taken is None:
        now += 1.0
        grow(file)
        changes.add([file], now)
        taken = changes.take(now)
    assert taken == Changed((file,)) and LONGEST_WRITING <= now < LONGEST_WRITING + LONGEST_COLLECTING + 1


def test_changes_that_never_cease_are_read_now_and_then(file: str, tmp_path: Path) -> None:
    changes, taken = Changes(), list[str]()
    for second in range(95):
        path = tmp_path / f"{second}.txt"
        path.write_text("أ", encoding="utf-8")
        changes.add([str(path)], float(second))
        if found := changes.take(float(second)):
            taken.extend(found.files)
    assert len(taken) >= 60 and len(set(taken)) == len(taken)


@pytest.mark.parametrize("what", ["folder", "link", "pipe"])
def test_whatever_is_no_file_has_everything_read(file: str, tmp_path: Path, what: str) -> None:
    path = tmp_path / what
    if what == "folder":
        path.mkdir()
    elif what == "link":
        path.symlink_to(file)
    elif what == "pipe":
        os.mkfifo(path)
    changes = Changes()
    changes.add([file, str(path)], 0.0)
    assert changes.take(2.0) == Changed(everything=True) and not changes


def test_what_is_gone_is_told_as_such_until_it_is_back(file: str, tmp_path: Path) -> None:
    changes = Changes()
    changes.add([file, str(tmp_path / "gone")], 0.0)
    os.unlink(file)
    assert changes.take(2.0) == Changed(gone=(file, str(tmp_path / "gone"))) and not changes
    changes.add([file], 3.0)
    Path(file).touch()
    changes.add([file], 4.0)
    assert changes.take(6.0) == Changed((file,))


def test_of_thousands_of_files_it_is_remembered_only_that_there_are_so_many(tmp_path: Path) -> None:
    paths = [str(tmp_path / f"{n}.txt") for n in range(MOST_FILES + 5)]
    for path in paths:
        Path(path).touch()
    changes = Changes()
    changes.add(paths, 0.0)
    assert len(changes._files) == 0
    assert changes.take(2.0) == Changed(everything=True)
