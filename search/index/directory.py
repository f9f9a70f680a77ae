"""The index directory: which engine, which analyser, which generation of files is being served.

    DIR/kashaf.json          the manifest: one small file, replaced in one step
    DIR/writer.lock          held by the one writer process
    DIR/withdrawn.json       which articles were deleted for good: see `withdrawn.py`
    DIR/generations/NAME/    one engine's files; the manifest names the one that is served
        generation.json      the manifest when it last named this generation
        unpublished          an empty file: no manifest has named this generation yet

Searching reads the manifest and opens the generation it names; the indexer writes both: a crash between the two leaves
the old generation serving. One without the mark `unpublished` is never removed because a manifest is missing.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import filelock
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
from search.index.withdrawn import FILE as WITHDRAWN
from search.storage.atomic_files import is_aside, make_folder, remove_file, replace_file, sweep_aside
from search.storage.checksummed_json import checksum_agrees, with_checksum
from search.storage.permissions import refusal, unreadable, unwritable

MANIFEST = "kashaf.json"
COPY = "generation.json"
UNPUBLISHED = "unpublished"
_INDEX_ENTRIES = {MANIFEST, WITHDRAWN, "writer.lock", "generations", "lost+found"}


class Manifest(msgspec.Struct, frozen=True):
    """What the index directory says about itself.

    analyser    fingerprint of the analyser that made the terms
    lexicon     "bundled", "none" or the path of the lemma table, so that a search analyses alike
    generation  folder of the served files below generations/
    commits     grows with each commit, so that a reader sees that something changed
    sources     the paths given to `kashaf index`, absolute, in order: what `kashaf reindex` reads, and
    follow_links  whether links that leave them are followed
    updated     ISO 8601 moment of the last commit
    articles    how many there were at the last commit; None: not recorded
    previous    the generation that `kashaf rollback` brings back
    obsolete    generations that nothing needs any more: the next writer removes what is left of them
    swaps       grows with each change of the served generation, so that the latest can be told
    """

    engine: str
    analyser: str
    lexicon: str
    generation: str
    format: int = schema.FORMAT
    commits: int = 0
    sources: tuple[str, ...] = ()
    follow_links: bool = False
    updated: str | None = None
    articles: int | None = None
    previous: str | None = None
    obsolete: tuple[str, ...] = ()
    swaps: int = 0


class IndexDirectory:
    """One index directory. Methods raise IndexStateErrors that name the directory and the remedy."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def manifest_path(self) -> Path:
        return self.path / MANIFEST

    def stamp(self) -> tuple[int, int, int] | None:
        """Changes whenever the manifest was replaced; None where there is none. Costs one stat."""
        try:
            status = self.manifest_path.stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_ino, status.st_size

    def read(self) -> Manifest:
        """The manifest. Raises IndexMissing, IndexForeign, IndexForbidden, ManifestLost or IndexOutdated."""
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
        if not _is_name(manifest.generation):
            raise self._lost(f"is damaged (generation {manifest.generation!r})")
        self.check_format(manifest.format)
        return manifest

    def check_format(self, found: object) -> None:
        """Raises IndexOutdated where an index of this format cannot be searched by this program."""
        if found not in schema.READABLE_FORMATS:
            has = f"this program has {schema.FORMAT}"
            raise IndexOutdated(f"index {self.path} has format {found}, {has}: run kashaf reindex")

    def check_current(self, manifest: Manifest, fingerprint: str) -> None:
        """Raises IndexOutdated where what this program writes would not fit, ManifestLost where there is nothing."""
        if not self.generation(manifest.generation).exists():
            raise self._lost(f"names generation {manifest.generation}, which is gone,")
        if (manifest.format, manifest.analyser) != (schema.FORMAT, fingerprint):
            raise IndexOutdated(
                f"index {self.path} was made by analyser {manifest.analyser} (format {manifest.format}), this program "
                f"writes {fingerprint} (format {schema.FORMAT}): run kashaf reindex, the old index serves meanwhile"
            )

    def exists(self) -> bool:
        """Whether there is an index; False for a missing or empty directory.

        Raises IndexForeign for another's directory, ManifestLost for generations without a manifest.
        """
        if os.path.exists(self.manifest_path):  # False where the folder may not be entered
            return True
        absent = self._absent()
        if not isinstance(absent, IndexMissing):
            raise absent
        return False

    def generation(self, name: str) -> Path:
        """The folder of a generation's files."""
        return self.path / "generations" / name

    def generations(self) -> tuple[str, ...]:
        """The generations that hold what was served once, or may: all but what a run left before it published it."""
        folders = self.generation("").glob("*/")
        names = [each.name for each in folders if _may_hold_articles(each)]
        return tuple(sorted(names, key=lambda name: (len(name), name)))

    def fields(self) -> Mapping[str, Any] | None:
        """What the manifest says, of whatever format it is; None where it is missing or damaged."""
        found = _fields(self.manifest_path)
        return found if found and _is_name(found.get("generation")) else None

    def copy(self, name: str) -> Mapping[str, Any] | None:
        """What the manifest said when it last named this generation; None where that is not known."""
        found = _fields(self.generation(name) / COPY)
        return found and {**found, "generation": name}

    def latest(self) -> str | None:
        """The generation that was served last, by what the generations themselves say."""
        known = [(copy.get("swaps", 0), copy.get("commits", 0), name) for name, copy in self._copies()]
        return max(known)[-1] if known else None

    def open_engine(self) -> tuple[Manifest, Engine]:
        """The served generation, opened; tries again where a swap removed it between reading and opening."""
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
        """Replaces the manifest in one step, durably."""
        self.write_fields(msgspec.to_builtins(manifest))

    def write_fields(self, fields: Mapping[str, Any]) -> None:
        """The same for a manifest of any format."""
        content, folder = with_checksum(fields), self.generation(fields["generation"])
        replace_file(self.manifest_path, content)
        if folder.is_dir():
            replace_file(folder / COPY, content)
            remove_file(folder / UNPUBLISHED)

    def complete_copies(self) -> None:
        """Lets the served generation itself say what the manifest says of it, and the manifest carry its checksum,
        where a crash or an older program left that out. Only the writer may call it.
        """
        fields, agrees = self.fields(), checksum_agrees(_content(self.manifest_path))
        if not fields or agrees is False:
            return
        if agrees is None:
            self.write_fields(fields)
        folder = self.generation(str(fields.get("generation")))
        if folder.is_dir() and (_fields(folder / COPY) != fields or (folder / UNPUBLISHED).exists()):
            replace_file(folder / COPY, with_checksum(fields))
            remove_file(folder / UNPUBLISHED)

    def sweep(self, obsolete: Collection[str] = ()) -> None:
        """Removes these generations and what killed runs left. Only the writer may call it."""
        kept = set(self.generations()) - set(obsolete) | {(self.fields() or {}).get("generation")}
        for folder in self.generation("").glob("*/"):
            if folder.name not in kept:
                shutil.rmtree(folder, ignore_errors=True)
            sweep_aside(folder)
        sweep_aside(self.path, MANIFEST)
        sweep_aside(self.path, WITHDRAWN)

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Holds the writer's lock. Raises IndexBusy at once where another process has it, or IndexForbidden."""
        make_folder(self.path)
        path = self.path / "writer.lock"
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
        """Why there is no manifest: nothing there, something else's directory, or it was lost."""
        if refused := unreadable(self.path):
            return IndexForbidden(refused)
        if self.path.exists() and not self.path.is_dir():
            return IndexForeign(f"{self.path} is a file, not an index directory: name another with --index")
        if self.path.exists() and not all(_belongs_to_index(each.name) for each in self.path.iterdir()):
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
        """Why the files of the served generation cannot be opened, unless they are damaged."""
        if refused := unreadable(folder):
            return IndexForbidden(refused)
        return None if folder.exists() else self._lost(f"names generation {folder.name}, which is gone,")

    def _copies(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        for name in self.generations():
            with suppress(PermissionError):
                if copy := self.copy(name):
                    yield name, copy


def _belongs_to_index(name: str) -> bool:
    return name in _INDEX_ENTRIES or is_aside(name, MANIFEST) or is_aside(name, WITHDRAWN)


def _may_hold_articles(folder: Path) -> bool:
    try:
        return not (folder / UNPUBLISHED).exists() and any(folder.iterdir())
    except PermissionError:
        return True


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return b""


def _is_name(generation: object) -> bool:
    """Whether this is the name of a folder, and not a way out of the index directory."""
    if not isinstance(generation, str) or generation in ("", ".", "..") or "\0" in generation:
        return False
    return Path(generation).name == generation


def _fields(path: Path) -> Mapping[str, Any] | None:
    try:
        found = msgspec.json.decode(_content(path))
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return found if isinstance(found, dict) and isinstance(found.get("engine"), str) else None
