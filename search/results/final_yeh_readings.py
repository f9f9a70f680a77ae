"""What a word typed in ى stands for where the lexicon has it in ى and in ي: السكرى for السكري, the Egyptian spelling.

In: an open engine and a token of a query. Out: `Reading`s, a source of `OpenIndex.reading_sources`. Such a spelling may
be a word of its own: القوى are forces, اليمنى is the right one. It stands for the word in ي where news writes the word
with ي mostly, the lexicon has no verb (نادى) and no noun that itself ends in ى (بشرى) for it, the noun in ي ends so in
all its forms (not مثلي, like me), and many times as many articles have that noun as have any form of the other word.
"""

from __future__ import annotations

from typing import Final

from search.analysis.analyzed_token import AnalyzedToken, Reading, is_listed
from search.analysis.analyzer import Analyzer
from search.analysis.final_yeh import SOURCE, WEIGHT, ends_in_maksura, is_mostly_yeh
from search.engines.base import Engine
from search.whole_answers import remembered

_TIMES: Final = 8  # as many articles must have the word in ي, as for a hamza left out (careless_spellings.py)
_REMEMBERED: Final = 4_096  # pairs of stems whose articles are remembered
_VERB: Final = "/V"
_IN_YEH: Final = ("iy/N", "iy~/N")  # nouns and adjectives that end in ي, in the lexicon's transliteration


class FinalYehReadings:
    """The words in ي that words in ى stand for in one index; a `ReadingSource`. Safe to share between threads."""

    def __init__(self, engine: Engine, analyzer: Analyzer) -> None:
        self._engine = engine
        self._analyzer = analyzer
        self._remembered = remembered(self._is_much_commoner, most=_REMEMBERED)

    def __call__(self, token: AnalyzedToken) -> tuple[Reading, ...]:
        """Return the word in ي for which a word in ى stands; () if it is a word of its own."""
        own, other = token.stems[0], self._analyzer.other_stem(token)
        if other is None or not (is_listed(own) and other.endswith(_IN_YEH)) or own.endswith(_VERB):
            return ()
        if ends_in_maksura(own):
            return ()
        if not is_mostly_yeh(self._analyzer.frequencies, token.exact, token.word) or not self._remembered(own, other):
            return ()
        return (Reading(other, WEIGHT, SOURCE),)

    def _is_much_commoner(self, own: str, other: str) -> bool:
        own_articles, others = self._engine.frequencies("body_stem", (own, other))
        return others > 0 and others >= _TIMES * own_articles
