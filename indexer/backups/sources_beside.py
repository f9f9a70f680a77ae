"""The sources of an index and what was fetched from its feeds: copied to a backup, and brought back from one.

In: the index directory and the folder of the backup. Out: `sources.json` and the files below `fetched/` there. Called
by `backing_up.py` and `restoring.py`, which hold the lock of what they write to.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from indexer.backups.copying import copy_file
from indexer.generations.checksums import measure
from search.errors import IndexDamaged
from search.index.source_registry import FETCHED, Registry, Source, read_registry, write_registry
from search.storage.atomic_files import make_folder, sync_folder


class Amount(NamedTuple):
    """How much was copied."""

    files: int = 0
    bytes: int = 0


def copy_fetched(index: Path, into: Path) -> Amount:
    """Copy what was fetched, each byte compared and synced; files that are there and go on as these stay.

    A file that is there and was written otherwise stays too, and the copy gets a name beside it: no article is lost.
    Raises OSError and IndexDamaged.
    """
    files = size = 0
    for path in _fetched(index):
        target = into / path.relative_to(index)
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


def restore_sources(backup: Path, index: Path) -> None:
    """Join the sources of a backup with those of the index, and bring back what was fetched from its feeds.

    What the owner changed since, as a source that was removed, stays so. Raises OSError, IndexDamaged, IndexForbidden.
    """
    copied = read_registry(backup)
    try:
        present = read_registry(index)
    except IndexDamaged:
        present = None
    if copied is not None:
        write_registry(index, _joined(index, copied, present or Registry()))
    copy_fetched(backup, index)


def _joined(index: Path, copied: Registry, present: Registry) -> Registry:
    """The backup's sources as they are now, and behind them those that were added since."""
    now = {source.number: source for source in present.sources}
    same = all(now[e.number].location == e.location for e in copied.sources if e.number in now)
    if same:
        joined = Registry(tuple(now.pop(e.number, e) for e in copied.sources), max(copied.next, present.next))
        return Registry((*joined.sources, *now.values()), joined.next)
    copied = Registry(copied.sources, max(copied.next, present.next))  # no folder of `fetched` may become another's
    for source in present.sources:  # the backup is another index's
        if all(e.location != source.location for e in copied.sources):
            copied = copied.replacing(_renumbered(index, source, copied))
    return copied


def _renumbered(index: Path, source: Source, among: Registry) -> Source:
    """A source of the index under a number that the backup has not, and what was fetched from it."""
    names = {each.name for each in among.sources}
    name = next(name for name in (source.name, *(f"{source.name}-{n}" for n in range(2, 10_000))) if name not in names)
    moved = msgspec.structs.replace(source, number=among.next, name=name)
    before, after = (index / FETCHED / str(each.number) for each in (source, moved))
    if before.is_dir() and not after.exists():
        before.rename(after)
    return moved


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
