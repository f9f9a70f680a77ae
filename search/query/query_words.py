"""The words and phrases of a query → tokens, those of plain words with their further readings.

In: a word or phrase of the query's tree, the analyser, and the sources of readings that need an index. Out: tokens. An
exact word (`=`), a word of a field of names and a phrase have no further readings. Called by `rewrite.py` and, for
words without operators, by `search/service.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from search.analysis.analyzer import AnalyzedToken, Analyzer
from search.analysis.readings import ReadingSource, with_readings
from search.query.cost_limiter import CostLimiter
from search.query.tree import NAME_FIELDS, Phrase, Role, Word


class QueryWords:
    """Analyses the words of queries of one open index. sources: find further readings of a word in the index."""

    def __init__(self, analyzer: Analyzer, sources: Sequence[ReadingSource] = ()) -> None:
        self._analyzer = analyzer
        self._sources = sources

    def of_text(self, text: str) -> list[AnalyzedToken]:
        """Return the tokens of a text without operators, with all their readings."""
        tokens = self._analyzer.query_tokens(text)
        return [with_readings(token, self._sources) for token in tokens] if self._sources else tokens

    def of_word(self, word: Word, limiter: CostLimiter) -> list[AnalyzedToken]:
        """Return the tokens of a word, with readings as far as the query's allowance covers them."""
        if word.exact or word.field in NAME_FIELDS:
            return _without_readings(self._analyzer.query_tokens(word.text))
        tokens = self._of_noun(word) if word.role is Role.NOUN else self.of_text(word.text)
        wanted = sum(len(token.readings) for token in tokens) if len(tokens) == 1 else 0
        if not wanted or limiter.allowance.spend_readings(wanted):
            return tokens
        limiter.remarks.add("budget-readings", word.text)
        return _without_readings(tokens)

    def _of_noun(self, word: Word) -> list[AnalyzedToken]:
        tokens = [replace(token, function=False) for token in self._analyzer.query_tokens(word.text)]
        return [with_readings(token, self._sources) for token in tokens]

    def is_function(self, word: Word) -> bool:
        """Return whether a word is nothing but a function word, which does not have to match beside other words."""
        plain = not word.exact and word.field is None and word.role is Role.FUNCTION
        return plain and all(token.function for token in self._analyzer.query_tokens(word.text))

    def of_phrase(self, phrase: Phrase) -> list[AnalyzedToken]:
        """Return the tokens of a phrase, which stands for its words as they are."""
        return _without_readings(self._analyzer.query_tokens(phrase.text))


def _without_readings(tokens: list[AnalyzedToken]) -> list[AnalyzedToken]:
    return [replace(token, readings=()) if token.readings else token for token in tokens]
