"""A large file that is removed, shortened or replaced while processes read parts of it: nothing is lost unsaid."""

from __future__ import annotations

import errno
import io
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import IO, cast

import pytest

from indexer import file_reading, ingestion
from indexer.build import Choices, index
from indexer.findings import CHANGED, GREW
from indexer.generations.growing_generation import GrowingGeneration
from indexer.pruning import Pruning
from indexer.readers import dividing
from indexer.readers.blocks import full_blocks
from indexer.readers.contract import Remark, Skipped
from indexer.readers.findings import CANNOT_BE_READ
from indexer.report import Report
from indexer.run_options import RunOptions
from indexer.sources import SourceEntry, Sources, WasRead
from indexer.workers.pool import WorkerPool
from indexer.workers.prepared import Batch
from search.article import Article
from search.engines.registry import backend
from search.index.directory import IndexDirectory
from search.index.open_index import open_index
from tests.indexer.building import add
from tests.indexer.workers.test_parts_of_files import alone, parts_of, pool, read_by, row, take_small_parts, written


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    take_small_parts(monkeypatch)


def removed(path: Path) -> None:
    path.unlink()


def shortened(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def left_with_fewer_lines(path: Path) -> None:
    path.write_bytes(b"\n".join(path.read_bytes().split(b"\n")[:40]))


def overwritten(path: Path) -> None:
    """In place, by a larger one."""
    path.write_bytes(path.read_bytes() * 2)


def replaced(path: Path) -> None:
    """By another, which is larger."""
    other = path.with_name("other")
    other.write_bytes(path.read_bytes() * 2)
    other.replace(path)


def appended(path: Path) -> None:
    with path.open("ab") as more:
        more.write(b"\n" + row(9_999))


class Changing:
    """A pool that changes a file when the first batch of it has come."""

    def __init__(self, pool: WorkerPool, change: Callable[[], None]) -> None:
        self._pool = pool
        self._change = change

    def batches(self, entries: Iterable[SourceEntry]) -> Iterator[Batch]:
        for number, batch in enumerate(self._pool.batches(entries)):
            yield batch
            if number == 0:
                self._change()


@pytest.mark.parametrize("change", [removed, shortened, overwritten, replaced, appended])
@pytest.mark.parametrize("name", ["lines.jsonl", "packed.jsonl.gz", "texts.zip"])
def test_of_a_file_that_changes_while_its_parts_are_read_that_is_said_once_and_the_next_run_reads_it_again(
    tmp_path: Path, name: str, change: Callable[[Path], None]
) -> None:
    file = written(tmp_path, name)
    read = [each for batch in Changing(pool(), lambda: change(Path(file.path))).batches([file]) for each in batch.read]
    assert not any(isinstance(each, WasRead) for each in read)
    said = [each for each in read if isinstance(each, Skipped) and each.reason == CHANGED]
    assert said == [Skipped(file.path, CHANGED)]
    assert not any(isinstance(each, Remark) and each.about == GREW for each in read)  # it would be said twice


def test_that_a_file_changed_is_said_of_that_file_alone(tmp_path: Path) -> None:
    first, second = written(tmp_path, "lines.jsonl"), written(tmp_path, "packed.jsonl.gz")
    changing = Changing(pool(), lambda: removed(Path(first.path)))
    read = [each for batch in changing.batches([first, second]) for each in batch.read]
    assert [each.location for each in read if isinstance(each, Skipped) and each.reason == CHANGED] == [first.path]
    assert [each.path for each in read if isinstance(each, WasRead)] == [second.path]


def test_why_one_of_the_processes_cannot_open_a_file_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, times, opened = written(tmp_path, "lines.jsonl"), list[str](), file_reading._without_waiting

    def second_fails(path: str, flags: int) -> int:
        times.append(path)
        if len(times) == 2:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return opened(path, flags)

    monkeypatch.setattr(file_reading, "_without_waiting", second_fails)
    read = [each for batch in pool().batches([file]) for each in batch.read]
    assert len(times) == 2 and not any(isinstance(each, WasRead) for each in read)
    of_file = [each for each in read if isinstance(each, Skipped) and each.location == file.path]
    assert of_file == [Skipped(file.path, CANNOT_BE_READ, os.strerror(errno.EIO))]


@pytest.mark.parametrize("change", [removed, shortened, left_with_fewer_lines])
def test_articles_of_a_file_that_changes_while_its_parts_are_read_stay_in_the_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path], None]
) -> None:
    place, path = (
        tmp_path / "index",
        Path(written(tmp_path, "a.jsonl", b"".join(row(n) + b"\n" for n in range(99))).path),
    )
    add(place, path, lexicon="none")
    before, content = open_index(place).engine.documents, path.read_bytes()

    def run(*, changes: bool) -> Report:
        @contextmanager
        def workers(_: Sources, generation: GrowingGeneration, *__: object, **___: object) -> Iterator[Changing]:
            digests = backend(generation.manifest.engine).open_digests(generation.folder)
            yield Changing(pool(digests=digests), lambda: change(path) if changes else None)

        with monkeypatch.context() as patched:
            patched.setattr(ingestion, "workers_for", workers)
            sources, options = Sources([path]), RunOptions(read_all=changes)
            return index(IndexDirectory(place), sources, Choices(), pruning=Pruning(allow_shrink=True), options=options)

    while_changing = run(changes=True)
    assert CHANGED in {cases.about for cases in while_changing.reasons}
    assert open_index(place).engine.documents == before
    path.write_bytes(content)
    assert run(changes=False).unread == 0  # it is read again
    assert open_index(place).engine.documents == before


