"""Small indexes for tests: a list of articles → an index directory, on any engine."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import corpus
from search.analysis.analyzer import Analyzer
from search.analysis.bulk import BulkAnalyzer
from search.article import Article
from search.catalogue import Catalogue, Manifest
from search.documents import make_document
from search.engines.registry import backend


def sample_articles() -> list[Article]:
    """The articles of the bundled sample."""
    with corpus.ARTICLES.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [Article(**{**row, "title": row["title"] or "", "source": (row["source"],)}) for row in rows]


def build_index(place: Path, articles: Iterable[Article], *, engine: str = "tantivy") -> Path:
    """An index of these articles in this directory."""
    folder = place / "generations" / "1"
    folder.mkdir(parents=True)
    analyzer = Analyzer.default()
    bulk = BulkAnalyzer(analyzer)
    backend(engine).create(folder)
    writer = backend(engine).open_writer(folder, fresh=True)
    for article in articles:
        writer.put(make_document(article, bulk))
    writer.commit()
    writer.close()
    Catalogue(place).write(Manifest(engine, analyzer.fingerprint, "bundled", "1"))
    return place
