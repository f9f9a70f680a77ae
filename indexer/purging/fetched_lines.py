"""The lines of purged articles in what was fetched from feeds, removed.

In: the index directory, its generation, the ids of the articles in the index. A feed gives an article under an id of
its own, which another feed may give to another article: the table of origins says whose it is. Called by `purge.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from indexer.fetching.fetching import forget_articles
from indexer.origins.table import is_there, open_table
from search.index.source_registry import FETCHED, Registry, read_registry


def remove_fetched(index: Path, generation: Path, purged: Sequence[str]) -> int:
    """How many lines were removed. To be called within `nobody_fetching`. Raises IndexStateErrors and OSErrors."""
    settled = dict(_settled(generation, purged))
    shared = {given for given, _ in settled}
    numbers = {int(path.name) for path in (index / FETCHED).glob("*") if path.is_dir() and path.name.isdecimal()}
    numbers |= {source.number for source in (read_registry(index) or Registry()).sources}
    of_feeds = {feed: {given for given in shared if settled.get((given, feed), given) in purged} for feed in numbers}
    return forget_articles(index, [id for id in purged if id not in shared], of_feeds=of_feeds)


def _settled(generation: Path, purged: Sequence[str]) -> Iterator[tuple[tuple[str, int], str]]:
    """(id as it is given, source) → id in the index, of the ids that sources share, as far as these articles go."""
    if not is_there(generation):
        return
    with open_table(generation) as table:
        for id in purged:
            query = (
                "select given, source, id from identities where given in "
                "(select given from identities where id = ? union select ?)"
            )
            for given, source, settled in table.execute(query, (id, id)).fetchall():
                yield (given, source), settled
