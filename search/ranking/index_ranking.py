"""What ranks the articles of one open index: its query words and its signals, which remember words.

In: the engine and the analyser of an open index. Out: analysed words, and the signals of a profile. Made by
`search/index/open_index.py` for each commit that is opened, so a commit empties what is remembered.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from search.analysis.analyzer import Analyzer
from search.analysis.readings import ReadingSource
from search.article import decode_article
from search.engines.base import Engine, Match
from search.query.clauses import Combine
from search.query.query_words import QueryWords
from search.ranking.profile import NEWS, RankingProfile
from search.ranking.signals import Signals

_PROFILES: Final = 2  # whose signals are kept: two are compared at a time
_WARMING: Final = 200  # characters of a body whose words are searched to fill the engine's caches


class IndexRanking:
    """See above. Safe to share between threads.

    words    reads queries without operators
    signals  gives the signals of a profile
    """

    def __init__(self, engine: Engine, analyzer: Analyzer, sources: Sequence[ReadingSource]) -> None:
        def signals(profile: RankingProfile) -> Signals:
            return Signals(profile, engine.frequencies, lambda: engine.documents)

        self._engine = engine
        self.words = QueryWords(analyzer, sources)
        self.signals = lru_cache(maxsize=_PROFILES)(signals)

    def warm(self, matches: Sequence[Match]) -> None:
        """Search for words of these articles with ranking: an engine may read the lengths of all articles for it."""
        for kept in self._engine.load([match.ref for match in matches]):
            article = decode_article(kept.raw)
            words = self.words.of_text(f"{article.title} {article.body[:_WARMING]}")
            self._engine.search(Combine(should=self.signals(NEWS).of(words)), limit=1, total=False)
