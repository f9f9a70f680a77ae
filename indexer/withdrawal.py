"""Articles that their owner takes out of an index for good, and how that is lifted.

Called by `indexer/withdrawal_commands.py`. What is withdrawn is written down before the article is removed: after a
crash between the two, the next run of the indexer removes it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from indexer.generations.checksums import recording
from indexer.generations.growing_generation import GrowingGeneration
from indexer.generations.storage import storage_errors
from indexer.line_counts import settle
from indexer.origins.owners import Owners
from indexer.origins.table import is_there, only_article_of, open_table
from indexer.origins.withdrawn_entries import have_read_again
from indexer.remembered_sources.registering import registry_of
from search.analysis.analyzer import Analyzer
from search.index.directory import IndexDirectory
from search.index.withdrawn import Withdrawal, publisher_digest, read_withdrawn, write_withdrawn


@dataclass(frozen=True, slots=True)
class Removed:
    """What `delete` did.

    deleted    ids that are gone
    missing    ids that are not in the index and never were deleted
    withdrawn  ids that are not in the index since they were deleted before
    """

    deleted: tuple[str, ...]
    missing: tuple[str, ...]
    withdrawn: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Restored:
    """What `restore` did: ids that are withdrawn no more, and those that were not."""

    restored: tuple[str, ...]
    missing: tuple[str, ...]


def delete(directory: IndexDirectory, ids: Sequence[str], *, reason: str | None = None) -> Removed:
    """Removes the articles with these ids and remembers them as withdrawn. Raises IndexStateErrors and EngineErrors."""
    directory.read()  # no lock file where there is no index
    with storage_errors(directory.path), directory.lock():
        directory.complete_copies()
        manifest = directory.read()
        directory.check_current(manifest, Analyzer.default(manifest.lexicon).fingerprint)
        directory.sweep(manifest.obsolete)
        generation = GrowingGeneration(directory, manifest)
        known = read_withdrawn(directory.path)
        interrupted = generation.was_interrupted
        with generation.writer() as writer:
            present = writer.digests(ids)
            if present:
                today = date.today().isoformat()
                files = only_article_of(generation.folder, list(present))
                sources = _sources(generation, present, directory)
                new = {
                    id: Withdrawal(today, reason, files.get(id), sources.get(id), digest, _publisher(generation, id))
                    for id, digest in present.items()
                }
                write_withdrawn(directory.path, known | new)
                settle(generation.folder, writer.digests)
                for id in present:
                    writer.delete(id)
                writer.commit()
            if present or interrupted:
                generation.publish()  # servers follow the manifest alone
        others = _others(ids, present)
        before = tuple(id for id in others if id in known)
        return Removed(tuple(present), tuple(id for id in others if id not in known), before)


def restore(directory: IndexDirectory, ids: Sequence[str]) -> Restored:
    """Lifts the withdrawal of these articles: the next run that reads them takes them in. Raises IndexStateErrors."""
    directory.read()
    with storage_errors(directory.path), directory.lock():
        known = read_withdrawn(directory.path)
        lifted = [id for id in dict.fromkeys(ids) if id in known]
        if lifted:
            _have_sources_read(directory, {id: known[id] for id in lifted})
            write_withdrawn(directory.path, {id: each for id, each in known.items() if id not in lifted})
        return Restored(tuple(lifted), _others(ids, lifted))


def _publisher(generation: GrowingGeneration, id: str) -> str | None:
    article = generation.article(id)
    return publisher_digest(article.source) if article else None


def _sources(generation: GrowingGeneration, present: Mapping[str, int], directory: IndexDirectory) -> dict[str, int]:
    """The numbers of the sources that gave these articles, as far as they are known. present: id → digest."""
    if not is_there(generation.folder):
        return {}
    with open_table(generation.folder) as table:
        owners = Owners(table, registry_of(directory), directory.path)
        found = {id: owners.first(id, digest) for id, digest in present.items()}
        table.commit()
    return {id: source for id, source in found.items() if source is not None}


def _have_sources_read(directory: IndexDirectory, lifted: Mapping[str, Withdrawal]) -> None:
    """Have the next run read the files that hold these articles, whichever generation it writes to."""
    for name in directory.generations():
        folder, copy = directory.generation(name), directory.copy(name)
        if copy and is_there(folder):
            with recording(folder, str(copy["engine"])), open_table(folder) as table:
                have_read_again(table, lifted)


def _others(ids: Sequence[str], found: Sequence[str] | dict[str, int]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(id for id in ids if id not in found))
