"""At which level a word of an article matches the words of a query: what a hit is explained with.

In: a token of an article, and the tokens of the query. Out: the name of the level. Called by `highlighter.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from search.analysis.analyzed_token import AnalyzedToken

NAME: Final = "name"  # of a token that is another spelling of a word, or nothing of the query


def match_level(token: AnalyzedToken, words: Sequence[AnalyzedToken]) -> str:
    """Return the most exact level at which the token is one of the words; "reading" if it is a further reading of one,
    "name" if it is another spelling."""
    if any(token.exact == word.exact for word in words):
        return "exact"
    if any(token.word == word.word for word in words):
        return "word"
    if any(stem in word.stems for word in words for stem in token.stems):
        return "stem"
    readings = {reading.term for word in words for reading in word.readings}
    return NAME if readings.isdisjoint((token.word, *token.stems)) else "reading"
