"""Articles that are to be written → the same with their analysis, where they lack it.

An article is taken for unchanged where it is as the process that read it found it in the index. If another one with its
id has come before it in this run, or if it gets another id, it must be written again. Called by `indexer/intake.py`.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from indexer.workers.prepared import Prepared
from search.analysis.batch.batch_analyzer import BatchAnalyzer
from search.article import decode_article, encode_article
from search.index.documents import Analysed, analyse_articles, article_digest


class Completing:
    """Completes articles."""

    def __init__(self, analyzer: BatchAnalyzer) -> None:
        self._analyzer = analyzer

    def completed(self, articles: Sequence[Prepared]) -> list[tuple[Prepared, Analysed]]:
        """Return each article with its analysis."""
        lacking = [decode_article(article.raw) for article in articles if not article.analysed]
        found = iter(analyse_articles(lacking, self._analyzer))
        return [(article, article.analysed or next(found)) for article in articles]

    def renamed(self, article: Prepared, id: str) -> Prepared:
        """Return an article under another id."""
        raw = encode_article(msgspec.structs.replace(decode_article(article.raw), id=id))
        return msgspec.structs.replace(article, id=id, digest=article_digest(raw), size=len(raw), raw=raw)
