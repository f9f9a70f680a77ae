"""The registry of sources: which folders, files and feeds an archive comes from, each with a name and its options.

`DIR/sources.json` lies beside the manifest and not in a generation, so that rebuilding and rolling back keep it. In: an
index directory. Out: its `Registry`. `indexer/remembered_sources` fills it; `search/index/origin.py` and pages read the
names. An index that an older program made has none: `indexer/remembered_sources/registering.py` makes it of the paths
that the manifest remembers.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, Literal

import msgspec

from search.errors import IndexDamaged, IndexForbidden
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
    """

    number: int
    name: str
    kind: Kind
    location: str
    added: str
    options: dict[str, Option] = {}
    state: State = "read"

    @property
    def follow_links(self) -> bool:
        """Whether symbolic links that leave the source are followed."""
        return bool(self.options.get("follow_links"))


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

    def holding(self, path: str) -> Source | None:
        """The source that is read and holds this file or folder; of several the one whose path is the longest."""
        holders = [each for each in self.read if each.kind != "feed" and is_within(path, each.location)]
        return max(holders, key=lambda each: len(each.location), default=None)

    def replacing(self, changed: Source) -> Registry:
        """The registry with this source in place of the one of the same number, or behind all others."""
        if self.numbered(changed.number) is None:
            return Registry((*self.sources, changed), max(self.next, changed.number + 1))
        return Registry(tuple(changed if e.number == changed.number else e for e in self.sources), self.next)

    def read_again(self, paths: Sequence[str]) -> Registry:
        """The registry after a rollback to an index made of these paths: what a reindex left out is read again."""
        return self._changed("read", lambda each: each.state == "left out" and _is_among(each, paths))

    def only(self, paths: Sequence[str]) -> Registry:
        """The registry after an index was made anew of these paths: what does not hold one of them is read no more."""
        kept = {holder.number for path in paths if (holder := self.holding(path))}
        return self._changed("left out", lambda each: each.state == "read" and each.number not in kept)

    def _changed(self, state: State, is_wanted: Callable[[Source], bool]) -> Registry:
        return Registry(
            tuple(msgspec.structs.replace(e, state=state) if is_wanted(e) else e for e in self.sources), self.next
        )


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
    path = index / FILE
    try:
        content = path.read_bytes()
        if checksum_agrees(content) is False:
            raise _damaged(path, "its checksum does not agree")
        return msgspec.json.decode(content, type=Registry)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _damaged(path, str(error)) from error
    except OSError as error:
        raise IndexForbidden(f"{path} cannot be read ({error.strerror})") from error


def write_registry(index: Path, registry: Registry | None) -> None:
    """Replace what is remembered in one step, durably; None removes it. Raises OSError."""
    if registry is None:
        remove_file(index / FILE)
    else:
        replace_file(index / FILE, with_checksum(registry))


def _damaged(path: Path, reason: str) -> IndexDamaged:
    remedy = "put it back from a backup, or remove it: then the paths that the index was made from are remembered"
    return IndexDamaged(f"{path} is damaged ({reason}): {remedy}, and feeds have to be added again")
