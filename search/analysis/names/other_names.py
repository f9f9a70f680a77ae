"""Tells from two words alone that they are different names, although a few edits turn one into the other.

In: two folded words that `spelling_index.py` takes for spellings of one name. Out: whether they are different names.
Called by `search/results/spelling_variants.py`. The index itself does not ask it: it compares words that are known to
be foreign names, whereas an archive is full of Arabic words and names that no lexicon has.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from search.analysis import letters as ar
from search.analysis.names.known_pairs import known_names
from search.analysis.names.latin_spellings import bundled

# Pharyngeal consonants, which hardly any language outside Arabic's family has, so that foreign names are written
# without them and a word that has one is of another name: عنقري (al-Anqari) is not أنقرة, nor شحماني شاماني. Source of
# this and of the next: K. C. Ryding, A Reference Grammar of Modern Standard Arabic (2005), chapter 2, on consonants.
_PHARYNGEALS: Final = ar.AIN + ar.HAH
_SOFT: Final = frozenset(ar.LONG_VOWELS + ar.HEH + ar.HAMZA)  # letters that come and go between spellings
# Emphatic consonants that transcribers rarely write for plain ones → the plain ones. ط and ق are common for t and k.
_EMPHATICS: Final = {ar.SAD: ar.SEEN, ar.DAD: ar.DAL}
_PLAIN: Final = str.maketrans(_EMPHATICS)
_BEHIND: Final = 4.0  # a word writes an English name if the likeliest spelling is at most e to this power as probable
_REMEMBERED: Final = 256  # English names whose readings are remembered


def are_different_names(word: str, other: str) -> bool:
    """Return whether two similar folded words are different names.

    They are one name if the list of known names has one English name for both. Else they are different if ع and ح do
    not stand at the same places in both. If they differ in ص or ض and in something else, or if the list has both
    (بورما is Burma, بارما Parma), they are different unless an English name of one may be written as the other word.
    Raises LexiconError.
    """
    of_arabic = known_names().of_arabic
    english, english_of_other = of_arabic.get(word, ()), of_arabic.get(other, ())
    if not set(english).isdisjoint(english_of_other):
        return False
    if _pharyngeals(word) != _pharyngeals(other):
        return True
    if (english and english_of_other) or _differ_in_emphatics(word, other):
        return not (_may_write(english, other) or _may_write(english_of_other, word))
    return False


def _pharyngeals(word: str) -> list[tuple[int, str]]:
    """Return the pharyngeals of a word, each with the number of consonants before it."""
    consonants = (letter for letter in word if letter not in _SOFT)
    return [(place, letter) for place, letter in enumerate(consonants) if letter in _PHARYNGEALS]


def _differ_in_emphatics(word: str, other: str) -> bool:
    """Return whether an emphatic is in one of the words only, and is not all that they differ in.

    صامويل and سامويل are one name; سافيولا (Saviola) and صافولا (Savola) are not, nor صويص and السويس.
    """
    apart = sum(abs(word.count(emphatic) - other.count(emphatic)) for emphatic in _EMPHATICS)
    return apart > 1 or (apart == 1 and word.translate(_PLAIN) != other.translate(_PLAIN))


def _may_write(english: tuple[str, ...], word: str) -> bool:
    """Return whether one of the English names is plausibly written as this word."""
    return any(word in _plausible_spellings(name) for name in english)


@lru_cache(_REMEMBERED)
def _plausible_spellings(name: str) -> frozenset[str]:
    return frozenset(reading.word for reading in bundled().readings(name) if reading.behind <= _BEHIND)