def test_a_file_that_is_shortened_while_one_process_reads_it_is_named(tmp_path: Path) -> None:
    path = written(tmp_path, "lines.jsonl")
    found = list[object]()
    for item in Sources([path.path]).items():
        if not found:
            shortened(Path(path.path))
        found.append(item)
    assert found[-1] == Skipped(path.path, CHANGED)


def test_a_file_that_is_removed_while_one_process_reads_it_is_read_to_its_end(tmp_path: Path) -> None:
    file = written(tmp_path, "lines.jsonl")
    whole = [item for item in Sources([file.path]).items() if isinstance(item, Article)]
    found = list[object]()
    for item in Sources([file.path]).items():
        Path(file.path).unlink(missing_ok=True)
        found.append(item)
    assert [item for item in found if isinstance(item, Article)] == whole
    assert not any(isinstance(item, Skipped) and item.reason == CHANGED for item in found)


class Slow(io.FileIO):
    """A file of a system that gives another number of bytes at each call."""

    calls = count()

    def read(self, size: int | None = -1) -> bytes | None:
        return super().read(size if size is None or size < 0 else min(size, 1 + next(self.calls) * 97 % 300))


def slowly(path: str, mode: str, buffering: int, opener: Callable[[str, int], int] | None = None) -> Slow:
    return Slow(path, mode, opener=opener)


@pytest.mark.parametrize("name", ["lines.jsonl", "wide.jsonl", "packed.jsonl.gz", "packed.jsonl.zst"])
def test_what_is_in_a_part_does_not_depend_on_how_many_bytes_the_system_gives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    file = written(tmp_path, name)
    whole = alone(file)
    for module in (file_reading, dividing):
        monkeypatch.setattr(module, "open", slowly, raising=False)
    assert len(parts_of(file)) > 2
    assert read_by(pool(), file) == whole


class Failing:
    """A file of ten bytes behind which the disk fails."""

    left = 10

    def read(self, size: int) -> bytes:
        if not self.left:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        given = min(size, self.left, 4)
        self.left -= given
        return b"x" * given


def test_what_stands_before_an_error_of_the_disk_is_given_before_it() -> None:
    given = full_blocks(cast("IO[bytes]", Failing()), 8)
    assert [next(given), next(given)] == [b"x" * 8, b"x" * 2]
    with pytest.raises(OSError, match="Input/output"):
        next(given)
    assert list(full_blocks(io.BytesIO(b"x" * 20), 8, most=12)) == [b"x" * 8, b"x" * 4]
