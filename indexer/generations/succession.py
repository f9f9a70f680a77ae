"""The order of generations: what a rebuild needs to know of the generation before it, and the rollback to that one.

`indexer/build.py` asks before it swaps, `indexer/commands.py` rolls back. `search/index/directory.py` says what lies
where.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from indexer.generations.removal import remove_withdrawn
from indexer.generations.shared_ids_kept import take_shared_ids
from indexer.generations.storage import storage_errors
from search.engines.base import Engine
from search.engines.registry import DEFAULT, NAMES, backend
from search.errors import IndexDamaged, IndexStateError, KashafError
from search.index.directory import IndexDirectory
from search.index.manifest import Manifest
from search.index.source_registry import read_registry, write_registry, write_registry_of


class Remembered(msgspec.Struct, frozen=True):
    """The fields of a manifest, of any format, that a rebuild needs."""

    engine: str = DEFAULT
    lexicon: str | None = None
    generation: str | None = None
    commits: int = 0
    sources: tuple[str, ...] = ()
    follow_links: bool = False
    articles: int | None = None
    previous: str | None = None
    obsolete: tuple[str, ...] = ()
    swaps: int = 0


@dataclass(frozen=True, slots=True)
class RolledBack:
    """What a rollback did.

    generation  the generation that is served now
    articles    how many articles it holds
    updated     the ISO 8601 moment of its last commit
    before      the generation that was served until now; None where `recovered`
    recovered   whether the manifest was missing or damaged, and was written again
    """

    generation: str
    articles: int
    updated: str | None
    before: str | None
    recovered: bool


def remembered(directory: IndexDirectory) -> Remembered:
    """Return what is known of the index, even one that is outdated or damaged or lacks its manifest."""
    fields, there = directory.fields() or {}, directory.generations()
    if fields.get("generation") not in there:
        latest = directory.latest()
        fields = (latest and directory.copy(latest)) or {**fields, "generation": there[-1] if there else None}
    try:
        return msgspec.convert(fields, type=Remembered)
    except msgspec.ValidationError:
        return Remembered()


def others(directory: IndexDirectory, old: Remembered) -> tuple[str, ...]:
    """Return all generations but the served one; () where that one is not known."""
    return tuple(name for name in directory.generations() if name != old.generation) if old.generation else ()


def served_articles(directory: IndexDirectory, old: Remembered) -> int | None:
    """Return how many articles are served, or were at the last commit; None where neither is known."""
    engine = _opened(directory, old)
    return engine.documents if engine else old.articles


def succeed(directory: IndexDirectory, old: Remembered, manifest: Manifest, *, keep: bool) -> Manifest:
    """The manifest of a generation that takes the place of the old one, which is kept if it can be read.

    Where it cannot, the one before it is kept: it may be the better one. What could not be removed stays obsolete, so
    that the next writer tries again.
    """
    there = directory.generations()
    known = [name for name in (old.generation, old.previous) if name in there]
    if len(known) > 1 and _opened(directory, old) is None:
        known.reverse()
    previous = known[0] if keep and known else None
    unneeded = dict.fromkeys((*old.obsolete, *known, *(() if keep else others(directory, old))))
    obsolete = tuple(name for name in unneeded if name in there and name not in (previous, manifest.generation))
    return msgspec.structs.replace(
        manifest, commits=old.commits, previous=previous, obsolete=obsolete, swaps=old.swaps + 1
    )


def rollback(directory: IndexDirectory) -> RolledBack:
    """Serves the previous generation again, and keeps the present one for the way forward.

    Where the manifest is missing or damaged, or names what is gone, writes it again for the generation that was served
    last. Raises IndexStateErrors; then all is as it was.
    """
    if not directory.generations():
        directory.read()  # says what is there instead
    with storage_errors(directory.path), directory.lock():
        directory.complete_copies()
        fields = directory.fields()
        if fields is None or fields.get("generation") not in directory.generations():
            return _recover(directory)
        return _swap(directory, fields)


def _recover(directory: IndexDirectory) -> RolledBack:
    latest = directory.latest()
    if latest is None:
        directory.read()  # says what is missing and what to do
        raise IndexDamaged(f"no generation of index {directory.path} says what it is: run kashaf reindex PATH…")
    copy = directory.copy(latest) or {}
    return _serve(directory, {**copy, "previous": _if_there(directory, copy.get("previous"))}, before=None)


def _swap(directory: IndexDirectory, fields: Mapping[str, Any]) -> RolledBack:
    present, previous = str(fields["generation"]), _if_there(directory, fields.get("previous"))
    if previous is None:
        raise IndexStateError(f"index {directory.path} keeps no previous generation: the next kashaf reindex keeps one")
    copy = directory.copy(previous)
    if copy is None:
        raise IndexDamaged(
            f"generation {previous} of index {directory.path} does not say how it was made: run kashaf reindex"
        )
    obsolete = [name for name in fields.get("obsolete", ()) if name not in (present, previous)]
    swapped = {**copy, "previous": present, "obsolete": obsolete, "swaps": fields.get("swaps", 0) + 1}
    return _serve(directory, swapped, before=present)


def _serve(directory: IndexDirectory, fields: Mapping[str, Any], *, before: str | None) -> RolledBack:
    """Writes this manifest if its generation can be searched by this program.

    What was withdrawn since that generation was served is removed from it first. The manifest comes last, so that a
    rollback that was killed is done by a second one, not undone.
    """
    generation = str(fields["generation"])
    directory.check_format(fields.get("format"))
    engine, folder = str(fields["engine"]), directory.generation(generation)
    gone = remove_withdrawn(directory, engine, folder)
    if before:
        take_shared_ids(folder, engine, directory.generation(before))
    articles = backend(engine).open_engine(folder).documents
    registry = read_registry(directory.path)
    again = registry and registry.read_again(tuple(fields.get("sources", ())))
    if again and again != registry:
        write_registry_of(directory.path, again, generation=generation)
    directory.write_fields(
        {**fields, "articles": articles, "commits": fields.get("commits", 0) + 1} if gone else fields
    )
    if again and again != registry:
        write_registry(directory.path, again)
    return RolledBack(generation, articles, fields.get("updated"), before, recovered=before is None)


def _opened(directory: IndexDirectory, old: Remembered) -> Engine | None:
    """The old generation as it can be searched; None where there is none or its files cannot be read."""
    if old.generation is None:
        return None
    for engine in dict.fromkeys((old.engine, *NAMES)):
        try:
            return backend(engine).open_engine(directory.generation(old.generation))
        except KashafError:
            continue
    return None


def _if_there(directory: IndexDirectory, name: object) -> str | None:
    return name if isinstance(name, str) and name in directory.generations() else None
