"""Read → clean → analyse → write: what `index` and `reindex` do to an index directory.

Called by `indexer/commands.py`. Searching goes on all the while. Whatever happens, the manifest names a generation that
is whole: an index grows by commits of its engine, a rebuilt one is swapped in by one rename.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace

import msgspec

from indexer.findings import FEW_COPIES
from indexer.forgetting import forget_removed_feeds
from indexer.generations.growing_generation import GrowingGeneration
from indexer.generations.storage import discarding_suggested, new_generation, removed_on_failure, storage_errors
from indexer.generations.succession import others, remembered, served_articles, succeed
from indexer.ingestion import NOTHING_PRUNED, ingest
from indexer.origins.identities_of_run import KnownSources
from indexer.pruning import Pruning
from indexer.remembered_sources.registering import holders, known_sources, local_paths, remembering
from indexer.report import PruneRefused, Report, SwapRefused, Tally
from indexer.run_options import USUAL, RunOptions
from indexer.sources import Sources
from search.analysis.analyzer import Analyzer
from search.engines.registry import DEFAULT
from search.errors import EngineError, ManifestLost, SettingsError
from search.index.directory import IndexDirectory
from search.index.elsewhere import copies_lacking, tell_others
from search.index.manifest import Manifest
from search.index.source_registry import Registry, read_registry, write_registry, write_registry_of


@dataclass(frozen=True, slots=True)
class Choices:
    """What the user chose; None: what the index has, else the default. `usual_lexicon`: of a new index."""

    engine: str | None = None
    lexicon: str | None = None
    usual_lexicon: str = "bundled"


def choices_of(*, engine: str | None = None, chosen: str | None, usual: str) -> Choices:
    """Return what a user chose; the path of a table as the index can remember it. Raises LexiconError.

    chosen: the lexicon that the user named, if any; usual: that of the settings.
    """
    Analyzer.default(_absolute(usual))
    return Choices(engine, chosen and _absolute(chosen), usual_lexicon=_absolute(usual))


def _absolute(lexicon: str) -> str:
    return lexicon if lexicon in ("bundled", "none") else os.path.abspath(lexicon)


@dataclass(frozen=True, slots=True)
class Safeguards:
    """When a rebuilt index is not swapped in, and whether the one before it is kept.

    strict         not if anything was skipped
    allow_shrink   also if it holds less than nine tenths of the articles that are served now
    keep_previous  False: the one before is removed, and what `kashaf rollback` would bring back before it is built
    """

    strict: bool = False
    allow_shrink: bool = False
    keep_previous: bool = True


_USUAL = Safeguards()


def index(
    directory: IndexDirectory,
    sources: Sources,
    choices: Choices,
    *,
    pruning: Pruning = NOTHING_PRUNED,
    options: RunOptions = USUAL,
) -> Report:
    """Adds and updates the articles of these sources, in the index that is there or in a new one.

    Raises SourceError where they hold no article, IndexStateErrors and EngineErrors; then what was committed stays.
    """
    started = time.perf_counter()
    with _writing(directory), remembering(directory, sources) as known:
        was_there = directory.exists()
        grow = _extend if was_there else _begin
        tally = grow(directory, sources, known, choices, options, pruning)
        if not was_there:
            _remark_copies(directory, tally)
        report = _report(directory, tally, started)
        with suppress(EngineError):  # names were collected after the last commit; if it fails, the next run tells them
            tell_others(directory.path, directory.generation(directory.read().generation))
        if pruning.prune and sources.remembered:
            forget_removed_feeds(directory, known.registry)
    if report.refused:
        raise PruneRefused(report.refusal or _too_many_vanished(report), report)
    return report


def reindex(
    directory: IndexDirectory,
    sources: Sources,
    choices: Choices,
    *,
    safeguards: Safeguards = _USUAL,
    options: RunOptions = USUAL,
) -> Report:
    """Builds the index anew from these sources and swaps it in; until then, and if it fails, the old one serves.

    The old one may be of another format, analyser or engine, or damaged. Raises as `index` does, and SwapRefused.
    """
    started = time.perf_counter()
    with discarding_suggested(keeping=safeguards.keep_previous), _writing(directory):
        known = known_sources(directory, sources)
        registry = known.registry
        if not sources.remembered:
            registry = registry.only(holders(registry, local_paths(directory, sources), directory.path))
        old = remembered(directory)
        directory.sweep(old.obsolete if safeguards.keep_previous else others(directory, old))
        served = served_articles(directory, old)
        lexicon = choices.lexicon or old.lexicon or choices.usual_lexicon
        analyzer = Analyzer.default(lexicon)
        engine = choices.engine or old.engine
        with new_generation(directory, engine) as name:
            manifest = _manifest(engine, analyzer, lexicon, generation=name, registry=registry)
            generation = GrowingGeneration(directory, succeed(directory, old, manifest, keep=safeguards.keep_previous))
            if old.generation:
                known = replace(known, old=directory.generation(old.generation))
            tally = ingest(generation, sources, analyzer, fresh=True, published=_not_yet, known=known, options=options)
            if refusal := _refusal(safeguards, tally, articles=generation.engine().documents, served=served):
                raise SwapRefused(refusal, tally.report(articles=served or 0, seconds=time.perf_counter() - started))
            changed = registry != read_registry(directory.path)
            if changed:
                write_registry_of(directory.path, registry, generation=name)
            generation.publish()
        if changed:
            write_registry(directory.path, registry)
        directory.sweep(generation.manifest.obsolete)
        _remark_copies(directory, tally)
        return _report(directory, tally, started, kept=generation.manifest.previous)


def _begin(
    directory: IndexDirectory, sources: Sources, known: KnownSources, choices: Choices, options: RunOptions, _: Pruning
) -> Tally:
    """A new index, to be seen from its first commit on."""
    lexicon = choices.lexicon or choices.usual_lexicon
    analyzer = Analyzer.default(lexicon)
    directory.sweep()
    engine = choices.engine or DEFAULT
    with new_generation(directory, engine) as name:
        generation = GrowingGeneration(
            directory, _manifest(engine, analyzer, lexicon, generation=name, registry=known.registry)
        )
        published = generation.publish
        return ingest(generation, sources, analyzer, fresh=True, published=published, known=known, options=options)


def _extend(
    directory: IndexDirectory,
    sources: Sources,
    known: KnownSources,
    choices: Choices,
    options: RunOptions,
    pruning: Pruning,
) -> Tally:
    """More of the index that is there."""
    manifest = directory.read()
    if choices.engine not in (None, manifest.engine):
        remedy = f"kashaf reindex --engine {choices.engine} changes that"
        raise SettingsError(f"index {directory.path} uses the engine {manifest.engine}: {remedy}")
    analyzer = Analyzer.default(choices.lexicon or manifest.lexicon)
    if choices.lexicon not in (None, manifest.lexicon) and analyzer.fingerprint != manifest.analyser:
        raise SettingsError(_other_lexicon(directory, manifest.lexicon, str(choices.lexicon)))
    directory.check_current(manifest, analyzer.fingerprint)
    directory.sweep(manifest.obsolete)
    paths, followed = _paths(known.registry)
    generation = GrowingGeneration(directory, msgspec.structs.replace(manifest, sources=paths, follow_links=followed))
    interrupted = generation.was_interrupted
    tally = ingest(
        generation,
        sources,
        analyzer,
        fresh=False,
        published=generation.publish,
        earlier=manifest.sources,
        known=known,
        pruning=pruning,
        options=options,
    )
    before = directory.read()
    if (paths, followed) != (before.sources, before.follow_links) or (interrupted and before == manifest):
        generation.publish()  # servers follow the manifest alone
    return tally


def _too_many_vanished(report: Report) -> str:
    """Why articles stay that would have been removed; what changed files give no more may be removed all the same."""
    removed, vanished = report.removed.count, report.vanished.count
    stay = f"{vanished:,} of them, whose files are gone, stay" if removed else "they stay"
    return (
        f"{removed + vanished:,} of {removed + report.articles:,} articles are no longer in their sources, more than a "
        f"tenth: {stay} in the index; --allow-shrink removes them all the same"
    )


def _other_lexicon(directory: IndexDirectory, lexicon: str, asked: str) -> str:
    return (
        f"index {directory.path} was made with the lexicon {lexicon}, asked for is {asked} "
        "(--lexicon, KASHAF_LEXICON or kashaf.toml): leave that out to add to the index, "
        f"or kashaf reindex --lexicon {asked} makes it anew with it"
    )


def _refusal(safeguards: Safeguards, tally: Tally, *, articles: int, served: int | None) -> str | None:
    """Why the rebuilt index must not be swapped in."""
    if safeguards.strict and tally.skipped:
        return f"{tally.skipped:,} skipped, and --strict was given: the index stays as it was, the report says which"
    if served and not safeguards.allow_shrink and 10 * articles < 9 * served:
        return (
            f"the rebuilt index would hold {articles:,} articles where {served:,} are served now: the index stays as "
            "it was; --allow-shrink swaps it in all the same"
        )
    return None


@contextmanager
def _writing(directory: IndexDirectory) -> Iterator[None]:
    with suppress(ManifestLost):  # `_extend` refuses, `reindex` keeps what lies there
        directory.exists()  # raises for a directory of something else before anything is written to it
    with removed_on_failure(directory), storage_errors(directory.path), directory.lock():
        directory.complete_copies()
        yield


def _manifest(engine: str, analyzer: Analyzer, lexicon: str, *, generation: str, registry: Registry) -> Manifest:
    paths, followed = _paths(registry)
    return Manifest(engine, analyzer.fingerprint, lexicon, generation, sources=paths, follow_links=followed)


def _paths(registry: Registry) -> tuple[tuple[str, ...], bool]:
    """What the manifest says of the sources, for older programs and for the way back."""
    local = [source for source in registry.read if source.kind != "feed"]
    return tuple(source.location for source in local), any(source.follow_links for source in local)


def _not_yet() -> None:
    """A rebuilt index is seen when it is whole."""


def _remark_copies(directory: IndexDirectory, tally: Tally) -> None:
    if lacking := copies_lacking(directory.generation(directory.read().generation)):
        tally.remark(FEW_COPIES, lacking)


def _report(directory: IndexDirectory, tally: Tally, started: float, *, kept: str | None = None) -> Report:
    _, engine = directory.open_engine()
    return tally.report(articles=engine.documents, seconds=time.perf_counter() - started, kept=kept)
