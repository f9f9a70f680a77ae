"""What tests do to an index: flip bytes of its files, change its manifest, and look at what `kashaf verify` finds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from indexer.verification.verify import Verification, verify
from search.engines.registry import backend
from search.index.directory import IndexDirectory
from tests.damage import put_in_place


def verified(place: Path, *, full: bool = True) -> Verification:
    return verify(IndexDirectory(place), full=full, progress=lambda done, total: None)


def damaged(place: Path) -> list[str]:
    """The names of the files that are told to be damaged."""
    return [Path(damage.file).name for damage in verified(place).files.damaged]


def of_kind(place: Path, kind: str) -> Path:
    """The file of this kind that the last commit needs."""
    needed = backend(IndexDirectory(place).read().engine).files(place / "generations" / "1")
    paths = [path for path in place.rglob("*") if path.name == kind or (path.suffix == kind and path.name in needed)]
    return min(paths, key=lambda path: len(path.parts))


def flipped(path: Path, flips: int) -> Iterator[int]:
    """Flips a byte at each of these many places, one at a time."""
    content = path.read_bytes()
    for at in sorted({number * (len(content) - 1) // (flips - 1) for number in range(flips)}):
        put_in_place(path, content[:at] + bytes([content[at] ^ 0x10]) + content[at + 1 :])
        yield at
    put_in_place(path, content)


def without_checksums(place: Path) -> None:
    """Leaves an index as an older program made it."""
    for name in ("checksums.json", "generation.json"):
        for path in place.glob(f"generations/*/{name}"):
            path.unlink()
    manifest = IndexDirectory(place).read()
    fields = {
        key: getattr(manifest, key) for key in ("engine", "analyser", "lexicon", "generation", "format", "commits")
    }
    (place / "kashaf.json").write_text(json.dumps(fields))


def change_manifest(place: Path, **changes: object) -> None:
    """Changes fields of the manifest, as an older program or a hand would: without a new checksum."""
    manifest = place / "kashaf.json"
    fields = {key: value for key, value in json.loads(manifest.read_text()).items() if key != "checksum"}
    manifest.write_text(json.dumps({**fields, **changes}))
