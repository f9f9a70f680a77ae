"""A backup → an index: a new one, or in place of the one that is there, in one step and with the way back.

In: the folder of a backup, and the index directory. Out: an index whose served generation is a copy of the backup's.
A site that follows the directory opens it as it opens a reindex. Called by `commands.py`.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

import msgspec

from indexer.backups.copying import Copied, Progress, copy_generation
from indexer.backups.places import require_apart
from indexer.backups.snapshot import NAMES
from indexer.backups.sources_beside import copy_fetched, joined_sources
from indexer.backups.withdrawn_since import leave_out_withdrawn
from indexer.fetching.fetching import nobody_fetching
from indexer.generations.growing_generation import GrowingGeneration
from indexer.generations.shared_ids_kept import renumber_sources, take_shared_ids
from indexer.generations.storage import new_generation, removed_on_failure, storage_errors
from indexer.generations.succession import Remembered, remembered, succeed
from search.engines.registry import backend
from search.errors import IndexDamaged, IndexForeign, IndexMissing, IndexStateError, ManifestLost
from search.index.directory import IndexDirectory
from search.index.manifest import Manifest, manifest_bytes
from search.index.source_registry import write_registry, write_registry_of
from search.storage.atomic_files import replace_file
from search.storage.checksummed_json import checksum_agrees


@dataclass(frozen=True, slots=True)
class RestoredIndex:
    """What a restore did.

    generation  the generation that is served now
    articles    how many articles it holds
    updated     the ISO 8601 moment of the commit that was backed up
    before      the generation that was served until now, which a rollback brings back; None where there was none
    withdrawn   articles of the backup that had been deleted for good since, and were left out
    unknown     whether `withdrawn.json` was damaged, so that the backup's alone counts
    """

    generation: str
    articles: int
    updated: str | None
    before: str | None
    withdrawn: int
    unknown: bool


def restore_backup(
    backup: IndexDirectory, directory: IndexDirectory, *, replace: bool, progress: Progress
) -> RestoredIndex:
    """Have the index be what was backed up. Raises IndexStateErrors and StorageFull; then it is as it was.

    replace: whether an index that is there may be replaced.
    """
    require_apart(directory.path, backup.path)
    _require_backup(backup)
    _require_allowed(backup, directory, replace=replace)
    with removed_on_failure(directory), storage_errors(directory.path), directory.lock():
        _require_allowed(backup, directory, replace=replace)
        directory.complete_copies()
        old = remembered(directory)
        directory.sweep(old.obsolete)
        with nobody_fetching(directory.path), new_generation(directory, None) as name:
            what = f"index {directory.path}"
            done = copy_generation(backup, directory.generation(name), what=what, progress=progress)
            joined = joined_sources(backup.path, directory.path)
            folder, engine = directory.generation(name), done.manifest.engine
            renumber_sources(folder, engine, joined.numbers)
            if old.generation and not joined.of_another_index:  # else the sources of the one are not in the other
                take_shared_ids(folder, engine, directory.generation(old.generation))
            copied = msgspec.structs.replace(done.manifest, generation=name)
            left_out, unknown = leave_out_withdrawn(backup, directory, GrowingGeneration(directory, copied), joined)
            manifest = _manifest(directory, done, old, name)
            _write_names(directory, done)
            copy_fetched(backup.path, directory.path, joined.numbers)
            if joined.registry:
                write_registry_of(directory.path, joined.registry, generation=name)
            directory.write(manifest)
            if joined.registry:
                write_registry(directory.path, joined.registry)
        directory.sweep(manifest.obsolete)
        return RestoredIndex(name, manifest.articles or 0, manifest.updated, manifest.previous, left_out, unknown)


def _require_backup(backup: IndexDirectory) -> None:
    """Raise IndexStateErrors where the folder holds no backup that is whole and that this program can search."""
    try:
        backup.read()
    except (IndexMissing, IndexForeign) as error:
        raise IndexMissing(f"no backup at {backup.path}: name the folder that kashaf backup made") from error
    if checksum_agrees(manifest_bytes(backup.manifest_path)) is False:
        raise IndexDamaged(f"{backup.manifest_path} is not as it was written: restore another backup")


def _require_allowed(backup: IndexDirectory, directory: IndexDirectory, *, replace: bool) -> None:
    there = True
    with suppress(ManifestLost):
        there = directory.exists()
    if there and not replace:
        raise IndexStateError(
            f"there is an index at {directory.path}: kashaf restore {backup.path} --replace serves the backup in its "
            "place, and keeps it for kashaf rollback"
        )


def _manifest(directory: IndexDirectory, done: Copied, old: Remembered, name: str) -> Manifest:
    """The manifest that names the copy."""
    articles = backend(done.manifest.engine).open_engine(directory.generation(name)).documents
    manifest = msgspec.structs.replace(done.manifest, generation=name, articles=articles)
    commits = max(old.commits, done.manifest.commits) + 1
    return msgspec.structs.replace(succeed(directory, old, manifest, keep=True), commits=commits)


def _write_names(directory: IndexDirectory, done: Copied) -> None:
    """The owner's names come back where there are none."""
    if NAMES in done.beside and not (directory.path / NAMES).exists():
        replace_file(directory.path / NAMES, done.beside[NAMES])
