"""The index directory: which engine, which analyser, which generation of files is being served.

    DIR/kashaf.json          the manifest: one small file, replaced in one step
    DIR/writer.lock          held by the one writer process
    DIR/generations/NAME/    one engine's files; the manifest names the one that is served

Searching reads the manifest and opens the generation it names; the indexer writes both. A crash between the two
leaves the old manifest and so the old generation serving.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import filelock
import msgspec

from search import schema
from search.engines.base import Engine
from search.engines.registry import backend
from search.errors import IndexBusy, IndexDamaged, IndexForeign, IndexMissing, IndexOutdated

MANIFEST = "kashaf.json"


class Manifest(msgspec.Struct, frozen=True):
    """What the index directory says about itself.

    analyser    fingerprint of the analyser that made the terms
    lexicon     "bundled", "none" or the path of the lemma table, so that a search analyses alike
    generation  folder of the served files below generations/
    commits     grows with each commit, so that a reader sees that something changed
    sources     the paths given to `kashaf index`, absolute, in order: what `kashaf reindex` reads
    updated     ISO 8601 moment of the last commit
    """

    engine: str
    analyser: str
    lexicon: str
    generation: str
    format: int = schema.FORMAT
    commits: int = 0
    sources: tuple[str, ...] = ()
    updated: str | None = None


class Catalogue:
    """One index directory. Methods raise IndexStateErrors that name the directory and the remedy."""

    def __init__(self, place: Path) -> None:
        self.place = place

    @property
    def manifest_path(self) -> Path:
        return self.place / MANIFEST

    def stamp(self) -> tuple[int, int, int] | None:
        """Changes whenever the manifest was replaced; None where there is none. Costs one stat."""
        try:
            status = self.manifest_path.stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_ino, status.st_size

    def read(self) -> Manifest:
        """The manifest. Raises IndexMissing, IndexForeign, IndexDamaged or IndexOutdated."""
        try:
            raw = self.manifest_path.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            raise self._absent() from None
        except OSError as error:
            raise IndexDamaged(
                f"index {self.place} cannot be read ({error.strerror}): check its permissions"
            ) from error
        try:
            manifest = msgspec.json.decode(raw, type=Manifest)
        except msgspec.DecodeError as error:
            raise IndexDamaged(f"{self.manifest_path} is damaged ({error}): run kashaf reindex PATH…") from error
        if manifest.format != schema.FORMAT:
            raise IndexOutdated(
                f"index {self.place} has format {manifest.format}, this program has {schema.FORMAT}: run kashaf reindex"
            )
        return manifest

    def check_analyser(self, manifest: Manifest, fingerprint: str) -> None:
        """Raises IndexOutdated where the index was made by another version of the analyser."""
        if manifest.analyser != fingerprint:
            raise IndexOutdated(
                f"index {self.place} was made by analyser {manifest.analyser}, this one is {fingerprint}: "
                "run kashaf reindex"
            )

    def exists(self) -> bool:
        """Whether there is an index; False for a missing or empty directory. Raises IndexForeign for another's."""
        if self.manifest_path.exists():
            return True
        absent = self._absent()
        if isinstance(absent, IndexForeign):
            raise absent
        return False

    def generation(self, name: str) -> Path:
        """The folder of a generation's files."""
        return self.place / "generations" / name

    def open_engine(self) -> tuple[Manifest, Engine]:
        """The served generation, opened; tries again where a swap removed it between reading and opening."""
        for _ in range(5):
            manifest = self.read()
            folder = self.generation(manifest.generation)
            try:
                return manifest, backend(manifest.engine).open_engine(folder)
            except IndexDamaged:
                if self.read().generation == manifest.generation:
                    raise
        raise IndexDamaged(f"index {self.place} is being replaced again and again: try later")

    def write(self, manifest: Manifest) -> None:
        """Replaces the manifest in one step, durably."""
        aside = self.place / (MANIFEST + ".new")
        with aside.open("wb") as file:
            file.write(msgspec.json.format(msgspec.json.encode(manifest), indent=1))
            file.flush()
            os.fsync(file.fileno())
        aside.replace(self.manifest_path)
        _sync_folder(self.place)

    def sweep(self, keep: str) -> None:
        """Removes the files of all generations but `keep`; only the writer may call it."""
        generations = self.place / "generations"
        for folder in generations.iterdir() if generations.is_dir() else ():
            if folder.name != keep:
                shutil.rmtree(folder, ignore_errors=True)

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Holds the writer's lock. Raises IndexBusy at once where another process has it."""
        self.place.mkdir(parents=True, exist_ok=True)
        held = filelock.FileLock(self.place / "writer.lock")
        try:
            held.acquire(timeout=0)
        except filelock.Timeout as error:
            raise IndexBusy(f"another kashaf is writing to index {self.place}: wait until it is done") from error
        try:
            yield
        finally:
            held.release()

    def _absent(self) -> IndexMissing | IndexForeign:
        """Why there is no manifest: nothing there, or something else's directory."""
        if not self.place.exists():
            return IndexMissing(f"no index at {self.place}: make one with kashaf index PATH…")
        if not self.place.is_dir():
            return IndexForeign(f"{self.place} is a file, not an index directory: name another with --index")
        own = {"writer.lock", "generations", MANIFEST + ".new"}
        if any(entry.name not in own for entry in self.place.iterdir()):
            return IndexForeign(f"{self.place} holds something that is no Kashaf index: name another with --index")
        return IndexMissing(f"no index at {self.place}: make one with kashaf index PATH…")


def _sync_folder(folder: Path) -> None:
    """Makes a rename in the folder durable, where the system can."""
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
