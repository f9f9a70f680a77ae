"""The registry of sources: which folders, files and feeds an archive comes from, each with a name and its options.

`DIR/sources.json` lies beside the manifest and not in a generation, so that rebuilding and rolling back keep it. In: an
index directory. Out: its `Registry`. `indexer/remembered_sources` fills it; `search/index/origin.py` and pages read the
names. An index that an older program made has none: `indexer/remembered_sources/registering.py` makes it of the paths
that the manifest remembers.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, Literal

import msgspec

from search.errors import IndexDamaged, IndexForbidden
from search.index.manifest import FILE as MANIFEST
from search.index.manifest import manifest_fields
from search.storage.atomic_files import remove_file, replace_file
from search.storage.checksummed_json import checksum_agrees, with_checksum

FILE: Final = "sources.json"
FETCHED: Final = "fetched"  # the folder of what was fetched from feeds: see `fetched_folder`

State = Literal["read", "left out", "removed"]
Kind = Literal["folder", "file", "feed"]
Option = bool | int | float | str | None


class Source(msgspec.Struct, frozen=True, omit_defaults=True):
    """One source of articles.

    number    known by this from the table of origins on; never given to another source of this index
    name      as the owner calls it: unique, without white space and slashes
    kind      a feed is fetched from an address; a folder or a file is read where it stands
    location  the absolute path, or the address
    added     the ISO 8601 day
    options   by name, such as `follow_links`
    state     "read": by `kashaf index`; "left out": not named to the last `kashaf reindex PATH…`; "removed": by
              `kashaf source remove`. What is read no more keeps its number and its name
    followed  folders and files of the source in which links that leave it are followed, where they are not in all of it
    """

    number: int
    name: str
    kind: Kind
    location: str
    added: str
    options: dict[str, Option] = {}
    state: State = "read"
    followed: tuple[str, ...] = ()

    @property
    def follow_links(self) -> bool:
        """Whether symbolic links that leave the source are followed in all of it."""
        return bool(self.options.get("follow_links"))

    def follows(self, path: str) -> bool:
        """Whether they are followed in a folder of the source."""
        return self.follow_links or any(is_within(path, each) for each in self.followed)


class Registry(msgspec.Struct, frozen=True):
    """All sources in the order in which they were added, those that are read no more too.

    next  the number of the source that comes next
    """

    sources: tuple[Source, ...] = ()
    next: int = 1

    @property
    def read(self) -> tuple[Source, ...]:
        """The sources that `kashaf index` brings up to date."""
        return tuple(source for source in self.sources if source.state == "read")

    def numbered(self, number: int) -> Source | None:
        """The source of this number, whatever its state."""
        return next((source for source in self.sources if source.number == number), None)

    def named(self, written: str) -> Source | None:
        """The source that is read and has this name, location or, for a path, absolute location."""
        absolute = os.path.abspath(written) if written else ""
        for places in ((lambda each: each.name == written), (lambda each: each.location in (written, absolute))):
            if found := next(filter(places, self.read), None):
                return found
        return None

    def replacing(self, changed: Source) -> Registry:
        """The registry with this source in place of the one of the same number, or behind all others."""
        if self.numbered(changed.number) is None:
            return Registry((*self.sources, changed), max(self.next, changed.number + 1))
        return Registry(tuple(changed if e.number == changed.number else e for e in self.sources), self.next)

    def read_again(self, paths: Sequence[str]) -> Registry:
        """The registry after a rollback to an index made of these paths: what a reindex left out is read again."""
        return self._changed("read", lambda each: each.state == "left out" and _is_among(each, paths))

    def only(self, kept: Collection[int]) -> Registry:
        """The registry after an index was made anew of sources of these numbers: the others are read no more."""
        return self._changed("left out", lambda each: each.state == "read" and each.number not in kept)

    def _changed(self, state: State, is_wanted: Callable[[Source], bool]) -> Registry:
        return Registry(
            tuple(msgspec.structs.replace(e, state=state) if is_wanted(e) else e for e in self.sources), self.next
        )


class _Written(msgspec.Struct, frozen=True, omit_defaults=True):
    """The file: a registry, and the one that takes its place in the moment in which a generation begins to be served,
    so that no crash comes between the two.

    then        None: none does
    generation  the name of that generation
    """

    sources: tuple[Source, ...] = ()
    next: int = 1
    then: Registry | None = None
    generation: str = ""


def _is_among(source: Source, paths: Sequence[str]) -> bool:
    return source.kind == "feed" or source.location in paths


def is_within(path: str, folder: str) -> bool:
    """Whether a path is this folder or file, or lies below it."""
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def fetched_folder(index: Path, source: Source) -> Path:
    """Where the articles of a feed lie, as JSON lines: what a reindex reads, since the feed has them no more."""
    return index / FETCHED / str(source.number)


def read_registry(index: Path) -> Registry | None:
    """The sources of an index; None where it has no registry. Raises IndexDamaged and IndexForbidden."""
    written = _read(index / FILE)
    if written is None:
        return None
    if written.then is not None and (manifest_fields(index / MANIFEST) or {}).get("generation") == written.generation:
        return written.then
    return Registry(written.sources, written.next)


def write_registry(index: Path, registry: Registry | None) -> None:
    """Replace what is remembered in one step, durably; None removes it. Raises OSError."""
    if registry is None:
        remove_file(index / FILE)
    else:
        replace_file(index / FILE, with_checksum(_Written(registry.sources, registry.next)))


def write_registry_of(index: Path, registry: Registry, *, generation: str) -> None:
    """Have this be the registry as soon as the manifest names that generation, and not before. Raises OSError.

    `write_registry` is to be called afterwards; where a crash came first, the next writer does it (`settle_registry`).
    """
    before = read_registry(index) or Registry()
    replace_file(index / FILE, with_checksum(_Written(before.sources, before.next, registry, generation)))


def settle_registry(index: Path) -> None:
    """Write what a crash left undone around a swap. For who holds the lock; what is damaged stays. Raises OSError."""
    with suppress(IndexDamaged, IndexForbidden):
        written = _read(index / FILE)
        if written is not None and written.then is not None:
            write_registry(index, read_registry(index))


def _read(path: Path) -> _Written | None:
    try:
        content = path.read_bytes()
        if checksum_agrees(content) is False:
            raise _damaged(path, "its checksum does not agree")
        return msgspec.json.decode(content, type=_Written)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _damaged(path, str(error)) from error
    except OSError as error:
        raise IndexForbidden(f"{path} cannot be read ({error.strerror})") from error


def _damaged(path: Path, reason: str) -> IndexDamaged:
    remedy = "put it back from a backup, or remove it: then the paths that the index was made from are remembered"
    return IndexDamaged(f"{path} is damaged ({reason}): {remedy}, and feeds have to be added again")
