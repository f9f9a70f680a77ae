"""The sources of an index and what was fetched from its feeds: copied to a backup, and brought back from one.

In: the index directory and the folder of the backup. Out: the registry that joins both, and the files below `fetched/`
there. Called by `backing_up.py` and `restoring.py`, which hold the lock of what they write to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from indexer.backups.copying import copy_file
from indexer.generations.checksums import measure
from search.errors import IndexDamaged
from search.index.source_registry import FETCHED, Registry, Source, read_registry
from search.storage.atomic_files import make_folder, sync_folder

_AS_THEY_ARE: Final[Mapping[int, int]] = {}


class Amount(NamedTuple):
    """How much was copied."""

    files: int = 0
    bytes: int = 0


@dataclass(frozen=True, slots=True)
class JoinedSources:
    """The sources of a backup and of the index that is to be made of it.

    registry  both; None where neither has a registry
    numbers   number of a source in the backup → its number in the index
    """

    registry: Registry | None = None
    numbers: Mapping[int, int] = field(default_factory=dict)

    @property
    def of_another_index(self) -> bool:
        """Whether the backup is that of another index, so that the same number may mean another source."""
        return any(before != now for before, now in self.numbers.items())


def copy_fetched(index: Path, into: Path, numbers: Mapping[int, int] = _AS_THEY_ARE) -> Amount:
    """Copy what was fetched, each byte compared and synced; files that are there and go on as these stay.

    A file that is there and was written otherwise stays too, and the copy gets a name beside it: no article is lost.
    numbers: those of sources that have another number there. Raises OSError and IndexDamaged.
    """
    files = size = 0
    for path in _fetched(index):
        target = into / FETCHED / _folder(path.parent.name, numbers) / path.name
        make_folder(target.parent)
        if target.exists():
            if _begins_with(target, path):
                continue
            target = target.with_name(f"{target.stem}.{measure(path)[1]}{target.suffix}")
        aside = target.with_name(f".{target.name}.new")
        with path.open("rb", buffering=0) as file:
            copied = copy_file(file, aside)
        if measure(aside) != copied:
            raise IndexDamaged(f"{aside} is not read as it was written: check the disk that it lies on")
        aside.replace(target)
        sync_folder(target.parent)
        files, size = files + 1, size + copied[0]
    return Amount(files, size)


def joined_sources(backup: Path, index: Path) -> JoinedSources:
    """Join the sources of a backup with those of the index, which keep their numbers: a number is that of a folder of
    `fetched`, and of what was deleted.

    What the owner changed since, as a source that was removed, stays so. The backup's names stay, since ids in it may
    begin with them. Raises IndexDamaged and IndexForbidden.
    """
    copied = read_registry(backup)
    try:
        present = read_registry(index)
    except IndexDamaged:
        present = None
    if copied is None:
        return JoinedSources(present)
    return _joined(copied, present or Registry())


def _joined(copied: Registry, present: Registry) -> JoinedSources:
    there = {source.location: source for source in present.sources}
    taken = {source.number for source in present.sources}
    following, numbers, sources = max(copied.next, present.next), dict[int, int](), list[Source]()
    names = {source.name for source in copied.sources if source.location not in there}
    for source in copied.sources:
        now = there.pop(source.location, None)
        if now is None and source.number in taken:
            now, following = msgspec.structs.replace(source, number=following), following + 1
        elif now is not None:
            now = _named(now, names)
        sources.append(now or source)
        numbers[source.number] = sources[-1].number
    sources += [_named(source, names) for source in present.sources if source.location in there]
    return JoinedSources(Registry(tuple(sources), following), numbers)


def _named(source: Source, names: set[str]) -> Source:
    """A source of the index under a name that none has before it; `names` gets the name."""
    tried = (source.name, *(f"{source.name}-{n}" for n in range(2, len(names) + 3)))
    name = next(name for name in tried if name not in names)
    names.add(name)
    return msgspec.structs.replace(source, name=name)


def _folder(name: str, numbers: Mapping[int, int]) -> str:
    return str(numbers.get(int(name), name)) if name.isdecimal() else name


def _fetched(index: Path) -> Iterator[Path]:
    """The files with articles; what begins with a dot is what is known of the feed, or written aside."""
    yield from sorted(path for path in (index / FETCHED).glob("*/[!.]*") if path.is_file())


def _begins_with(path: Path, other: Path) -> bool:
    """Whether a file begins with all bytes of another one."""
    with path.open("rb") as file, other.open("rb") as beginning:
        while block := beginning.read(1 << 20):
            if file.read(len(block)) != block:
                return False
    return True
