"""The articles of one generation → another one, all but some: their stored JSON as it is, analysed again.

Called by `purge.py`. Nothing is cleaned again, so every article stays as it was stored.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from indexer.earlier_articles import EarlierArticles
from indexer.garbage_collection import infrequent_collection
from indexer.generations.growing_generation import GrowingGeneration
from indexer.line_counts import LineCounts, ToWrite
from indexer.run_options import COMMIT_ARTICLES
from search.analysis.analyzer import Analyzer
from search.analysis.batch.batch_analyzer import BatchAnalyzer
from search.article import decode_article
from search.engines.base import Document, Engine, Stored, Writer
from search.errors import IndexDamaged
from search.index.all_articles import parts_of
from search.index.documents import analyse_articles, article_digest, assemble_document
from search.index.minhash import Sketch
from search.index.near_duplicates import NearDuplicateFinder

_AT_A_TIME: Final = 256  # articles analysed together


def rewrite(present: GrowingGeneration, other: GrowingGeneration, *, without: Collection[str]) -> None:
    """Write the articles of the one generation to the other, which is empty. Raises IndexStateErrors, EngineErrors."""
    analyzer = BatchAnalyzer(Analyzer.default(present.manifest.lexicon))
    engine, written, read = present.engine(), 0, 0
    with infrequent_collection(), other.writer(fresh=True) as writer:
        counts = LineCounts(other.folder, analyzer, writer.digests)
        duplicates = NearDuplicateFinder(other.engine, analyzer, empty=True, kept_part=counts.kept_part)
        for stored in _batches(engine):
            read += len(stored)
            kept = [each for each in stored if each.id not in without]
            for document in duplicates.assign_groups(_documents(kept, analyzer, counts)):
                writer.put(document)
            written += len(kept)
            if written >= COMMIT_ARTICLES:
                _commit(duplicates, counts, writer)
                written = 0
        if read != engine.documents:
            raise IndexDamaged(
                f"{read:,} of {engine.documents:,} articles of {present.folder} were found, so nothing is purged: "
                "kashaf verify says what is damaged, kashaf reindex makes the index anew"
            )
        _commit(duplicates, counts, writer)
        EarlierArticles(other.engine, writer, counts, duplicates, analyzer).write_again()
        counts.settle()


def _commit(duplicates: NearDuplicateFinder, counts: LineCounts, writer: Writer) -> None:
    duplicates.forget()
    counts.store()
    writer.commit()


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
    for (id, raw, _, digest), analysed in zip(found, counts.without_repeated(found), strict=True):
        made.append((assemble_document(id, analysed, raw=raw, digest=digest), analysed.sketch))
    return made
