"""The readings of a query's word that ends in ى or ي: by the stems of the other spelling.

In: a token of a query and the terms of written words. Out: `Reading`s, a source of the analyser. Egypt writes every
final ي as ى (السيسى, الحوثى), the rest of the press only where it sounds like ا. Of a word that no lexicon has (`/U`)
the lemma table knows both spellings as two words, or takes ى for a form of another one (ميسى), and so does an index. A
query asks for both; but a word of the lexicon that itself ends in ى is meant by it: مرسى is a harbour, not مرسي. Where
the lexicon has both spellings, a list has the words that news hardly writes in ى (`lexicon/final_yeh.tsv`: حسني مبارك,
not أحسن); of others an index tells whether ى stands for ي: `search/results/final_yeh_readings.py`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from msgspec.structs import replace

from search.analysis import letters as ar
from search.analysis.analyzed_token import AnalyzedToken, Reading, is_listed
from search.analysis.fold import PLAIN_ARABIC, strip_marks
from search.analysis.levels import WordLevels
from search.analysis.lexicon.final_yeh_words import ALONE, final_yeh_words
from search.analysis.lexicon.frequencies import ALEF_MAKSURA_LAST, FrequencyTable
from search.analysis.lexicon.listed_forms import listed
from search.analysis.weak_methods import weakly
from search.analysis.word_rules import NEVER_FROM_TABLE

SOURCE: Final = "final yeh"
_OTHER: Final = {ar.ALEF_MAKSURA: ar.YEH, ar.YEH: ar.ALEF_MAKSURA}
_LEAST_LETTERS: Final = 3  # of a word; shorter ones are words of their own in each spelling
_REMEMBERED: Final = 4_096  # words of queries whose readings are remembered
WEIGHT: Final = 0.7  # of the other spelling: the one that was typed stays first
SAME: Final = 0.05  # of the word as it is written, in either spelling, which its stem has scored already
_PARTICLES: Final = ar.CONJUNCTIONS + ar.BEH + ar.LAM + ar.KAF
_MAKSURA: Final = "Y"  # in the lexicon's transliteration
_NEVER: Final = NEVER_FROM_TABLE - listed()  # months, countries, amounts, whatever else their letters could be


class FinalYeh:
    """The readings by the other spelling of a final ى or ي; a `ReadingSource`."""

    def __init__(self, levels: WordLevels) -> None:
        self._levels = levels
        self._remembered = lru_cache(maxsize=_REMEMBERED)(weakly(self._find))

    def __call__(self, token: AnalyzedToken) -> tuple[Reading, ...]:
        """Return the readings of the word by its other spelling; () if it has none or each is a word of its own."""
        if not token.exact.endswith(ar.YEH) or len(token.word) < _LEAST_LETTERS:
            return ()
        return self._remembered(strip_marks(token.text), token.exact, token.word, token.stems)

    def meant(self, token: AnalyzedToken) -> AnalyzedToken:
        """Return for a query's token in ى that of the word in ي for which it surely stands, with that word's text; the
        token itself if ى may be meant."""
        bare = strip_marks(token.text)
        if token.function or token.text[-1] != ar.ALEF_MAKSURA or len(token.word) < _LEAST_LETTERS:
            return token
        if not PLAIN_ARABIC.fullmatch(bare) or token.word in _NEVER:
            return token
        in_yeh = _in_yeh(bare)
        exact, word, keys = self._levels.levels(in_yeh)
        stems = tuple(keys.split(" "))
        if stems == token.stems and word == token.word:  # one lemma, whose other readings may differ
            meant = not ends_in_maksura(stems[0]) and is_mostly_yeh(self._levels.frequencies, exact, word)
        else:
            meant = " " not in word and self.listed(in_yeh) == ALONE
        return replace(token, text=_in_yeh(token.text), word=word, stems=stems) if meant else token

    def listed(self, in_yeh: str) -> str | None:
        """Return how a bare word in ي is read in ى by the list, where a particle of one letter may stand before it."""
        words = final_yeh_words()
        if in_yeh in words or in_yeh[0] not in _PARTICLES or in_yeh[1:] not in words:
            return words.get(in_yeh)
        with_particle, without = (self._levels.levels(form)[1:] for form in (in_yeh, in_yeh[1:]))
        return words[in_yeh[1:]] if with_particle == without else None

    def _find(self, bare: str, exact: str, word: str, stems: tuple[str, ...]) -> tuple[Reading, ...]:
        other = other_stem(self._levels, bare, word, stems)
        if other is None:
            return ()
        typed_maksura = bare[-1] == ar.ALEF_MAKSURA
        if self.listed(_in_yeh(bare)):
            return (Reading(other, WEIGHT, SOURCE),) if typed_maksura else ()
        if is_listed(stems[0]) and is_listed(other):
            return ()
        maksura = stems[0] if typed_maksura else other
        if ends_in_maksura(maksura):
            return ()
        if not is_listed(maksura):
            return (Reading(other, WEIGHT, SOURCE),)
        if not is_mostly_yeh(self._levels.frequencies, exact, word):
            return ()
        # The lexicon has the spelling in ى as a form of another word, whose other forms are not meant.
        return (Reading(other, WEIGHT, SOURCE) if typed_maksura else Reading(word, SAME, SOURCE, level="word"),)


def _in_yeh(word: str) -> str:
    return word[:-1] + ar.YEH


def other_stem(levels: WordLevels, bare: str, word: str, stems: tuple[str, ...]) -> str | None:
    """Return the first stem of a bare word with its final ى written ي, or ي written ى; None if it is one of the word's
    own or the word ends in neither. word, stems: its terms."""
    if bare[-1] not in _OTHER or not PLAIN_ARABIC.fullmatch(bare) or word in _NEVER:
        return None
    _, other, keys = levels.levels(bare[:-1] + _OTHER[bare[-1]])
    first = keys.split(" ")[0]
    return None if " " in other or first in stems else first  # some words lack a space in one spelling only


def is_mostly_yeh(frequencies: FrequencyTable, exact: str, word: str) -> bool:
    """Return whether news writes a word more often with ي than with ى, by its terms at these levels."""
    return not frequencies.spelling(exact if frequencies.count(exact) else word) & ALEF_MAKSURA_LAST


def ends_in_maksura(stem: str) -> bool:
    """Return whether a stem is a lemma of the lexicon that itself ends in ى: بشرى, مرسى, أعطى."""
    return is_listed(stem) and stem.rpartition("/")[0].endswith(_MAKSURA)
