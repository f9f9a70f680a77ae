"""The checksums of a generation's files: recorded with each commit, compared by `kashaf verify`.

Files that never change are read when they are new; those that an engine replaces in place are recorded only when
no run is writing, for a merge may replace them at any time. Called by `growing_generation.py` and, in `indexer`, by
`verification/verify.py` and `backups/copying.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import msgspec

from search.engines.registry import backend
from search.errors import KashafError
from search.index.origin import FILE as ORIGINS_TABLE
from search.index.repeated_lines import FILE as REPEATED_LINES
from search.results.names_file import FILE as NAMES
from search.results.names_file import is_sound
from search.storage.atomic_files import remove_file, replace_file
from search.storage.checksummed_json import checksum_agrees, crc32, hexadecimal, with_checksum

FILE: Final = "checksums.json"
ORIGINS: Final = ORIGINS_TABLE  # see indexer/origins; changes while a run is writing
OWN: Final = (ORIGINS, REPEATED_LINES)  # files that no engine knows
_BLOCK: Final = 2**20


class Checksums(msgspec.Struct, frozen=True):
    """Name → size and CRC-32. `settled`: no run was writing, so these are all the files of the last commit.

    What a run leaves unsettled that is not going on was killed or failed, perhaps between a commit and the manifest.
    """

    files: dict[str, tuple[int, str]] = {}
    settled: bool = True


def measure(path: Path) -> tuple[int, str]:
    """The size and the checksum of a file. Raises OSError."""
    size = checksum = 0
    with path.open("rb", buffering=0) as file:
        while block := file.read(_BLOCK):
            size += len(block)
            checksum = crc32(block, checksum)
    return size, hexadecimal(checksum)


def recorded(folder: Path) -> Checksums | None:
    """What was recorded for this generation; None where nothing was, or the record itself is damaged."""
    with suppress(FileNotFoundError, msgspec.DecodeError, UnicodeDecodeError):
        content = (folder / FILE).read_bytes()
        return msgspec.json.decode(content, type=Checksums) if checksum_agrees(content) else None
    return None


def record(folder: Path, engine: str, *, settled: bool) -> None:
    """Records the files of the last commit but none that the engine itself knows to be damaged, which `verify` goes on
    naming. Raises OSError and IndexDamaged.
    """
    before = recorded(folder) or Checksums(settled=not settled)
    found: dict[str, tuple[int, str]] = {}
    for name, unchanging in _files(folder, engine).items():
        if unchanging or settled:
            with suppress(FileNotFoundError):  # a merge took its place meanwhile
                if known := unchanging and _known(before, folder / name):
                    found[name] = known
                elif name in OWN or backend(engine).sound(folder, name) is not False:
                    found[name] = measure(folder / name)
    _write(folder, before, Checksums(found, settled))
    if settled and (folder / NAMES).exists() and not is_sound((folder / NAMES).read_bytes()):
        remove_file(folder / NAMES)


def record_copy(folder: Path, files: Mapping[str, tuple[int, str]]) -> None:
    """Records these as all files of a generation that was copied, to which no run is writing. Raises OSError."""
    _write(folder, Checksums(settled=False), Checksums(dict(files)))


def drop_replaceable(folder: Path, engine: str) -> None:
    """Drop the records of files that a run, which starts now, may replace in place. Raises OSError, IndexDamaged."""
    before = recorded(folder)
    if before is not None and before.settled:
        replaced = [name for name, unchanging in _files(folder, engine).items() if not unchanging]
        kept = {name: found for name, found in before.files.items() if name not in replaced}
        _write(folder, before, Checksums(kept, settled=False))


@contextmanager
def recording(folder: Path, engine: str) -> Iterator[None]:
    """Record the files that are there when the block ends, in which some may be replaced. Raises as `record` does.

    Where the block fails after a commit, the record stays unsettled: the manifest may not tell of that commit.
    """
    drop_replaceable(folder, engine)
    before = _files(folder, engine)
    try:
        yield
    except BaseException:
        with suppress(OSError, KashafError):
            record(folder, engine, settled=_files(folder, engine) == before)
        raise
    record(folder, engine, settled=True)


def _files(folder: Path, engine: str) -> dict[str, bool]:
    """The files of the last commit: name → whether it never changes. Raises IndexDamaged."""
    own = dict.fromkeys((name for name in OWN if (folder / name).exists()), False)
    return {**backend(engine).files(folder), **own}


def _known(before: Checksums, path: Path) -> tuple[int, str] | None:
    found = before.files.get(path.name)
    return found if found and found[0] == path.stat().st_size else None


def _write(folder: Path, before: Checksums, now: Checksums) -> None:
    if now != before:
        replace_file(folder / FILE, with_checksum(now))
