"""The articles of one generation → another one, all but some: their stored JSON as it is, analysed again.

Called by `purge.py`. Nothing is cleaned again, so every article stays as it was stored.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from indexer.garbage_collection import infrequent_collection
from indexer.generations.growing_generation import GrowingGeneration
from indexer.line_counts import LineCounts, ToWrite
from indexer.run_options import COMMIT_ARTICLES
from search.analysis.analyzer import Analyzer
from search.analysis.batch.batch_analyzer import BatchAnalyzer
from search.article import decode_article
from search.engines.base import Document, Engine, Stored
from search.errors import IndexDamaged
from search.index.all_articles import parts_of
from search.index.documents import analyse_articles, article_digest, assemble_document
from search.index.minhash import Sketch
from search.index.near_duplicates import NearDuplicateFinder
from search.index.repeated_lines import edge_lines

_AT_A_TIME: Final = 256  # articles analysed together


def rewrite(present: GrowingGeneration, other: GrowingGeneration, *, without: Collection[str]) -> None:
    """Write the articles of the one generation to the other, which is empty. Raises IndexStateErrors, EngineErrors.

    Lines that publishers repeat are counted before anything is written, so that no article has to be written again, and
    a second purge finds the articles in the order of the first.
    """
    analyzer = BatchAnalyzer(Analyzer.default(present.manifest.lexicon))
    engine, waiting = present.engine(), 0
    with infrequent_collection(), other.writer(fresh=True) as writer:
        counts = LineCounts(other.folder, analyzer, writer.digests)
        _count_lines(engine, counts, without, present)
        duplicates = NearDuplicateFinder(other.engine, analyzer, empty=True, kept_part=counts.kept_part)
        for stored in _batches(engine):
            kept = [each for each in stored if each.id not in without]
            for document in duplicates.assign_groups(_documents(kept, analyzer, counts)):
                writer.put(document)
            waiting += len(kept)
            if waiting >= COMMIT_ARTICLES:
                duplicates.forget()
                writer.commit()
                waiting = 0
        duplicates.forget()
        counts.store()
        writer.commit()
        counts.forget_new()
        counts.settle()


def _count_lines(engine: Engine, counts: LineCounts, without: Collection[str], present: GrowingGeneration) -> None:
    read = 0
    for stored in _batches(engine):
        read += len(stored)
        for each in stored:
            if each.id not in without:
                counts.count(each.id, edge_lines(decode_article(each.raw)), article_digest(each.raw))
    if read != engine.documents:
        raise IndexDamaged(
            f"{read:,} of {engine.documents:,} articles of {present.folder} were found, so nothing is purged: "
            "kashaf verify says what is damaged, kashaf reindex makes the index anew"
        )


def _batches(engine: Engine) -> Iterator[list[Stored]]:
    for part in parts_of(engine):
        for first in range(0, len(part), _AT_A_TIME):
            yield engine.load([match.ref for match in part[first : first + _AT_A_TIME]])


def _documents(
    batch: list[Stored], analyzer: BatchAnalyzer, counts: LineCounts
) -> list[tuple[Document, Sketch | None]]:
    made = []
    articles = [decode_article(stored.raw) for stored in batch]
    found = [
        ToWrite(stored.id, stored.raw, analysed, article_digest(stored.raw))
        for stored, analysed in zip(batch, analyse_articles(articles, analyzer), strict=True)
    ]
    for (id, raw, _, digest), analysed in zip(found, counts.left_out(found), strict=True):
        made.append((assemble_document(id, analysed, raw=raw, digest=digest), analysed.sketch))
    return made
