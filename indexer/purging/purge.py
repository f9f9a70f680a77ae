"""What `kashaf delete --purge` does: none of the articles' bytes is left in any file of the index directory.

In: an index directory and ids. Out: what was purged. An engine marks a deleted article and lets its bytes lie until it
happens to merge, so every other article is written into a generation anew and all generations before it are removed.
What was fetched from feeds loses the articles' lines, and `withdrawn.json` keeps of them no more than id, day and
reason. Called by `indexer/withdrawal_commands.py`. After a crash at any moment the articles are withdrawn, and the same
command does what is left to do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import msgspec

from indexer.fetching.fetching import nobody_fetching
from indexer.generations.growing_generation import GrowingGeneration
from indexer.generations.storage import new_generation, storage_errors
from indexer.generations.succession import others, remembered, succeed
from indexer.origins.table import copy_table, is_there, open_table
from indexer.purging.fetched_lines import remove_fetched
from indexer.purging.rewriting import rewrite
from search.analysis.analyzer import Analyzer
from search.index.directory import IndexDirectory
from search.index.withdrawn import Withdrawal, read_withdrawn, write_withdrawn


@dataclass(frozen=True, slots=True)
class Purged:
    """What was done.

    purged    ids of which nothing is left but the note that they are withdrawn
    missing   ids that are neither in the index nor withdrawn
    articles  how many articles the index holds now
    lines     how many lines of what was fetched from feeds were removed
    """

    purged: tuple[str, ...]
    missing: tuple[str, ...]
    articles: int
    lines: int


def purge(directory: IndexDirectory, ids: Sequence[str], *, reason: str | None = None) -> Purged:
    """Remove these articles with all their bytes. Raises IndexStateErrors and EngineErrors.

    The generation that `rollback` would bring back is removed too: it may hold them, marked as deleted or not.
    """
    directory.read()  # no lock file where there is no index
    with storage_errors(directory.path), directory.lock():
        directory.complete_copies()
        manifest = directory.read()
        directory.check_current(manifest, Analyzer.default(manifest.lexicon).fingerprint)
        present = GrowingGeneration(directory, manifest)
        known = read_withdrawn(directory.path)
        asked = dict.fromkeys(ids)
        purged = tuple(id for id in asked if id in known or present.article(id) is not None)
        lines = 0
        if purged:
            with nobody_fetching(directory.path):  # who begins to fetch afterwards knows what is withdrawn
                write_withdrawn(directory.path, known | {id: _withdrawn(known.get(id), reason) for id in purged})
                lines = remove_fetched(directory.path, present.folder, purged)
            _write_anew(directory, present, purged)
        articles = GrowingGeneration(directory, directory.read()).engine().documents
        return Purged(purged, tuple(id for id in asked if id not in purged), articles, lines)


def _withdrawn(before: Withdrawal | None, reason: str | None) -> Withdrawal:
    """What is remembered of a purged article: nothing that follows from its text or tells its place."""
    if before is None:
        return Withdrawal(date.today().isoformat(), reason)
    return Withdrawal(before.day, reason or before.reason)


def _write_anew(directory: IndexDirectory, present: GrowingGeneration, purged: Sequence[str]) -> None:
    """Write a generation without these articles, serve it, and remove all others."""
    old = remembered(directory)
    directory.sweep(others(directory, old))
    with new_generation(directory, present.manifest.engine) as name:
        manifest = msgspec.structs.replace(present.manifest, generation=name)
        generation = GrowingGeneration(directory, succeed(directory, old, manifest, keep=False))
        rewrite(present, generation, without=frozenset(purged))
        if is_there(present.folder):
            copy_table(present.folder, generation.folder)
            with open_table(generation.folder) as table:
                table.execute("vacuum")
        generation.publish()
    directory.sweep(generation.manifest.obsolete)
