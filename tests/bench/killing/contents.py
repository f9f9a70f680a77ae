"""What can be compared of two indexes that were made in different ways of the same sources.

In: an index directory. Out: its articles with digests and groups, its table of origins by paths, its sources and what
was withdrawn, without numbers and times that depend on how often a run began. Called by `trials.py`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from indexer.fetching.places import article_files, articles_in
from indexer.generations.checksums import FILE as CHECKSUMS
from indexer.generations.checksums import ORIGINS, OWN
from search.article import encode_article
from search.engines.registry import backend
from search.index.directory import COPY, IndexDirectory
from search.index.repeated_lines import read_counted
from search.index.source_registry import FETCHED, read_registry
from search.index.withdrawn import read_withdrawn
from search.query.clauses import Everything
from search.results.names_file import FILE as NAMES

Contents = dict[str, Any]
_MOST: Final = 1_000_000
_OF_THE_ENGINE: Final = (".tantivy-meta.lock", ".tantivy-writer.lock")
_TABLES: Final = {
    "entries": "select f.path, place, e.id, digest, named from entries e join files f on f.id = e.file",
    "former": "select o.id, f.path, place, digest, named from former o join files f on f.id = o.file",
    "states": "select f.path, size, hex(hash), made, articles, rejected from states s join files f on f.id = s.file",
    "identities": "select given, source, id from identities",
}


def contents_of(place: Path) -> Contents:
    """All of it."""
    directory = IndexDirectory(place)
    manifest = directory.read()
    registry = read_registry(place)
    return {
        "articles": articles_of(place),
        **_origins(directory.generation(manifest.generation) / ORIGINS),
        "sources": [(s.number, s.name, s.location, s.state, s.options) for s in registry.sources] if registry else None,
        "next": registry.next if registry else 0,
        "withdrawn": {id: (each.reason, each.file, each.source) for id, each in read_withdrawn(place).items()},
        "manifest": (manifest.engine, manifest.analyser, manifest.sources, manifest.articles),
        "fetched": sorted(_fetched(place)),
        "lines": _lines(directory.generation(manifest.generation)),
    }


def articles_of(place: Path) -> dict[str, tuple[int, int | None, bytes]]:
    """id → digest, group and JSON of each article that is served."""
    directory = IndexDirectory(place)
    manifest, engine = directory.open_engine()
    matches = engine.search(Everything(), limit=_MOST).matches
    stored = engine.load([match.ref for match in matches])
    digests = backend(manifest.engine).open_digests(directory.generation(manifest.generation))
    found = digests([each.id for each in stored])
    assert len(found) == len(stored) == engine.documents, "an id stands in the index more than once"
    return {each.id: (found[each.id], match.group, each.raw) for each, match in zip(stored, matches, strict=True)}


def differences(one: Contents, other: Contents) -> list[str]:
    """What two indexes do not have in common, one line for each part."""
    return [f"{part}: {_difference(one[part], other[part])}" for part in one if one[part] != other[part]]


def leftovers(place: Path) -> list[str]:
    """Files that no index needs, such as those that a killed run was writing."""
    directory = IndexDirectory(place)
    manifest = directory.read()
    found = [str(path.relative_to(place)) for path in place.rglob("*") if path.name.endswith((".new", "-journal"))]
    found += [path.name for path in directory.generation("").iterdir() if path.name.startswith(".")]
    for name in directory.generations():
        folder, copy = directory.generation(name), directory.copy(name)
        if name not in (manifest.generation, manifest.previous):
            found.append(str(folder.relative_to(place)))
        elif copy:
            known = {*backend(str(copy["engine"])).files(folder), COPY, CHECKSUMS, NAMES, *OWN, *_OF_THE_ENGINE}
            found += [str(path.relative_to(place)) for path in folder.iterdir() if path.name not in known]
    return sorted(found)


def _origins(path: Path) -> Contents:
    if not path.exists():
        return dict.fromkeys(_TABLES)
    with closing(sqlite3.connect(path)) as table:
        return {name: sorted(table.execute(query), key=str) for name, query in _TABLES.items()}


def _lines(folder: Path) -> tuple[object, ...]:
    """What was counted of repeated lines."""
    counted = read_counted(folder)
    return () if counted is None else (counted.after.articles, counted.after.counts, counted.after.repeated)


def _fetched(place: Path) -> Iterable[tuple[str, bytes]]:
    for folder in (place / FETCHED).glob("[0-9]*"):
        latest = {article.id: article for path in article_files(folder) for article in articles_in(path)}
        yield from ((folder.name, encode_article(article)) for article in latest.values())


def _difference(one: Any, other: Any) -> str:
    if isinstance(one, dict) and isinstance(other, dict):
        keys = sorted(key for key in one.keys() | other.keys() if one.get(key) != other.get(key))
        shown = "; ".join(f"{key}: {str(one.get(key))[:90]} ≠ {str(other.get(key))[:90]}" for key in keys[:3])
        return f"{len(keys)} differ, {shown}"
    if isinstance(one, list) and isinstance(other, list):
        gone, new = [x for x in one if x not in other], [x for x in other if x not in one]
        return f"{len(gone)} missing {str(gone[:3])[:200]}, {len(new)} more {str(new[:3])[:200]}"
    return f"{one} ≠ {other}"
