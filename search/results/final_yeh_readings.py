"""What a word in ى or ي of a query finds in the other spelling where the lexicon has both: السكرى and السكري.

In: an open engine and a token of a query. Out: `Reading`s, a source of `OpenIndex.reading_sources`. A word in ى may be
one of its own: القوى are forces, اليمنى is the right one. It stands for the word in ي where news writes the word with ي
mostly, the lexicon has no verb (نادى) and no noun that itself ends in ى (بشرى) for it, the noun in ي ends so in all its
forms (not مثلي, like me), and many times as many articles have that noun as have any form of the other word. A word in
ي of the list of those that news hardly writes in ى finds its own letters, whose last one may be ى.
"""

from __future__ import annotations

from typing import Final

from search.analysis.analyzed_token import AnalyzedToken, Reading, is_listed
from search.analysis.analyzer import Analyzer
from search.analysis.final_yeh import SAME, SOURCE, WEIGHT, ends_in_maksura, is_mostly_yeh
from search.analysis.fold import strip_marks
from search.analysis.letters import ALEF_MAKSURA, YEH
from search.engines.base import Engine
from search.query.clauses import Combine, Term, TermSet
from search.whole_answers import remembered

_TIMES: Final = 8  # as many articles must have the word in ي, as for a hamza left out (careless_spellings.py)
_MOST_OTHERS: Final = 500  # articles with these letters and no stem of the word: of more it is another word (آلي, إلى)
_REMEMBERED: Final = 4_096  # pairs of stems whose articles are remembered
_VERB: Final = "/V"
_IN_YEH: Final = ("iy/N", "iy~/N")  # nouns and adjectives that end in ي, in the lexicon's transliteration


class FinalYehReadings:
    """The words of one index that words in ى or ي stand for in the other spelling; a `ReadingSource`. Safe to share
    between threads."""

    def __init__(self, engine: Engine, analyzer: Analyzer) -> None:
        self._engine = engine
        self._analyzer = analyzer
        self._is_much_commoner = remembered(self._compare, most=_REMEMBERED)
        self._own_letters = remembered(self._find_letters, most=_REMEMBERED)

    def __call__(self, token: AnalyzedToken) -> tuple[Reading, ...]:
        """Return the word in ي for which a word in ى stands, or the letters of a word in ي; () if both spellings are
        words of their own."""
        if not token.exact.endswith(YEH):
            return ()
        own, other = token.stems[0], self._analyzer.other_stem(token)
        if other is None:
            return ()
        if strip_marks(token.text).endswith(ALEF_MAKSURA):
            return (Reading(other, WEIGHT, SOURCE),) if self._stands_for_yeh(token, own, other) else ()
        is_listed_in_yeh = self._analyzer.is_hardly_written_in_maksura(token)
        return self._own_letters(token.exact, token.word, token.stems) if is_listed_in_yeh else ()

    def _stands_for_yeh(self, token: AnalyzedToken, in_maksura: str, in_yeh: str) -> bool:
        """Whether ى is written for ي, by the first stems of both spellings."""
        if not (is_listed(in_maksura) and in_yeh.endswith(_IN_YEH)) or in_maksura.endswith(_VERB):
            return False
        if ends_in_maksura(in_maksura) or not is_mostly_yeh(self._analyzer.frequencies, token.exact, token.word):
            return False
        return self._is_much_commoner(in_maksura, in_yeh)

    def _compare(self, in_maksura: str, in_yeh: str) -> bool:
        own_articles, others = self._engine.frequencies("body_stem", (in_maksura, in_yeh))
        return others > 0 and others >= _TIMES * own_articles

    def _find_letters(self, exact: str, word: str, stems: tuple[str, ...]) -> tuple[Reading, ...]:
        """The reading by the letters of a word, without particles or, where such forms are mostly other words (الحسنى,
        the best, for حسني), as they stand; () if articles that have not its stems have them too seldom or too often."""
        others = Combine(must=(Term("body_word", word),), must_not=(TermSet("body_stem", stems),))
        count = self._engine.search(others, limit=0).total
        if not 0 < count <= _MOST_OTHERS:
            return ()
        is_rare = _TIMES * count <= self._engine.frequencies("body_stem", stems[:1])[0]
        return (Reading(word, SAME, SOURCE, level="word") if is_rare else Reading(exact, SAME, SOURCE, level="exact"),)
