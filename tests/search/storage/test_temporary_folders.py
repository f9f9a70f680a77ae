"""Temporary folders go with their block, or with the next one after their process was killed; never while in use."""

from __future__ import annotations

from pathlib import Path

import filelock
import pytest

from search.storage import temporary_folders
from search.storage.temporary_folders import sweep_temporary_folders, temporary_folder


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The system's temporary folder."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


class Refusing(filelock.FileLock):
    """A lock of a disk that has no room, or no locks."""

    error: type[BaseException]

    def acquire(self, *_: object, **__: object) -> filelock.AcquireReturnProxy:  # type: ignore[override]
        raise self.error


def test_a_folder_is_gone_behind_its_block_also_after_an_error(place: Path) -> None:
    with pytest.raises(ValueError, match="x"), temporary_folder() as folder:
        (folder / "a").write_bytes(b"x")
        raise ValueError("x")
    assert list(place.iterdir()) == []


def test_only_folders_that_nobody_uses_are_swept(place: Path) -> None:
    (place / "kashaf-passing-0" / "below").mkdir(parents=True)
    (place / "kashaf-index").mkdir()
    with temporary_folder() as one, temporary_folder() as other:
        sweep_temporary_folders()
        assert {path.name for path in place.iterdir()} == {one.name, other.name, "kashaf-index"}
    assert [path.name for path in place.iterdir()] == ["kashaf-index"]


def test_a_full_disk_is_an_error_and_leaves_nothing(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Refusing, "error", OSError, raising=False)
    monkeypatch.setattr(temporary_folders.filelock, "FileLock", Refusing)
    with pytest.raises(OSError), temporary_folder():
        pass
    assert list(place.iterdir()) == []


def test_where_the_disk_has_no_locks_a_folder_is_made_all_the_same(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Refusing, "error", NotImplementedError, raising=False)
    monkeypatch.setattr(temporary_folders.filelock, "FileLock", Refusing)
    with temporary_folder() as folder:
        sweep_temporary_folders()
        assert folder.is_dir()
    assert list(place.iterdir()) == []


def test_a_folder_that_is_swept_before_it_is_locked_is_made_anew(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = list[Path]()
    mkdtemp = temporary_folders.tempfile.mkdtemp

    def swept(prefix: str) -> str:
        folder = mkdtemp(prefix=prefix)
        made.append(Path(folder))
        if len(made) == 1:
            sweep_temporary_folders()
        return folder

    monkeypatch.setattr(temporary_folders.tempfile, "mkdtemp", swept)
    with temporary_folder() as folder:
        assert folder.is_dir() and folder == made[-1]
    assert list(place.iterdir()) == []
