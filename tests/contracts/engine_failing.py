"""The part of the engine suite about damaged files and full disks."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from random import Random
from shutil import rmtree, which

import pytest

from search.engines.base import Engine, Order
from search.errors import IndexDamaged, StorageFull
from search.query.clauses import Everything, PhraseClause, Term
from tests.contracts.engine_bench import EngineBench, article, everything, found
from tests.damage import put_in_place

_DISK_BYTES = 3_000_000
_WAYS: tuple[Callable[[Engine], object], ...] = (
    lambda engine: [engine.search(PhraseClause("body_word", (f"ك{n}", f"ك{n + 1}")), limit=9) for n in range(399)],
    lambda engine: engine.search(Term("body_word", "ك7"), limit=9, order=Order.NEWEST),
    lambda engine: everything(engine),
    lambda engine: engine.counts(Everything(), ("source", "month")),
    lambda engine: engine.terms("body_word", "", limit=9),
    lambda engine: engine.frequencies("body_word", ["خبر", "ك7"]),
    lambda engine: engine.documents,
)


def _empty(folder: Path) -> None:
    for file in folder.iterdir():
        file.unlink()


def _truncate(folder: Path, *, keep: float) -> None:
    for file in folder.iterdir():
        if "lock" not in file.name.lower():
            content = file.read_bytes()
            put_in_place(file, content[: int(len(content) * keep)])


def _remove_data(folder: Path) -> None:
    """All but the smallest names: what the table of contents names is gone, it itself is there."""
    for file in folder.iterdir():
        if file.suffix not in (".toc", ".json") and "lock" not in file.name.lower():
            file.unlink()


_DAMAGES: dict[str, Callable[[Path], None]] = {
    "no folder": rmtree,
    "empty folder": _empty,
    "files of no bytes": lambda folder: _truncate(folder, keep=0),
    "half of each file": lambda folder: _truncate(folder, keep=0.5),
    "data files gone": _remove_data,
}


class FailingContract(EngineBench):
    """See `EngineContract`."""

    @pytest.fixture
    def small_disk(self, tmp_path: Path) -> Iterator[Path]:
        """A disk of a few megabytes; only root can make one."""
        place = tmp_path / "disk"
        place.mkdir()
        options = f"size={_DISK_BYTES}"
        mount = which("mount")
        made = mount and subprocess.run(
            [mount, "-t", "tmpfs", "-o", options, "tmpfs", str(place)], capture_output=True, check=False
        )
        if not made or made.returncode:
            pytest.skip("a small disk to fill needs the right to mount one")
        try:
            yield place
        finally:
            subprocess.run(["umount", "-l", str(place)], check=True)

    @pytest.mark.parametrize("damage", _DAMAGES)
    def test_files_that_cannot_be_read_are_index_damaged(self, folder: Path, damage: str) -> None:
        self.write(folder, *(article(str(number), body_word="خبر عاجل") for number in range(50)))
        _DAMAGES[damage](folder)
        with pytest.raises(IndexDamaged, match="reindex"):
            self.backend.open_engine(folder)
        with pytest.raises(IndexDamaged, match="reindex"):
            self.backend.open_writer(folder)

    def test_bytes_overwritten_are_index_damaged_whatever_is_asked(self, folder: Path) -> None:
        draw = Random(7)
        rows = [" ".join(f"ك{draw.randrange(400)}" for _ in range(300)) for _ in range(300)]
        self.write(folder, *(article(str(number), body_word=row, group=number) for number, row in enumerate(rows)))
        sound = {file: file.read_bytes() for file in folder.iterdir() if file.stat().st_size > 200}
        assert sound
        told = [error for file, content in sound.items() for error in self._asked_over(folder, file, content)]
        assert {type(error) for error in told} == {IndexDamaged}
        assert all("kashaf verify" in str(error) and "kashaf reindex" in str(error) for error in told)
        assert len(everything(self.engine(folder))) == 100

    def _asked_over(self, folder: Path, file: Path, content: bytes) -> Iterator[BaseException]:
        """What every way of asking raises while the middle of this file is zeros, then ones."""
        edge = len(content) // 10
        for byte in (b"\0", b"\xff"):
            put_in_place(file, content[:edge] + byte * (len(content) - 2 * edge) + content[-edge:])
            try:
                engine = self.backend.open_engine(folder)
            except BaseException as error:
                yield error
                continue
            for ask in _WAYS:
                try:
                    ask(engine)
                except BaseException as error:
                    yield error
        put_in_place(file, content)

    def test_a_full_disk_is_storage_full_and_the_last_commit_stays(self, small_disk: Path) -> None:
        folder = small_disk / "index"
        folder.mkdir()
        self.backend.create(folder)
        self.write(folder, article("أ", body_word="خبر"))
        before = self.engine(folder)
        writer = self.backend.open_writer(folder)
        try:
            with pytest.raises(StorageFull, match="space"):
                for number in range(20_000):
                    words = (f"ك{number}x{n}" for n in range(50))
                    writer.put(article(str(number), body_word=" ".join(words)))
                    if number % 1000 == 999:
                        writer.commit()
        finally:
            with suppress(StorageFull):
                writer.close()
        assert everything(before) == {"أ"}
        assert found(self.engine(folder), Term("id", "أ")) == {"أ"}
        writer = self.backend.open_writer(folder)
        writer.close()
