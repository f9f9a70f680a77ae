"""A word typed without care: without hamza, ة, ى and harakat it stands for the commonest word with the same letters.

In: a token of a query and the lemma table. Out: the token with the stems of that word, and what its letters say as
further readings. Called by the analyser for queries.
"""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from search.analysis.analyzed_token import AnalyzedToken, Reading
from search.analysis.letters import ARTICLE
from search.analysis.lexicon.lemmas import LemmaTable
from search.analysis.lexicon.listed_forms import listed

_AS_TYPED: Final = 0.3  # weight of what careless letters say, where another word is commoner


def with_careless_reading(token: AnalyzedToken, lemmas: LemmaTable | None) -> AnalyzedToken:
    """Return the token of the word that careless letters mean (وزاره for وزارة); the token itself if they mean none."""
    if lemmas is None or token.function or token.text != token.exact or "/" not in token.stems[0]:
        return token
    if not listed().isdisjoint((token.exact, token.word, ARTICLE + token.word)):
        return token  # a list has decided what it is
    common = lemmas.lookup_folded(token.exact)[:1]
    if not common or common[0] in token.stems:
        return token
    typed = (Reading(stem, _AS_TYPED, "as typed") for stem in token.stems)
    return replace(token, stems=common, readings=(*token.readings, *typed))
