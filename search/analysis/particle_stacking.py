"""Asks the counts whether a word stands behind particles that never stand before what its first letter may be.

In: a word and its count, from any table of counts. Out: how many of its uses show that its first letter is of the word.
Called by `particle_rules.py`, and by the program that builds the lemma table (`lexicon/building/hosts.py`).

No preposition stands behind a preposition, and neither و nor a preposition before ف (Ryding, A Reference Grammar of
Modern Standard Arabic, chapters 16 and 18). So ببابل shows that بابل (Babel) is no ب + ابل, and وفراس that فراس, a man,
is no ف + راس. Names above all are known by that: words that have no ال and no verb beside them.
"""

from collections.abc import Callable
from typing import Final

from search.analysis import letters as ar
from search.analysis.countries import COUNTRIES
from search.analysis.function_words import FUNCTION_WORDS

#: Particle → what never stands before it. Before ل all may: بل and ول begin words enough of their own.
_NEVER_BEFORE: Final = {
    ar.FEH: (ar.BEH, ar.LAM, ar.WAW),
    ar.BEH: (ar.BEH, ar.LAM),
    ar.KAF: (ar.BEH, ar.LAM),
}
_LEAST_SHARE: Final = 0.04  # of the word's count: names have twice as much, slips of typing a tenth
_BEFORE_FUNCTION_WORD: Final = 3.0  # times as much where the rest is one: فهم (هم) has it, فلها (لها) not
_HAMZAS: Final = frozenset(ar.ALEFS_WITH_HAMZA)


def behind_particles(word: str, count: Callable[[str], int]) -> int:
    """Return how often the word occurs behind what never stands before the particle that its first letter may be.

    What is commoner than half of the word is another word: كفلها (he supported her) says nothing of فلها.
    count: function from a word to how often it occurs, 0 if never
    """
    most = count(word) // 2
    found = (count(before + word) for before in _NEVER_BEFORE.get(word[0], ()))
    return sum(uses for uses in found if uses <= most)


def has_first_letter_of_its_own(word: str, written: str, count: Callable[[str], int]) -> bool:
    """Return whether a folded word stands behind such particles often enough to show that its first letter is none.

    written: the same word as typed. One with a hamza over its alef is left to other rules, since counts of folded words
    are mostly those of the word without: بآلة (by a machine) is not باله (his mind). So is a country: بروسيا is in
    Russia, or Prussia.
    """
    rest = word[1:]
    if rest in COUNTRIES or not _HAMZAS.isdisjoint(written):
        return False
    times = _BEFORE_FUNCTION_WORD if rest in FUNCTION_WORDS else 1.0
    return behind_particles(word, count) > times * _LEAST_SHARE * count(word)
