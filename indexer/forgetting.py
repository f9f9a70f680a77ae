"""What was fetched from feeds that are read no more: removed once their articles are, as `kashaf index --prune` does.

In: the index directory, its registry, and the generation that is served. Called by `build.py` behind a run of all
sources. Until then what was fetched stays, for the feed has it no more: whoever adds a removed feed again has its
articles back.
"""

from __future__ import annotations

from contextlib import suppress

from indexer.origins.table import gives_any, is_there, open_table
from search.errors import IndexBusy
from search.index.directory import IndexDirectory
from search.index.source_places import place_of
from search.index.source_registry import Registry, fetched_folder


def forget_removed_feeds(directory: IndexDirectory, registry: Registry) -> None:
    """Forget the feeds that were removed and of which the index has no article. Raises IndexStateErrors, StorageFull.

    Where another process fetches just now, the next run does it.
    """
    removed = [source for source in registry.sources if source.kind == "feed" and source.state == "removed"]
    removed = [source for source in removed if fetched_folder(directory.path, source).is_dir()]
    generation = directory.generation(directory.read().generation)
    if not removed or not is_there(generation):
        return
    from indexer.fetching.fetching import forget_feeds, nobody_fetching  # loads what asks hosts

    with open_table(generation) as table:
        gone = [source for source in removed if not gives_any(table, place_of(source, directory.path))]
    if gone:
        with suppress(IndexBusy), nobody_fetching(directory.path):
            forget_feeds(directory.path, gone)
