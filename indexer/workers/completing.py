"""Articles that are to be written → the same with their JSON and analysis, where they lack them.

An article is taken for unchanged where it is as the index had it when the run began. If another one with its id has
come before it in this run, or if it gets another id, it must be written again. Called by `indexer/intake.py`.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from indexer.workers.prepared import Prepared
from search.analysis.batch.batch_analyzer import BatchAnalyzer
from search.article import decode_article, encode_article
from search.engines.base import Engine
from search.errors import IndexDamaged
from search.index.documents import Analysed, analyse_articles, article_digest
from search.query.clauses import Term


class Completing:
    """Completes articles. engine: the index as it was when the run began; None: it was empty."""

    def __init__(self, analyzer: BatchAnalyzer, engine: Engine | None) -> None:
        self._analyzer = analyzer
        self._engine = engine

    def completed(self, articles: Sequence[Prepared]) -> list[tuple[Prepared, bytes, Analysed]]:
        """Return each article with its JSON and its analysis.

        Raises IndexDamaged where the index does not hold what it says.
        """
        raws = [self._raw(article) for article in articles]
        lacking = [decode_article(raw) for article, raw in zip(articles, raws, strict=True) if not article.analysed]
        found = iter(analyse_articles(lacking, self._analyzer))
        return [(article, raw, article.analysed or next(found)) for article, raw in zip(articles, raws, strict=True)]

    def renamed(self, article: Prepared, id: str) -> Prepared:
        """Return an article under another id. Raises as `completed` does."""
        raw = encode_article(msgspec.structs.replace(decode_article(self._raw(article)), id=id))
        return article._replace(id=id, digest=article_digest(raw), size=len(raw), raw=raw)

    def _raw(self, article: Prepared) -> bytes:
        return self._stored(article) if article.raw is None else article.raw

    def _stored(self, article: Prepared) -> bytes:
        if self._engine is not None:
            for match in self._engine.search(Term("id", article.id), limit=1, total=False).matches:
                (stored,) = self._engine.load([match.ref])
                if article_digest(stored.raw) == article.digest:
                    return stored.raw
        raise IndexDamaged(f"the article {article.id} is not stored as the index says: run kashaf reindex")
