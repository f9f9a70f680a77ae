"""Small indexes for tests: a list of articles → an index directory, on any engine."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

import corpus
from indexer.cleaning.clean import Cleaned, clean
from search.analysis.analyzer import Analyzer
from search.analysis.batch.batch_analyzer import BatchAnalyzer
from search.article import Article, encode_article
from search.engines.base import Document
from search.engines.registry import backend
from search.index.directory import IndexDirectory
from search.index.documents import analyse_articles, article_digest, assemble_document
from search.index.manifest import Manifest
from search.index.minhash import Sketch
from search.index.near_duplicates import NearDuplicateFinder
from search.service import SearchService
from search.settings import Settings


def sample_articles() -> list[Article]:
    """The articles of the bundled sample."""
    with corpus.ARTICLES.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [_cleaned(Article(**{**row, "title": row["title"] or "", "source": (row["source"],)})) for row in rows]


def _cleaned(article: Article) -> Article:
    found = clean(article, lambda *_: None)
    assert isinstance(found, Cleaned)
    return found.article


@cache
def _analyzer() -> BatchAnalyzer:
    """The one analyser of all small indexes: it remembers the words that it has met."""
    return BatchAnalyzer(Analyzer.default())


def drawn(article: Article, analyzer: BatchAnalyzer) -> tuple[Document, Sketch | None]:
    """The document of an article, and its sketch."""
    ((document, sketch),) = _all_drawn([article], analyzer)
    return document, sketch


def _all_drawn(articles: Sequence[Article], analyzer: BatchAnalyzer) -> list[tuple[Document, Sketch | None]]:
    made = []
    for article, analysed in zip(articles, analyse_articles(articles, analyzer), strict=True):
        raw = encode_article(article)
        document = assemble_document(article.id, analysed, raw=raw, digest=article_digest(raw))
        made.append((document, analysed.sketch))
    return made


def open_index(place: Path, articles: Iterable[Article], *, engine: str = "tantivy") -> SearchService:
    """A service over an index of these articles in this directory."""
    return SearchService.open(Settings(index=build_index(place, articles, engine=engine)))


def untitled(texts: Mapping[str, str]) -> list[Article]:
    """An article without a title for each id and body."""
    return [Article(id=name, title="", body=body) for name, body in texts.items()]


def build_index(place: Path, articles: Iterable[Article], *, engine: str = "tantivy") -> Path:
    """An index of these articles in this directory."""
    folder = place / "generations" / "1"
    folder.mkdir(parents=True)
    analyzer = _analyzer()
    backend(engine).create(folder)
    writer = backend(engine).open_writer(folder, fresh=True)
    duplicates = NearDuplicateFinder(lambda: backend(engine).open_engine(folder), analyzer, empty=True)
    for document in duplicates.assign_groups(_all_drawn([*articles], analyzer)):
        writer.put(document)
    writer.commit()
    writer.close()
    IndexDirectory(place).write(Manifest(engine, Analyzer.default().fingerprint, "bundled", "1"))
    return place
