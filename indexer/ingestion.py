"""The articles of sources → a generation of the index: read, cleaned, analysed, written.

In: sources, and the generation that grows. Out: the tally of what was read. Called by `indexer/build.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from indexer.analysis_pool import LEAST_BYTES, analysis_pool
from indexer.cleaning.clean import Unfit, clean, has_name
from indexer.cleaning.findings import EMPTY_ARTICLE
from indexer.garbage_collection import infrequent_collection
from indexer.generations.growing_generation import GrowingGeneration
from indexer.intake import Intake
from indexer.origins.current import bring_up_to_date
from indexer.origins.identities_of_run import KnownSources, identities_of
from indexer.origins.leaving_unread import leaving_unread
from indexer.origins.origins import Origins, ReadFile
from indexer.origins.scope import scope_of
from indexer.origins.states import Rejected
from indexer.origins.table import is_there, open_table
from indexer.progress import Progress
from indexer.pruning import Pruning
from indexer.readers.contract import Remark, Skipped
from indexer.readers.findings import EMPTY_FILE, OF_THE_DISK, UNSEEN
from indexer.report import Tally
from indexer.run_options import USUAL, RunOptions
from indexer.shared_ids import SharedIds
from indexer.sources import Sources, WasRead
from search.analysis.analyzer import Analyzer
from search.analysis.batch.batch_analyzer import BatchAnalyzer
from search.article import Article
from search.errors import SourceError
from search.index.near_duplicates import NearDuplicateFinder
from search.index.withdrawn import Withdrawn, read_withdrawn

NOTHING_PRUNED = Pruning()
NO_SOURCES = KnownSources()
_MOST_REJECTED = 100  # articles left out of a file, of which it is remembered why; with more it is read again
_ITEMS_A_LOOK = 64  # items between two updates of the progress


def ingest(
    generation: GrowingGeneration,
    sources: Sources,
    analyzer: Analyzer,
    *,
    fresh: bool,
    published: Callable[[], None],
    earlier: Sequence[str] = (),
    known: KnownSources = NO_SOURCES,
    pruning: Pruning = NOTHING_PRUNED,
    options: RunOptions = USUAL,
) -> Tally:
    """Reads the sources into the generation. Raises SourceError where they hold no article.

    fresh: the generation is empty. published: called after each commit. earlier: the paths of sources of former runs.
    """
    tally = Tally(listed=options.listed)
    withdrawn = read_withdrawn(generation.index_path)
    batch_analyzer = BatchAnalyzer(analyzer)
    earlier = () if is_there(generation.folder) else earlier  # the table knows better which file gave an article
    with (
        infrequent_collection(),
        generation.writer(fresh=fresh) as writer,
        open_table(generation.folder) as table,
        leaving_unread(sources, table, withdrawn, tally, everything=fresh or options.read_all),
        analysis_pool(batch_analyzer, generation.manifest.lexicon, size=sources.size_to_read(LEAST_BYTES)) as pool,
    ):
        origins = Origins(table)
        intake = Intake(
            writer,
            pool,
            duplicates=NearDuplicateFinder(generation.engine, batch_analyzer, empty=fresh),
            tally=tally,
            shared_ids=SharedIds(tally.remark, earlier),
            origins=origins,
            published=published,
            fresh=fresh,
            identities=identities_of(table, generation, known, tally),
            withdrawn=Withdrawn(withdrawn),
            commit_every=options.commit_every,
        )
        intake.remove(writer.digests(withdrawn) if withdrawn and not fresh else ())  # what a crash left of them
        _take_in(
            sources,
            intake,
            tally,
            origins=origins,
            progress=options.progress,
            believe_empty=pruning.allow_shrink,
        )
        intake.finish()
        if not fresh and (tally.read or tally.withdrawn):
            origins.remark_shared_ids(tally.remark)
            changes = pruning.changes(generation, tally)
            scope = scope_of(table, sources, known.registry, generation.index_path)
            if bring_up_to_date(table, scope, writer, generation.article, changes):
                published()
    if not tally.read and not tally.withdrawn:
        raise SourceError(_nothing_in(sources, tally))
    return tally


def _take_in(
    sources: Sources,
    intake: Intake,
    tally: Tally,
    *,
    origins: Origins,
    progress: Progress,
    believe_empty: bool,
) -> None:
    """Reads every item of the sources: articles go to the intake, the others to the tally.

    believe_empty: whether an empty file holds no article any more; otherwise it may have been emptied by accident.
    """
    file, place = "", 0
    whole, rejected = True, list[Rejected]()  # whether nothing of the file was unreadable; what was left out of it
    for number, item in enumerate(sources.reading()):
        if sources.current != file:
            file, place, whole, rejected = sources.current, 0, True, []
        place += isinstance(item, Article)
        if isinstance(item, Skipped):
            whole = False
            tally.skip(item, file=file)
            if believe_empty and item.reason == EMPTY_FILE and item.location == file:
                origins.note_empty(file)
            else:
                origins.doubt(item.location, file, unseen=item.reason in UNSEEN)
        elif isinstance(item, Remark):
            tally.remark(item.about, item.example, file="" if item.about == OF_THE_DISK else file)
        elif isinstance(item, WasRead):
            if whole and len(rejected) <= _MOST_REJECTED:
                intake.end_file(ReadFile(file, item.made(), tuple(rejected)))
        elif unfit := _take_article(item, file, place, intake, tally, origins=origins):
            rejected.append(Rejected(place, unfit.reason, unfit.detail))
        if not number % _ITEMS_A_LOOK:
            progress(sources.bytes_read)
    progress(sources.bytes_read)


def _take_article(
    read: Article, file: str, place: int, intake: Intake, tally: Tally, *, origins: Origins
) -> Unfit | None:
    """Cleans one article and hands it on, or returns why it is left out.

    place: which of its file's articles it is, from 1 on.
    """
    cleaned = clean(read, partial(tally.remark, file=file, article=place))
    if isinstance(cleaned, Unfit):
        tally.skip(Skipped(file, cleaned.reason, cleaned.detail), file=file, article=place)
        if cleaned.reason != EMPTY_ARTICLE:  # of one that is lost the text that is there may be the better one
            origins.doubt(file, file, unseen=False)
        return cleaned
    if cleaned.repairs:
        tally.repair(
            cleaned.repairs, " + ".join(cleaned.article.source) or file, cleaned.article.id, file=file, article=place
        )
    intake.add(cleaned, file, place=place, named=has_name(read))
    return None


def _nothing_in(sources: Sources, tally: Tally) -> str:
    named = ", ".join(map(str, sources.paths[:3])) + (" …" if len(sources.paths) > 3 else "")
    reasons = "; ".join(f"{cases.text}: {cases.count:,}" for cases in tally.report(articles=0, seconds=0).reasons[:5])
    return f"no article in {named}" + (f" (skipped {tally.skipped:,}: {reasons})" if reasons else "")
