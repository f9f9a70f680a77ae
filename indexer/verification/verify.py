"""Checks that an index is as it was written: each file by its checksum, each article by its id and its terms.

In: an index directory. Out: a `Verification`, which `commands.py` prints. It writes nothing and takes no lock; where a
run changes the index meanwhile, it checks again.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from indexer.generations.checksums import FILE, OWN, measure, recorded
from indexer.verification.article_lookup import ArticleLookup, look_up_articles
from search.engines.registry import backend
from search.errors import IndexDamaged, IndexForbidden, ManifestLost
from search.index.directory import BESIDE, COPY, UNPUBLISHED, IndexDirectory
from search.index.manifest import FILE as MANIFEST
from search.results.names_file import FILE as NAMES
from search.results.names_file import is_sound
from search.storage.atomic_files import stamp_of
from search.storage.checksummed_json import checksum_agrees
from search.storage.permissions import unreadable

_LOOKS: Final = 6  # checks at most: a run beside this one may commit and merge for hours
_PAUSE: Final = 0.1  # seconds before the next check
_CHANGED: Final = "is not as it was written"


@dataclass(frozen=True, slots=True)
class Damage:
    """A damaged file, by its path in the index directory, and what is wrong with it."""

    file: str
    problem: str


@dataclass(slots=True)
class Files:
    """The outcome of comparing files with their checksums.

    checked  how many files agree with their checksum
    bytes    the size of these files
    unknown  files of which no checksum is recorded
    """

    checked: int = 0
    bytes: int = 0
    unknown: list[str] = field(default_factory=list)
    damaged: list[Damage] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Verification:
    """The outcome of `kashaf verify`. articles: None where they were not looked up; `note` says why."""

    files: Files
    articles: ArticleLookup | None
    note: str | None
    seconds: float

    @property
    def sound(self) -> bool:
        """Whether no damage was found."""
        return not self.files.damaged and not (self.articles and self.articles.lost)


def verify(directory: IndexDirectory, *, full: bool, progress: Callable[[int, int], None]) -> Verification:
    """Check all files, then look up every article or (not `full`) a thousand of them.

    progress: called with the articles looked up so far, and how many there are to look up. Raises IndexMissing,
    IndexForeign and IndexForbidden.
    """
    started = time.perf_counter()
    articles: ArticleLookup | None
    note: str | None
    try:
        files = _files(directory)
    except PermissionError as error:
        folder = Path(os.fsdecode(error.filename)).parent
        raise IndexForbidden(unreadable(folder) or str(error)) from error
    if files.damaged:
        articles, note = None, "articles were not looked up: first the files must be sound"
    else:
        articles, note = look_up_articles(directory, full=full, progress=progress)
    return Verification(files, articles, note, time.perf_counter() - started)


def _files(directory: IndexDirectory) -> Files:
    """Check all files of the served generation and of the one before it.

    Damage may be no more than a file that another process replaced meanwhile: where the directory has changed, all is
    checked again.
    """
    for looks in range(1, _LOOKS + 1):
        before = _state(directory)
        try:
            found = _look(directory)
        except PermissionError:  # so it is for a moment with what a merge has just replaced
            if looks == _LOOKS:
                raise
        else:
            if not found.damaged or before == _state(directory):
                break
        time.sleep(_PAUSE)
    return found


def _look(directory: IndexDirectory) -> Files:
    found = Files()
    _check_manifest(directory, found)
    for name in BESIDE:
        if (directory.path / name).exists():
            _check_checksum(directory, directory.path / name, found, expected=True)
    for name, engine in _generations(directory):
        _check_generation(directory, name, engine, found)
    return found


def _state(directory: IndexDirectory) -> dict[str, tuple[int, int, int] | None]:
    """Return what shows of every file in the index directory that it was replaced.

    Commits, merges, swaps and clean-ups remove or replace files, and not all of them write a manifest that would show
    it.
    """
    folders = directory.generation("").glob("*/")
    return {str(path): stamp_of(path) for path in (directory.manifest_path, *_listed(folders))}


def _listed(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        with suppress(OSError):  # swept meanwhile
            yield from folder.iterdir()


def _generations(directory: IndexDirectory) -> Iterator[tuple[str, str]]:
    """Give name and engine of the generation that is or was served last, and of the one before it."""
    latest = directory.latest()
    fields: Any = directory.fields() or (latest and directory.copy(latest)) or {}
    there = [folder.name for folder in directory.generation("").glob("*/")]
    for name in (fields.get("generation"), fields.get("previous")):
        if name in there:
            yield name, (_sound_copy(directory, name) or fields)["engine"]


def _sound_copy(directory: IndexDirectory, name: str) -> Mapping[str, Any] | None:
    """Return the copy of the manifest that the generation holds; None where it is missing or damaged."""
    content = _content(directory.generation(name) / COPY)
    return None if content is None or checksum_agrees(content) is False else directory.copy(name)


def _check_manifest(directory: IndexDirectory, found: Files) -> None:
    try:
        manifest = directory.read()
    except ManifestLost as error:
        found.damaged.append(Damage(MANIFEST, str(error)))
        return
    copies = (directory.generation(manifest.generation) / COPY).exists()
    _check_checksum(directory, directory.manifest_path, found, expected=copies)


def _check_generation(directory: IndexDirectory, name: str, engine: str, found: Files) -> None:
    folder = directory.generation(name)
    table = recorded(folder)
    begun = (folder / UNPUBLISHED).exists()  # a run was killed in the swap: the next one writes the copy
    if (folder / COPY).exists() or (table and not begun):
        _check_checksum(directory, folder / COPY, found, expected=True)
    if (folder / FILE).exists():
        _check_checksum(directory, folder / FILE, found, expected=True)
    if content := _content(folder / NAMES):
        _count(directory, folder / NAMES, found, is_sound(content) or (None if table is None else False))
    sums = table.files if table else {}
    try:
        needed = tuple(backend(engine).files(folder))
    except IndexDamaged as error:
        needed = tuple(sums)
        if not sums:
            found.damaged.append(Damage(f"generations/{name}", str(error)))
    for file in dict.fromkeys((*sums, *needed)):
        if (folder / file).exists():
            _count(directory, folder / file, found, _agrees(folder, file, engine, sums.get(file)))
        elif file in needed or file in OWN:
            _count(directory, folder / file, found, False)


def _agrees(folder: Path, file: str, engine: str, known: tuple[int, str] | None) -> bool | None:
    """Whether the file agrees with its recorded checksum; without one, with what the engine knows of it."""
    try:
        return measure(folder / file) == known if known else backend(engine).sound(folder, file)
    except PermissionError:
        raise
    except OSError:  # the disk does not give it back
        return False


def _check_checksum(directory: IndexDirectory, path: Path, found: Files, *, expected: bool) -> None:
    content = _content(path)
    state = checksum_agrees(content) if content is not None else False
    _count(directory, path, found, False if expected and state is None else state)


def _count(directory: IndexDirectory, path: Path, found: Files, sound: bool | None) -> None:
    if sound is None:
        found.unknown.append(_shown(directory, path))
    elif sound:
        found.checked += 1
        with suppress(FileNotFoundError):  # taken away since it was read
            found.bytes += path.stat().st_size
    else:
        found.damaged.append(Damage(_shown(directory, path), _CHANGED if path.exists() else "is missing"))


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except PermissionError:
        raise
    except OSError:
        return None


def _shown(directory: IndexDirectory, path: Path) -> str:
    return path.relative_to(directory.path).as_posix()
