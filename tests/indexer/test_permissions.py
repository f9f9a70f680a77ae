"""Other users and read-only places: who may read an index searches it, who may not is told what is needed."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path

import pytest

from tests import forked
from tests.indexer.archives import archive, rows

_NOBODY = 65534
_IN_BATCHES = ("tests.indexer.building.take_small_batches",)
pytestmark = pytest.mark.skipif(os.name != "posix", reason="left out: permissions are POSIX's")


@contextmanager
def open_folder() -> Iterator[Path]:
    """A folder that every user may enter, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="kashaf-shelf-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        subprocess.run(["chmod", "-R", "u+rwx", str(folder)], check=False)
        shutil.rmtree(folder)


@pytest.fixture
def shelf() -> Iterator[Path]:
    with open_folder() as folder:
        yield folder


@pytest.fixture(scope="module")
def made() -> Iterator[Callable[[str], Path]]:
    """The name of an engine → a folder with an archive and its index of several commits, so that there are segments,
    deletions and, in Tantivy, files of a merge."""

    @cache
    def of_engine(engine: str) -> Path:
        folder = folders.enter_context(open_folder())
        path = archive(folder / "a.jsonl", [*rows(0, 200), *rows(0, 5, "نبأ")])
        done = run("index", path, "--index", folder / "index", "--engine", engine, umask=0o022, batches=True)
        assert done.returncode == 0, done.stderr
        return folder

    with ExitStack() as folders:
        yield of_engine


@pytest.fixture
def place(shelf: Path, engine: str, made: Callable[[str], Path]) -> Path:
    """A copy of that index on the shelf, beside its archive."""
    shutil.copytree(made(engine), shelf, dirs_exist_ok=True)
    return shelf / "index"


def run(
    *arguments: object, user: int | None = None, umask: int = 0o022, batches: bool = False
) -> subprocess.CompletedProcess[str]:
    """Runs a command in a process of its own, as this user."""
    return forked.run(*arguments, umask=umask, user=user, prepared=_IN_BATCHES if batches else ())


@pytest.fixture
def stranger() -> int:
    """Another user, who owns nothing of the index."""
    if os.geteuid() != 0:
        pytest.skip("left out: only root can become another user")
    return _NOBODY


def error_of(done: subprocess.CompletedProcess[str]) -> str:
    """The one line with which a command failed."""
    assert done.returncode == 1, (done.returncode, done.stderr)
    (line,) = done.stderr.splitlines()
    assert "reindex" not in line and "damaged" not in line
    return line


def modes(place: Path) -> dict[str, int]:
    """Path → permissions, for all in the index directory."""
    return {str(path.relative_to(place)): path.stat().st_mode & 0o777 for path in place.rglob("*")}


@pytest.mark.parametrize(
    ("umask", "file", "folder"), [(0o022, 0o644, 0o755), (0o027, 0o640, 0o750), (0o002, 0o664, 0o775)]
)
def test_the_permissions_of_files_follow_the_umask(
    shelf: Path, engine: str, umask: int, file: int, folder: int
) -> None:
    place = shelf / "index"
    path = archive(shelf / "a.jsonl", [*rows(0, 200), *rows(0, 5, "نبأ")])
    assert run("index", path, "--index", place, "--engine", engine, umask=umask, batches=True).returncode == 0
    assert run("reindex", "--index", place, umask=umask).returncode == 0
    assert run("delete", "3", "--index", place, umask=umask).returncode == 0
    assert run("search", "غوتيريش", "--index", place, umask=umask).returncode == 0
    assert run("rollback", "--index", place, umask=umask).returncode == 0
    assert {path: mode for path, mode in modes(place).items() if mode not in (0o666 & ~umask, 0o777 & ~umask)} == {}


def searches(place: Path, topics: Path, output: Path) -> list[tuple[object, ...]]:
    """Each command that only reads."""
    topics.write_text("1\tخبر المدينة\n", encoding="utf-8")
    return [
        ("info", "--index", place),
        ("search", "خبر", "--index", place),
        ("search", "غوتيريش", "--index", place),
        ("search", 'خب* أو كلمه~ أو "رقم 7"', "--sort", "newest", "--index", place),
        ("suggest", "خب", "--index", place),
        ("related", "7", "--format", "jsonl", "--index", place),
        ("verify", "--index", place),
        ("batch", topics, "--output", output, "--index", place),
    ]


def test_another_user_searches_without_writing(place: Path, shelf: Path, stranger: int) -> None:
    before = modes(place)
    (shelf / "theirs").mkdir()
    os.chown(shelf / "theirs", stranger, stranger)
    for command in searches(place, shelf / "topics.tsv", shelf / "theirs" / "run.txt"):
        done = run(*command, user=stranger)
        assert (done.returncode, done.stderr) == (0, ""), command
    assert "1. خبر رقم 7" in run("search", "خبر 7", "--index", place, user=stranger).stdout
    assert modes(place) == before


