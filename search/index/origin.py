"""Where an article comes from: the source that gave it, the file below that source, and its place in the file.

In: the directory of an open index and an article. Out: its `Origin`s, the one that was read first before the others.
They stand in the table of origins of each generation (`indexer/origins/table.py`), which is read and never written
here. Called by `search/service.py` for whoever owns the archive; pages do not show it. A file's path on the machine is
not told, only what is below its source.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Final

from search.article import Article, article_digest, encode_article
from search.errors import KashafError
from search.index.source_places import SourcePlaces, place_of
from search.index.source_registry import Registry, read_registry
from search.pages.records import Origin

FILE: Final = "origins.sqlite"
_MOST: Final = 20  # origins of one article that are told
_PATIENCE: Final = 2.0  # seconds that are waited for a run that is committing
_BY_DIGEST: Final = (
    "select f.path, e.place from entries e join files f on f.id = e.file where e.digest = ? and e.id = ? "
    "order by f.id limit ?"
)


def origins_of(index: Path, generation: Path, article: Article) -> tuple[Origin, ...]:
    """Return where an article of this generation comes from; nothing where that is not known, or cannot be read."""
    path = generation / FILE
    if not path.is_file():
        return ()
    registry = Registry()
    with suppress(KashafError):
        registry = read_registry(index) or registry
    with suppress(sqlite3.DatabaseError):
        place = f"{path.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(place, uri=True, timeout=_PATIENCE)) as table:
            digest = article_digest(encode_article(article))
            found = table.execute(_BY_DIGEST, (digest, article.id, _MOST)).fetchall()
        return tuple(_origins(found, registry, index))
    return ()


def _origins(found: list[tuple[str, int]], registry: Registry, index: Path) -> Iterator[Origin]:
    places = SourcePlaces(registry.sources, index)  # one that is read no more too
    for path, place in found:
        source = places.holding(path)
        below = path if source is None else os.path.relpath(path, place_of(source, index))
        name = os.path.basename(path) if source is None or below == os.curdir else below.replace(os.sep, "/")
        yield Origin(source.name if source else None, name, place)
