"""The ranking that is measured: plain words, all optional, without operators, notes or other readings.

In: an open index and words. Out: the best matches. Called by `batch.py` and the benchmarks.
"""

from __future__ import annotations

from search.answering import word_signals
from search.engines.base import Found
from search.index.open_index import OpenIndex
from search.query.clauses import Combine, Nothing
from search.query.query_words import QueryWords
from search.ranking import RankingProfile


def rank(index: OpenIndex, text: str, *, limit: int, profile: RankingProfile) -> Found:
    """Search the words of the text; return the `limit` best matches."""
    tokens = QueryWords(index.analyzer, index.reading_sources).of_text(text)
    scored = word_signals(index, tokens, profile)
    clause = Combine(should=scored) if scored else Nothing()
    return index.engine.search(clause, limit=limit, total=False)
