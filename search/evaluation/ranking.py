"""The ranking that is measured: plain words, all optional, without operators, notes or other readings.

In: an open index and words. Out: the best matches. Called by `batch.py` and the benchmarks.
"""

from __future__ import annotations

from search.answering import word_signals
from search.engines.base import Found
from search.index.open_index import OpenIndex
from search.query.clauses import Combine, Nothing
from search.ranking.profile import RankingProfile


def rank(index: OpenIndex, text: str, *, limit: int, profile: RankingProfile) -> Found:
    """Search the words of the text; return the `limit` best matches."""
    scored = word_signals(index, index.ranking.words.of_text(text), profile)
    clause = Combine(should=scored) if scored else Nothing()
    return index.engine.search(clause, limit=limit, total=False)
