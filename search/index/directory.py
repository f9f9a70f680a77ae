"""The index directory: the manifest, which names the engine, the analyser and the generation of files that is served.

    DIR/kashaf.json          the manifest: one small file, replaced in one step
    DIR/writer.lock          held by the one writer process
    DIR/withdrawn.json       which articles were deleted for good: see `withdrawn.py`
    DIR/sources.json         where the articles come from: see `source_registry.py`
    DIR/fetched/NUMBER/      what was fetched from a feed, as JSON lines
    DIR/generations/NAME/    one engine's files; the manifest names the one that is served
        generation.json      the manifest when it last named this generation
        unpublished          an empty file: no manifest has named this generation yet

The indexer writes a generation, then the manifest that names it: after a crash between the two the old one is served.
A generation without the file `unpublished` is never removed just because the manifest is missing.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import msgspec

from search import schema
from search.engines.base import Engine
from search.engines.registry import backend
from search.errors import (
    IndexBusy,
    IndexDamaged,
    IndexForbidden,
    IndexForeign,
    IndexMissing,
    IndexOutdated,
    ManifestLost,
)
from search.index.elsewhere import COPY as COPY
from search.index.elsewhere import make_ready, remove_generation, tell_others
from search.index.manifest import FILE as MANIFEST
from search.index.manifest import Manifest, is_generation_name, manifest_bytes, manifest_fields
from search.index.mirror import MARK, require_own
from search.index.source_registry import FETCHED, settle_registry
from search.index.source_registry import FILE as REGISTRY
from search.index.withdrawn import FILE as WITHDRAWN
from search.storage.atomic_files import (
    is_aside,
    make_folder,
    remove_file,
    replace_file,
    stamp_of,
    sweep_aside,
)
from search.storage.checksummed_json import checksum_agrees, with_checksum
from search.storage.permissions import refusal, unreadable, unwritable

UNPUBLISHED = "unpublished"
LOCK = "writer.lock"
GENERATIONS = "generations"  # the folder of the generations, each by its name
BESIDE = (WITHDRAWN, REGISTRY)  # small files with a checksum, which no generation holds
_INDEX_ENTRIES = {MANIFEST, *BESIDE, FETCHED, LOCK, GENERATIONS, MARK, "lost+found"}


class IndexDirectory:
    """One index directory. Methods raise IndexStateErrors that name the directory and the remedy."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.manifest_path = path / MANIFEST

    def stamp(self) -> tuple[int, int, int] | None:
        """Return a value that changes whenever the manifest is replaced; None if there is none. Costs one stat."""
        return stamp_of(self.manifest_path)

    def read(self) -> Manifest:
        """Read the manifest. Raises IndexMissing, IndexForeign, IndexForbidden, ManifestLost or IndexOutdated."""
        try:
            raw = self.manifest_path.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            raise self._absent() from None
        except OSError as error:
            raise IndexForbidden(
                unreadable(self.path) or f"{self.manifest_path} cannot be read ({error.strerror})"
            ) from error
        try:
            manifest = msgspec.json.decode(raw, type=Manifest)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise self._lost(f"is damaged ({error})") from error
        if not is_generation_name(manifest.generation):
            raise self._lost(f"is damaged (generation {manifest.generation!r})")
        self.check_format(manifest.format)
        return manifest

    def check_format(self, found: object) -> None:
        """Raise IndexOutdated if this program cannot search an index of this format."""
        if found not in schema.READABLE_FORMATS:
            has = f"this program has {schema.FORMAT}"
            raise IndexOutdated(f"index {self.path} has format {found}, {has}: run kashaf reindex")

    def check_current(self, manifest: Manifest, fingerprint: str) -> None:
        """Raise IndexOutdated if this program cannot add to the index, ManifestLost if its generation is gone."""
        if not self.generation(manifest.generation).exists():
            raise self._lost(f"names generation {manifest.generation}, which is gone,")
        if (manifest.format, manifest.analyser) != (schema.FORMAT, fingerprint):
            raise IndexOutdated(
                f"index {self.path} was made by analyser {manifest.analyser} (format {manifest.format}), this program "
                f"writes {fingerprint} (format {schema.FORMAT}): run kashaf reindex, the old index serves meanwhile"
            )

    def exists(self) -> bool:
        """Return whether there is an index; False for a missing or empty directory.

        Raises IndexForeign for a directory of something else, ManifestLost for generations without a manifest.
        """
        if os.path.exists(self.manifest_path):  # False where the folder may not be entered
            return True
        absent = self._absent()
        if not isinstance(absent, IndexMissing):
            raise absent
        return False

    def generation(self, name: str) -> Path:
        """Return the folder of a generation; of "" the folder of all generations."""
        return self.path / GENERATIONS / name

    def generations(self) -> tuple[str, ...]:
        """Return the generations that may hold an archive, the oldest first: all but those never published."""
        folders = self.generation("").glob("*/")
        names = [each.name for each in folders if not each.name.startswith(".") and _may_hold_articles(each)]
        return tuple(sorted(names, key=lambda name: (len(name), name)))

    def fields(self) -> Mapping[str, Any] | None:
        """Return the manifest of any format as a mapping; None if it is missing or damaged."""
        found = manifest_fields(self.manifest_path)
        return found if found and is_generation_name(found.get("generation")) else None

    def copy(self, name: str) -> Mapping[str, Any] | None:
        """Return the copy of the manifest in a generation, from when it last named it; None if there is none."""
        found = manifest_fields(self.generation(name) / COPY)
        return found and {**found, "generation": name}

    def latest(self) -> str | None:
        """Return the generation that was served last, by the copies of the manifest; None if there are no copies."""
        known = [(copy.get("swaps", 0), copy.get("commits", 0), name) for name, copy in self._copies()]
        return max(known)[-1] if known else None

    def open_engine(self) -> tuple[Manifest, Engine]:
        """Open the served generation, again if a swap replaced it between reading the manifest and opening."""
        for _ in range(5):
            manifest = self.read()
            folder = self.generation(manifest.generation)
            try:
                return manifest, backend(manifest.engine).open_engine(folder)
            except IndexDamaged as error:
                if self.read().generation == manifest.generation:
                    raise self._unopened(folder) or error from error
        raise IndexDamaged(f"index {self.path} is being replaced again and again: try later")

    def write(self, manifest: Manifest) -> None:
        """Replace the manifest atomically, and its copy in the generation that it names."""
        self.write_fields(msgspec.to_builtins(manifest))

    def write_fields(self, fields: Mapping[str, Any]) -> None:
        """Replace the manifest by one of any format."""
        content, folder = with_checksum(fields), self.generation(fields["generation"])
        if (folder / UNPUBLISHED).exists():
            make_ready(folder)
        replace_file(self.manifest_path, content)
        if folder.is_dir():
            replace_file(folder / COPY, content)
            remove_file(folder / UNPUBLISHED)
        tell_others(self.path, folder)

    def complete_copies(self) -> None:
        """Write the served generation's copy of the manifest and the manifest's checksum, if missing because of a crash
        or an older program, and the registry that belongs to it. Only the process that holds the lock may call it.
        """
        settle_registry(self.path)
        fields, agrees = self.fields(), checksum_agrees(manifest_bytes(self.manifest_path))
        if not fields or agrees is False:
            return
        if agrees is None:
            self.write_fields(fields)
        folder = self.generation(str(fields.get("generation")))
        if folder.is_dir() and (manifest_fields(folder / COPY) != fields or (folder / UNPUBLISHED).exists()):
            replace_file(folder / COPY, with_checksum(fields))
            remove_file(folder / UNPUBLISHED)
        tell_others(self.path, folder)

    def sweep(self, obsolete: Collection[str] = ()) -> None:
        """Remove these generations, and what killed runs left. Only the process that holds the lock may call it."""
        kept = set(self.generations()) - set(obsolete) | {(self.fields() or {}).get("generation")}
        for folder in self.generation("").glob("*/"):
            if folder.name not in kept:
                remove_generation(folder)
            sweep_aside(folder)
        for folder in (self.path / FETCHED).glob("*/"):
            sweep_aside(folder)
        for name in (MANIFEST, *BESIDE):
            sweep_aside(self.path, name)

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the writer's lock. Raises IndexBusy at once if another process has it, or IndexForbidden."""
        import filelock  # only who writes needs it

        require_own(self.path)
        make_folder(self.path)
        path = self.path / LOCK
        held = filelock.FileLock(path)
        try:
            held.acquire(timeout=0)
        except filelock.Timeout as error:
            raise IndexBusy(f"another kashaf is writing to index {self.path}: wait until it is done") from error
        except PermissionError as error:
            raise IndexForbidden(refusal(path)) from error
        try:
            if refused := unwritable((self.path, self.generation(""), *self.generation("").glob("*/"))):
                raise IndexForbidden(refused)
            yield
        finally:
            held.release()

    def _absent(self) -> IndexMissing | IndexForeign | IndexForbidden | ManifestLost:
        """The error that says why there is no manifest: no index, a directory of something else, or a lost manifest."""
        if refused := unreadable(self.path):
            return IndexForbidden(refused)
        if self.path.exists() and not self.path.is_dir():
            return IndexForeign(f"{self.path} is a file, not an index directory: name another with --index")
        if self.path.exists() and not (self.latest() or all(map(_belongs_to_index, os.listdir(self.path)))):
            return IndexForeign(f"{self.path} holds something that is no Kashaf index: name another with --index")
        if self.generations():
            return self._lost("is missing")
        return IndexMissing(f"no index at {self.path}: make one with kashaf index PATH…")

    def _lost(self, what: str) -> ManifestLost:
        names, anew = self.generations(), "kashaf reindex PATH… builds the index anew"
        if not names:
            return ManifestLost(f"{self.manifest_path} {what}: {anew}")
        mended = "kashaf rollback writes it again" if self.latest() else "put it back from a copy"
        there = ("generation " if len(names) == 1 else "generations ") + ", ".join(names)
        return ManifestLost(f"{self.manifest_path} {what} and {there} must not be lost: {mended}, or {anew}")

    def _unopened(self, folder: Path) -> IndexForbidden | ManifestLost | None:
        """The error that says why the served generation cannot be opened; None if its files are damaged."""
        if refused := unreadable(folder):
            return IndexForbidden(refused)
        return None if folder.exists() else self._lost(f"names generation {folder.name}, which is gone,")

    def _copies(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        for name in self.generations():
            with suppress(PermissionError):
                if copy := self.copy(name):
                    yield name, copy


def _belongs_to_index(name: str) -> bool:
    return name in _INDEX_ENTRIES or any(is_aside(name, replaced) for replaced in (MANIFEST, *BESIDE))


def _may_hold_articles(folder: Path) -> bool:
    try:
        return not (folder / UNPUBLISHED).exists() and any(folder.iterdir())
    except PermissionError:
        return True
