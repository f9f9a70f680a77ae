"""What is in an index: its articles, sources, sections and days, its size, and when it was changed.

In: an index directory with its manifest, its open engine, and how many articles each day has. Out: `IndexFacts`, which
`kashaf info`, the page about the archive and the home page show. Called by `open_index.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from search.engines.base import Engine
from search.index.directory import IndexDirectory
from search.index.elsewhere import size_elsewhere
from search.index.manifest import Manifest
from search.index.withdrawn import count_withdrawn
from search.pages.records import IndexFacts
from search.query.clauses import Everything
from search.results.facets import span_of_days


def facts_of(
    directory: IndexDirectory, manifest: Manifest, engine: Engine, days: Mapping[str | int, int]
) -> IndexFacts:
    """Return the facts of this index. days: key of a day → articles."""
    counts = engine.counts(Everything(), ("source", "section"))
    first, last = span_of_days(days)
    rows = {
        name: sorted(((str(v), n) for v, n in found.items()), key=lambda row: (-row[1], row[0]))
        for name, found in counts.items()
    }
    return IndexFacts(
        place=str(directory.path),
        engine=manifest.engine,
        analyser=manifest.analyser,
        articles=engine.documents,
        sources=tuple(rows["source"]),
        sections=tuple(rows["section"]),
        first=first,
        last=last,
        size_bytes=_size(directory.generation(manifest.generation)),
        updated=manifest.updated,
        withdrawn=count_withdrawn(directory.path),
    )


def _size(folder: Path) -> int:
    """The bytes of all files, without those that a commit or a swap removes meanwhile, and of what lies elsewhere."""
    total = 0
    for path in folder.rglob("*"):
        with suppress(OSError):
            total += path.stat().st_size if path.is_file() else 0
    return total + size_elsewhere(folder)
