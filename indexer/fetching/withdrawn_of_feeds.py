"""Which entries of which feed are not to be fetched, since their articles were deleted for good.

In: the index directory and its feeds. Out: for each feed the ids of such articles as the feed gives them. An id that is
an address means the same article wherever it is given; another one means an article of its source, and another source
may give it to another article. Called by `fetching.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from indexer.generations.shared_ids_kept import shared_ids
from search.article import is_unique_everywhere
from search.index.directory import IndexDirectory
from search.index.source_registry import Source
from search.index.withdrawn import Withdrawal, read_withdrawn


def withdrawn_of_feeds(index: Path, feeds: Sequence[Source]) -> dict[int, frozenset[str]]:
    """Number of a feed → ids. Raises IndexDamaged and IndexForbidden."""
    withdrawn = read_withdrawn(index)
    served = (IndexDirectory(index).fields() or {}).get("generation") if withdrawn else None
    shared = shared_ids(IndexDirectory(index).generation(str(served))) if served else []
    settled = {(given, source): id for given, source, id in shared}
    known = {given for given, _, _ in shared}
    return {feed.number: frozenset(_given(feed.number, withdrawn, settled, known)) for feed in feeds}


def _given(
    feed: int, withdrawn: Mapping[str, Withdrawal], settled: Mapping[tuple[str, int], str], known: set[str]
) -> set[str]:
    """The ids that a feed gives to articles that are withdrawn. known: ids that sources share."""
    own = {given for (given, source), id in settled.items() if source == feed and id in withdrawn}
    alone = {
        id
        for id, each in withdrawn.items()
        if id not in known and (each.source in (None, feed) or is_unique_everywhere(id))
    }
    return own | alone
