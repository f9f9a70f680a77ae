"""The articles of sources → a generation of the index: read, cleaned, analysed, written.

In: sources, and the generation that grows. Out: the tally of what was read. Called by `indexer/build.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from indexer.earlier_articles import EarlierArticles
from indexer.findings import Rejected
from indexer.garbage_collection import infrequent_collection
from indexer.generations.growing_generation import GrowingGeneration
from indexer.intake import Intake
from indexer.line_counts import LineCounts
from indexer.memory import shared_out
from indexer.origins.current import bring_up_to_date
from indexer.origins.identities_of_run import KnownSources, identities_of
from indexer.origins.leaving_unread import leaving_unread
from indexer.origins.origins import Origins, ReadFile
from indexer.origins.scope import scope_of
from indexer.origins.table import is_there, open_table
from indexer.pruning import Pruning
from indexer.readers.contract import Remark, Skipped
from indexer.readers.findings import EMPTY_FILE, HOLDS_NONE, UNSEEN
from indexer.report import Tally
from indexer.run_options import USUAL, RunOptions
from indexer.shared_ids import SharedIds
from indexer.sources import LeftUnread, Sources, WasRead
from indexer.workers.completing import Completing
from indexer.workers.pool import NOTHING_YET, PoolHere, workers_for
from indexer.workers.prepared import Batch, Begins, Noticed, Prepared, RepairsMade
from indexer.workers.preparing import Preparing
from search.analysis.analyzer import Analyzer
from search.analysis.batch.batch_analyzer import BatchAnalyzer
from search.errors import SourceError
from search.index.near_duplicates import NearDuplicateFinder
from search.index.withdrawn import Withdrawn, read_withdrawn
from search.storage.temporary_folders import sweep_temporary_folders

NOTHING_PRUNED = Pruning()
NO_SOURCES = KnownSources()
_MOST_REJECTED = 100  # articles left out of a file, of which it is remembered why; with more it is read again


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
    """Reads the sources into the generation. Raises SourceError where they hold no article, unless there is none.

    fresh: the generation is empty. published: called after each commit. earlier: the paths of sources of former runs.
    """
    sweep_temporary_folders()
    tally = Tally(listed=options.listed)
    withdrawn = read_withdrawn(generation.index_path)
    batch_analyzer = BatchAnalyzer(analyzer)
    earlier = () if is_there(generation.folder) else earlier  # the table knows better which file gave an article
    names = generation.names(analyzer, fresh=fresh)
    shares = options.shares or shared_out()
    with (
        infrequent_collection(),
        generation.writer(fresh=fresh, memory=shares.writer) as writer,
        open_table(generation.folder) as table,
        leaving_unread(sources, table, withdrawn, tally, everything=fresh or options.read_all),
        workers_for(sources, generation, shares, fresh=fresh, begun=options.begun) as workers,
    ):
        origins = Origins(table)
        line_counts = LineCounts(generation.folder, batch_analyzer, writer.digests, empty=fresh, at_hand=shares.at_hand)
        line_counts.settle()  # what a crash left open
        duplicates = NearDuplicateFinder(
            generation.engine, batch_analyzer, empty=fresh, kept_part=line_counts.kept_part
        )
        earlier_articles = EarlierArticles(
            generation.engine,
            writer,
            line_counts,
            duplicates,
            batch_analyzer,
            published=published,
            commit_every=options.commit_every,
        )
        intake = Intake(
            writer,
            Completing(batch_analyzer),
            duplicates=duplicates,
            tally=tally,
            shared_ids=SharedIds(tally.remark, earlier),
            origins=origins,
            line_counts=line_counts,
            written=names.note,
            outdated=earlier_articles.write_again_at_hand,
            published=published,
            fresh=fresh,
            identities=identities_of(table, generation, known, tally),
            withdrawn=Withdrawn(withdrawn),
            commit_every=options.commit_every,
        )
        here = Preparing(batch_analyzer, writer.digests, commits=lambda: intake.commits)
        intake.remove(writer.digests(withdrawn) if withdrawn and not fresh else ())  # what a crash left of them
        taking = _Taking(intake, tally, origins=origins, believe_empty=pruning.allow_shrink)
        bytes_read = 0
        for batch in (workers or PoolHere(here)).batches(sources.files()):
            if batch is not NOTHING_YET:
                taking.take(batch)
                bytes_read += batch.bytes
                options.progress(bytes_read)
            intake.commit_if_due()
        with names.deciding(generation.engine):
            intake.finish()
        earlier_articles.write_again()
        line_counts.settle()
        origins.remark_shared_ids(tally.remark)
        any_read = bool(tally.read or tally.withdrawn or not sources.roots)
        if not fresh and any_read:
            changes = pruning.changes(generation, tally, table, known.registry)
            scope = scope_of(table, sources, known.registry, generation.index_path)
            if bring_up_to_date(table, scope, writer, generation.article, changes):
                published()
    if not any_read:
        raise SourceError(_nothing_in(sources, tally))
    articles = max(generation.manifest.articles or 0, tally.added)
    names.complete(generation.engine, generation.manifest.commits, articles=articles)
    return tally


class _Taking:
    """Takes what was read: articles go to the intake, the others to the tally.

    believe_empty: whether an empty file holds no article any more; otherwise it may have been emptied by accident.
    """

    def __init__(self, intake: Intake, tally: Tally, *, origins: Origins, believe_empty: bool) -> None:
        self._intake = intake
        self._tally = tally
        self._origins = origins
        self._believe_empty = believe_empty
        self._file = ""
        self._whole = True  # whether nothing of the file was unreadable
        self._rejected: list[Rejected] = []  # what was left out of it

    def take(self, batch: Batch) -> None:
        """Take what is in a batch, in its order."""
        for read in batch.read:
            if isinstance(read, Prepared):
                self._intake.add(read, self._file, as_of=batch.commit)
            elif isinstance(read, Begins):
                self._begin(read.file)
            elif isinstance(read, LeftUnread):
                read.note()
            elif isinstance(read, WasRead):
                if self._whole and len(self._rejected) <= _MOST_REJECTED:
                    self._intake.end_file(ReadFile(self._file, read.made(), tuple(self._rejected)))
            else:
                self._take_finding(read)

    def _begin(self, file: str) -> None:
        if file != self._file:  # else a lost worker's file, which another goes on with
            self._file, self._whole, self._rejected = file, True, []

    def _take_finding(self, read: Noticed | RepairsMade | Rejected | Skipped | Remark) -> None:
        file = self._file
        if isinstance(read, Noticed):
            self._tally.remark(read.about, read.example, file=file, article=read.place, named=read.named)
        elif isinstance(read, RepairsMade):
            self._tally.repair(read.repairs, read.publisher or file, read.id, file=file, article=read.place)
        elif isinstance(read, Remark):
            self._tally.remark(read.about, read.example, file=file)
        elif isinstance(read, Rejected):
            self._rejected.append(read)
            self._tally.skip(Skipped(file, read.reason, read.detail), file=file, article=read.place)
            self._origins.doubt_left_out(file, read)
        else:
            self._whole = False
            self._tally.skip(read, file=file)
            if self._believe_empty and read.reason == EMPTY_FILE and read.location == file:
                self._origins.note_empty(file)
            elif read.location == file or read.reason.kind not in HOLDS_NONE:
                self._origins.doubt(read.location, file, unseen=read.reason in UNSEEN)


def _nothing_in(sources: Sources, tally: Tally) -> str:
    named = ", ".join(map(str, sources.paths[:3])) + (" …" if len(sources.paths) > 3 else "")
    reasons = "; ".join(f"{cases.text}: {cases.count:,}" for cases in tally.report(articles=0, seconds=0).reasons[:5])
    return f"no article in {named}" + (f" (skipped {tally.skipped:,}: {reasons})" if reasons else "")
