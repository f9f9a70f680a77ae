"""The only content word of a query, without the readings that would mostly bring other words' articles.

In: a token with its readings, and the document frequencies of the index. Out: the token. Beside other words a wrong
reading seldom matches; alone it matches all its articles, and a list by date shows them first: most articles with عالم
mean the world, not علماء. Called by `rewrite.py`.
"""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from search.analysis.analyzed_token import AnalyzedToken
from search.analysis.table_readings import SOURCE
from search.query.field_clauses import DocumentFrequencies

_LEAST: Final = 100  # articles with the likeliest lemma; where fewer match, every reading is welcome
_MOST_WRONG: Final = 0.5  # articles with another word that a reading may bring, as a share of those with the lemma


def without_unlikely(token: AnalyzedToken, frequencies: DocumentFrequencies) -> AnalyzedToken:
    """Return the token without the written forms of its lemma that more often write another word.

    A form that writes the lemma with probability p brings (1 - p) of its articles in vain.
    """
    forms = [reading for reading in token.readings if reading.level == "word" and reading.source == SOURCE]
    own = frequencies("body_stem", token.stems[:1])[0] if forms else 0
    if own < _LEAST:
        return token
    counts = frequencies("body_word", tuple(form.term for form in forms))
    wrong = {form for form, count in zip(forms, counts, strict=True) if (1 - form.weight) * count > _MOST_WRONG * own}
    return replace(token, readings=tuple(each for each in token.readings if each not in wrong)) if wrong else token
