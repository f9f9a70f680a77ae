"""What `kashaf source` does, and how the paths of a run are remembered as sources.

In: an index directory, and a path, an address or a name. Out: its registry, changed. Called by `commands.py` and
`indexer/build.py`. The registry is the one truth about what `kashaf index` and `kashaf reindex` read without PATH; the
manifest's paths count where there is no registry, as in an index of an older Kashaf.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import msgspec

from indexer.generations.storage import storage_errors
from indexer.generations.succession import remembered
from indexer.origins.identities_of_run import KnownSources
from indexer.remembered_sources.names import checked_name, is_address, usual_name
from indexer.sources import Root, Sources
from search.errors import IndexMissing, IndexStateError, ManifestLost, SourceError, shown
from search.index.directory import IndexDirectory
from search.index.source_places import SourcePlaces
from search.index.source_registry import (
    FETCHED,
    Option,
    Registry,
    Source,
    fetched_folder,
    is_within,
    read_registry,
    write_registry,
)


def registry_of(directory: IndexDirectory) -> Registry:
    """All sources of an index; of one without a registry those that its manifest remembers.

    Raises IndexDamaged and IndexForbidden.
    """
    found = read_registry(directory.path)
    if found is not None:
        return found
    old = remembered(directory)
    return _with_paths(Registry(), old.sources, directory.path, follow_links=old.follow_links)


def _address(location: str) -> str:
    """The address of a feed in its usual form. Raises SourceError."""
    from indexer.fetching.introduction import given_address  # loads what asks hosts, which other runs do without

    return str(given_address(location))


def add_source(
    directory: IndexDirectory, location: str, *, name: str | None = None, options: Mapping[str, Option]
) -> Source:
    """Remember a folder, a file or the address of a feed; of one that is remembered change the name and the options.

    options: those that are set; the others stay as they are. Raises SourceError and IndexStateErrors.
    """
    place = _address(location) if is_address(location) else _readable(location)
    with _changing(directory):
        registry = registry_of(directory)
        found = _at(registry, place) or _new(registry, place)
        if name is not None and name != found.name:
            found = msgspec.structs.replace(found, name=checked_name(name, _names(registry, but=found)))
        followed = () if "follow_links" in options else found.followed
        changed = {**found.options, **options}
        found = msgspec.structs.replace(found, options=changed, followed=followed, state="read")
        write_registry(directory.path, registry.replacing(found))
    return found


def remove_source(directory: IndexDirectory, written: str) -> Source:
    """Read a source no more; `written`: its name, path or address. Its articles stay until they are pruned.

    Raises SourceError where there is none, and IndexStateErrors.
    """
    if not directory.path.is_dir():
        raise _unknown(directory, written, Registry())
    with _changing(directory):
        registry = registry_of(directory)
        found = registry.named(written)
        if found is None:
            raise _unknown(directory, written, registry)
        removed = msgspec.structs.replace(found, state="removed")
        write_registry(directory.path, registry.replacing(removed))
    return removed


def remembered_roots(directory: IndexDirectory, *, all_there: bool, follow_links: bool = False) -> Sources:
    """What the remembered sources have to be read.

    all_there     refuse where one is gone; otherwise the run skips it
    follow_links  of all of them in this run, whatever their options say

    Raises IndexMissing and other IndexStateErrors where none is remembered, or one is gone.
    """
    sources = registry_of(directory).read
    if not sources:
        with suppress(ManifestLost):
            if not directory.exists():
                raise IndexMissing(f"no index at {directory.path}: make one with kashaf index PATH…")
        raise IndexStateError(
            f"index {directory.path} remembers no sources: name them, kashaf {'re' * all_there}index PATH…, or "
            "kashaf source add PATH|ADDRESS"
        )
    roots = [root_of(directory.path, source) for source in sources]
    for root in roots:
        if all_there and root.must_be_there and not os.path.lexists(root.path):
            raise IndexStateError(
                f"source {root.path} of the index is gone: name what to read, kashaf reindex PATH…, or have it "
                "forgotten, kashaf source remove"
            )
    if follow_links:
        roots = [replace(root, follow_links=root.must_be_there) for root in roots]
    return Sources(roots, remembered=True)


def roots_to_index(directory: IndexDirectory, *, follow_links: bool = False) -> Sources:
    """What `kashaf index` reads without PATH: nothing where the last source was removed and its articles are there, so
    that they can be told and pruned. Otherwise raises as `remembered_roots` does.
    """
    registry = registry_of(directory)
    removed = any(source.state == "removed" for source in registry.sources)
    if removed and not registry.read and (directory.fields() or {}).get("articles"):
        return Sources([], remembered=True)
    return remembered_roots(directory, all_there=False, follow_links=follow_links)


def remembered_paths(directory: IndexDirectory) -> list[Path]:
    """The folders and files that are remembered as sources. Raises IndexDamaged and IndexForbidden."""
    return [Path(source.location) for source in registry_of(directory).read if source.kind != "feed"]


def root_of(index: Path, source: Source) -> Root:
    """Where the articles of a source are read; those of a feed where they were stored when they were fetched."""
    if source.kind == "feed":
        return Root(str(fetched_folder(Path(os.path.abspath(index)), source)), must_be_there=False)
    return Root(source.location, follow_links=source.follow_links, followed=source.followed)


def chosen_sources(directory: IndexDirectory, paths: Sequence[str | Path], *, follow_links: bool = False) -> Sources:
    """The paths that a user names for one run; each is read as it would be with all of its source.

    follow_links: also where the index does not remember that links are followed. Raises SourceError for a wrong path,
    IndexDamaged and IndexForbidden.
    """
    named = [root.path for root in Sources(paths).roots]
    return Sources(chosen_roots(registry_of(directory), directory.path, named, follow_links=follow_links))


def chosen_roots(registry: Registry, index: Path, paths: Sequence[str], *, follow_links: bool = False) -> list[Root]:
    """The same of absolute paths, which may be gone."""
    places = SourcePlaces(registry.read, index)
    return [_within_source(Root(path), places.holding(path), follow_links) for path in paths]


def _within_source(root: Root, source: Source | None, follow_links: bool) -> Root:
    if source is None:
        return replace(root, follow_links=follow_links)
    return replace(
        root,
        follow_links=follow_links or source.follows(root.path),
        followed=source.followed,
        home=source.location if source.location != root.path else "",
    )


@contextmanager
def remembering(directory: IndexDirectory, sources: Sources) -> Iterator[KnownSources]:
    """Remember the paths of a run that adds to an index; gives all sources.

    If the block fails before it has published anything, such as where a path holds no article, all is as before.
    """
    before, published = read_registry(directory.path), directory.stamp()
    known = known_sources(directory, sources)
    if known.registry != before:
        write_registry(directory.path, known.registry)
    try:
        yield known
    except BaseException:
        if known.registry != before and directory.stamp() == published:
            write_registry(directory.path, before)
        raise


def known_sources(directory: IndexDirectory, sources: Sources) -> KnownSources:
    """All sources, and the paths of a run as further ones, those that lie below a source already left out."""
    registry = registry_of(directory)
    new_from = registry.next
    local = local_paths(directory, sources)
    followed = [root.path for root in sources.roots if root.follow_links]
    registry = _with_paths(registry, [path for path in followed if path in local], directory.path, follow_links=True)
    if not sources.remembered:
        registry = _with_paths(registry, local, directory.path, follow_links=False)
    return KnownSources(registry, new_from)


def local_paths(directory: IndexDirectory, sources: Sources) -> list[str]:
    """The paths of a run without the folders in which fetched articles are stored."""
    fetched = os.path.join(os.path.abspath(directory.path), FETCHED)
    return [root.path for root in sources.roots if not is_within(root.path, fetched)]


def holders(registry: Registry, paths: Iterable[str], index: Path) -> set[int]:
    """The numbers of the sources that are read and hold one of these paths."""
    places = SourcePlaces(registry.read, index)
    return {holder.number for path in paths if (holder := places.holding(path))}


def _with_paths(registry: Registry, paths: Sequence[str], index: Path, *, follow_links: bool) -> Registry:
    for path in paths:
        found = SourcePlaces(registry.read, index).holding(path) or _at(registry, path) or _new(registry, path)
        if follow_links and not found.follows(path):
            found = _following(found, path)
        registry = registry.replacing(msgspec.structs.replace(found, state="read"))
    return registry


def _following(source: Source, path: str) -> Source:
    """The source with links being followed in this folder of it, and in no other."""
    if path == source.location:
        return msgspec.structs.replace(source, options={**source.options, "follow_links": True}, followed=())
    return msgspec.structs.replace(source, followed=(*source.followed, path))


def _at(registry: Registry, location: str) -> Source | None:
    """The source at this place, one that is read no more too, so that its articles keep their ids."""
    found = (source for source in registry.sources if source.location == location)
    return max(found, key=lambda source: source.state == "read", default=None)


def _new(registry: Registry, location: str) -> Source:
    kind = "feed" if is_address(location) else "folder" if os.path.isdir(location) else "file"
    name = usual_name(location, _names(registry))
    return Source(registry.next, name, kind, location, date.today().isoformat())  # type: ignore[arg-type]


def _names(registry: Registry, but: Source | None = None) -> Collection[str]:
    """The names that are taken: also of sources that are read no more, for their articles' ids may begin with them."""
    return {source.name for source in registry.sources if but is None or source.number != but.number}


def _readable(path: str) -> str:
    (root,) = Sources([path]).roots
    return root.path


def _unknown(directory: IndexDirectory, written: str, registry: Registry) -> SourceError:
    names = ", ".join(source.name for source in registry.read[:10]) or "none"
    return SourceError(f"index {directory.path} remembers no source {shown(written)}: it has {names}")


@contextmanager
def _changing(directory: IndexDirectory) -> Iterator[None]:
    with storage_errors(directory.path):
        directory.exists()  # raises for a directory of something else before anything is written to it
        with directory.lock():
            yield