@pytest.fixture
def read_only(place: Path, shelf: Path) -> Iterator[Path]:
    """The index where nobody may write, not even root."""
    mounted = shelf / "mounted"
    mounted.mkdir()
    bind = ["mount", "--bind", str(place), str(mounted)]
    if shutil.which("mount") is None or subprocess.run(bind, capture_output=True, check=False).returncode:
        if os.environ.get("CI") == "true" and os.geteuid() == 0:
            pytest.fail("root could not mount a folder")
        pytest.skip("left out: a read-only place needs the right to mount one")
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", str(mounted)], check=True)
        yield mounted
    finally:
        subprocess.run(["umount", "-l", str(mounted)], check=True)


def test_a_read_only_mount_is_searched(read_only: Path, shelf: Path) -> None:
    for command in searches(read_only, shelf / "topics.tsv", shelf / "run.txt"):
        done = run(*command)
        assert (done.returncode, done.stderr) == (0, ""), command


def test_writing_to_a_read_only_mount_is_an_error_that_names_the_mount(read_only: Path, shelf: Path) -> None:
    for command in (("index", shelf / "a.jsonl"), ("reindex",), ("delete", "1"), ("rollback",)):
        line = error_of(run(*command, "--index", read_only))
        assert f"{read_only}/" in line and "mounted read-only" in line


def test_writing_to_another_users_index_is_an_error_that_names_the_permissions(
    place: Path, shelf: Path, stranger: int
) -> None:
    for command in (("index", shelf / "a.jsonl"), ("reindex",), ("delete", "1"), ("rollback",)):
        line = error_of(run(*command, "--index", place, user=stranger))
        assert f"{place}/writer.lock may not be written by user nobody (owner root, mode 0644)" in line
    assert "may not be written" in error_of(run("index", shelf / "a.jsonl", "--index", shelf / "new", user=stranger))


def test_a_folder_that_may_not_be_written_is_an_error_before_any_work(place: Path, shelf: Path, stranger: int) -> None:
    (place / "writer.lock").chmod(0o666)
    line = error_of(run("index", shelf / "a.jsonl", "--index", place, user=stranger))
    assert f"{place} may not be written by user nobody (owner root, mode 0755)" in line


def test_what_may_not_be_read_is_named_with_what_is_needed(place: Path, stranger: int) -> None:
    generation = place / "generations" / "1"
    file = next(path for path in generation.iterdir() if path.suffix in (".store", ".seg"))
    for path, what, mode in [
        (place / "kashaf.json", "be read", 0o600),
        (file, "be read", 0o600),
        (generation, "be read", 0o700),
        (place / "generations", "be entered", 0o700),
        (place, "be read", 0o700),
        (place.parent, "be entered", 0o700),
    ]:
        usual = path.stat().st_mode & 0o777
        path.chmod(mode)
        for command in (("search", "خبر"), ("info",), ("verify",)):
            line = error_of(run(*command, "--index", place, user=stranger))
            assert f"{path} may not {what} by user nobody (owner root, mode {mode:04o})" in line
        path.chmod(usual)
    assert run("search", "خبر", "--index", place, user=stranger).returncode == 0


def test_another_user_reads_while_the_index_grows(shelf: Path, stranger: int) -> None:
    place = shelf / "index"
    assert run("index", archive(shelf / "a.jsonl", rows(0, 20)), "--index", place).returncode == 0
    path = archive(shelf / "b.jsonl", rows(20, 260))
    with forked.started("index", path, "--index", place, prepared=_IN_BATCHES) as growing:
        looks = 0
        while not growing.ended:
            done = run("info", "--index", place, user=stranger)
            assert done.returncode == 0, done.stderr
            looks += 1
        assert growing.wait() == 0 and looks > 1


def test_another_user_backs_up_what_may_only_be_read(place: Path, shelf: Path, stranger: int) -> None:
    before = modes(place)
    theirs = shelf / "theirs"
    theirs.mkdir()
    os.chown(theirs, stranger, stranger)
    done = run("backup", theirs / "day", "--index", place, user=stranger, umask=0o027)
    assert (done.returncode, done.stderr) == (0, "")
    assert modes(place) == before
    assert set(modes(theirs / "day").values()) == {0o640, 0o750}
    assert (theirs / "day").stat().st_uid == stranger
    assert "articles   200" in run("info", "--index", theirs / "day", user=stranger).stdout
    assert f"{shelf} may not be written" in error_of(run("backup", shelf / "day", "--index", place, user=stranger))


def test_a_read_only_mount_is_backed_up_and_restored(read_only: Path, shelf: Path) -> None:
    done = run("backup", shelf / "day", "--index", read_only)
    assert (done.returncode, done.stderr) == (0, "")
    assert run("restore", read_only, "--index", shelf / "new").returncode == 0
    assert "mounted read-only" in error_of(run("restore", shelf / "day", "--replace", "--index", read_only))
