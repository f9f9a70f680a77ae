"""The lines of purged articles in what was fetched from feeds, removed.

In: the index directory, its generation, the ids of the articles in the index. A feed gives an article under an id of
its own, which another feed may give to another article: the table of origins says whose it is. Called by `purge.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from indexer.fetching.fetching import forget_articles
from indexer.fetching.places import article_files, remove_lines
from indexer.origins.table import is_there, open_table
from search.index.source_registry import FETCHED


def remove_fetched(index: Path, generation: Path, purged: Sequence[str]) -> int:
    """How many lines were removed. To be called within `nobody_fetching`. Raises IndexStateErrors and OSErrors."""
    settled = dict(_settled(generation, purged))
    shared = {given for given, _ in settled}
    alone = [id for id in purged if id not in shared]
    lines = forget_articles(index, alone)
    for folder in (path for path in (index / FETCHED).glob("*") if path.is_dir() and path.name.isdecimal()):
        source = int(folder.name)
        ids = {given for given in shared if settled.get((given, source), given) in purged}
        lines += sum(remove_lines(path, ids) for path in article_files(folder)) if ids else 0
    return lines


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
