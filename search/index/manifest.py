"""The manifest of an index directory: what it says, and how it is read, in whatever state it is.

In: the path of a manifest or of its copy in a generation. Out: a `Manifest`, or its fields. Called by `directory.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import msgspec

from search import schema

FILE: Final = "kashaf.json"


class Manifest(msgspec.Struct, frozen=True):
    """The manifest of an index directory.

    analyser    the fingerprint of the analyser that made the terms
    lexicon     "bundled", "none" or the path of the lemma table, with which queries have to be analysed too
    generation  the folder below generations/ that is served
    commits     the number of commits, by which a reader sees that something changed
    sources     the paths given to `kashaf index`, absolute, in order: what `kashaf reindex` reads
    follow_links  whether links that lead out of these paths are followed
    updated     the moment of the last commit in ISO 8601
    articles    the number of articles at the last commit; None: not recorded
    previous    the generation that `kashaf rollback` serves again
    obsolete    generations that are no longer needed; the next writer removes them
    swaps       the number of changes of the served generation, by which the latest one is known
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


def misfit(path: Path, manifest: Manifest, analyser: str) -> str | None:
    """Return what the operator of an index should know, with the remedy; None if program and index fit together.

    path: of the index directory. analyser: the fingerprint of the one that analyses queries.
    """
    if manifest.analyser != analyser:
        made, has = f"by analyser {manifest.analyser}", analyser
        what = "it is searched, but some words are missed until kashaf reindex has run"
    elif manifest.format != schema.FORMAT:
        made, has = f"in format {manifest.format}", f"format {schema.FORMAT}"
        what = "it is searched, and can be added to once kashaf reindex has run"
    else:
        return None
    return f"index {path} was made {made}, this program has {has}: {what}"


def manifest_bytes(path: Path) -> bytes:
    """Return what the file holds; nothing where there is no file. Raises other OSErrors."""
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return b""


def is_generation_name(generation: object) -> bool:
    """Return whether this is the plain name of a folder, not a path that leads out of the index directory."""
    if not isinstance(generation, str) or generation in ("", ".", "..") or "\0" in generation:
        return False
    return Path(generation).name == generation


def manifest_fields(path: Path) -> Mapping[str, Any] | None:
    """Return the fields of a manifest of any format; None where there is no file, or one that is damaged."""
    try:
        found = msgspec.json.decode(manifest_bytes(path))
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return found if isinstance(found, dict) and isinstance(found.get("engine"), str) else None
