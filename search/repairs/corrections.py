"""Proposes what a misspelled word may stand for: the words that writers' slips turn into it, each with its cost.

In: a folded word as typed, with its particles. Out: other folded words with costs, 0 for the likeliest slips, in units
of the logarithm of a frequency; whether they are words at all is for `slips.py` to find out. The candidates are those
of Norvig's spelling corrector (norvig.com/spell-correct.html), with costs for what Arabic newspapers mistype: letters
that sound or look alike, lengthened letters, and ال and لا exchanged in text taken out of PDF files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations, pairwise
from typing import Final

from search.analysis.letters import ALEF, ARTICLE, FOLDED_ALPHABET, HAMZA, HEH, LAM, LONG_VOWELS, TEH, YEH
from search.repairs.keyboard import ARABIC_ROWS

_LATIN: Final = "abcdefghijklmnopqrstuvwxyz"
LONGEST, SHORTEST = 24, 3  # letters of a word that is corrected
LEAST_PART: Final = 3  # letters of a part of a word that lacks a space, unless it is a short word
# Letters that writers confuse: those of one string of _SOUNDS sound alike, of _DOTS they differ by dots, or sound alike
# in some countries only.
_DOTS: Final = ("بتثني", "جحخ", "دذ", "رز", "سش", "صض", "طظ", "عغ", "فق", "ءا", "حه", "قك", "جغ", "قغ")
_SOUNDS: Final = ("ضظ", "ذز", "ثس", "صس", "تط", "دض", "دذ")
_ALIKE: Final = frozenset(map(frozenset, _SOUNDS))
_DOTTED: Final = frozenset(frozenset(pair) for row in _DOTS for pair in combinations(row, 2))
# Letters that are confused at the end of a word: اندثرة for اندثرت, مستشفا for مستشفى.
_ALIKE_LAST: Final = frozenset(map(frozenset, (HEH + TEH, HEH + ALEF, ALEF + YEH)))
_NEIGHBOURING_KEYS: Final = frozenset(frozenset(pair) for row in ARABIC_ROWS for pair in pairwise(row))
_LAM_ALEF: Final = LAM + ALEF
_LENGTHENED: Final = re.compile(r"(.)\1{2,}")
_DOUBLED: Final = re.compile(r"(.)\1")
# The first words before which spaces are lost: لا بد, ما زال, أو حتى, إن شاء.
_SHORT_WORDS: Final = frozenset(("لا", "ما", "لم", "لن", "من", "في", "عن", "او", "ان", "هل", "كل", "قد", "يا"))

# What a slip costs.
_ALIKE_COST: Final = 0.0  # a letter for one that sounds like it, lengthened letters, ال for لا
_VOWEL_COST: Final = 1.0  # a long vowel or one of two equal letters left out or added; letters exchanged; dots
_KEY_COST: Final = 2.0  # the key beside the right one
_LETTER_COST: Final = 2.5  # any other letter left out or added; endings too, such as ي of الاستقلالي
_OTHER_COST: Final = 3.0  # any other letter in place of the right one
_FIRST_COST: Final = 1.5  # more, if it is the first letter, in which people rarely err


def is_correctable(word: str) -> bool:
    """Return whether the word may be corrected: not a number, since every number is near others; not too short."""
    return SHORTEST <= len(word) <= LONGEST and not any(map(str.isdecimal, word))


def candidates(word: str) -> dict[str, float]:
    """Return the words from which a slip leads to this one, each with the cost of the likeliest such slip.

    A slip leaves out, adds or replaces a letter, swaps two neighbours, lengthens letters (الارهااااب for الارهاب), or
    exchanges ال and لا wherever they are (االستقالل for الاستقلال).
    """
    if not is_correctable(word):
        return {}
    found = {other: _cost(word, other) for other in _edits(word)}
    found |= dict.fromkeys(_shortened(word), _ALIKE_COST)
    found |= dict.fromkeys(_with_lam_alef(word), _ALIKE_COST)
    found.pop(word, None)
    return found


def splits(word: str) -> list[tuple[str, str]]:
    """Return the pairs of words that are this one without a space between them: رئيسالوزراء is رئيس and الوزراء."""
    if not is_correctable(word):
        return []
    cuts = [(word[:at], word[at:]) for at in range(2, len(word) - LEAST_PART + 1)]
    return [(one, other) for one, other in cuts if len(one) >= LEAST_PART or one in _SHORT_WORDS]


def _edits(word: str) -> Iterator[str]:
    """Yield every string one edit away from the word, some of them several times."""
    letters = _LATIN if word.isascii() else FOLDED_ALPHABET
    for i in range(len(word) + 1):
        head, tail = word[:i], word[i:]
        yield from (head + letter + tail for letter in letters)
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in letters)
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]


def _shortened(word: str) -> Iterator[str]:
    """Yield the word with its lengthened letters written once, and written twice."""
    if _LENGTHENED.search(word):
        yield _DOUBLED.sub(r"\1", _LENGTHENED.sub(r"\1\1", word))
        yield _LENGTHENED.sub(r"\1", word)
        yield _LENGTHENED.sub(r"\1\1", word)


def _with_lam_alef(word: str) -> Iterator[str]:
    """Yield the word as it was before a PDF reader swapped the two letters of its ligatures لا."""
    if word.startswith(ALEF + ARTICLE):  # االشتراك: the lam of the article and the alef behind it
        yield ARTICLE + ALEF + word[3:]
        yield ARTICLE + ALEF + word[3:].replace(ARTICLE, _LAM_ALEF)
    elif ARTICLE in word[1:]:  # خالل, اإلصالح
        yield word[0] + word[1:].replace(ARTICLE, _LAM_ALEF)
        yield word[:2] + word[2:].replace(ARTICLE, _LAM_ALEF)


def _cost(word: str, other: str) -> float:
    """Return the cost of the edit that made `word` of `other`."""
    if len(word) == len(other):
        return _cost_of_replacing(word, other)
    longer, shorter = sorted((word, other), key=len, reverse=True)
    position = next((i for i, letter in enumerate(shorter) if longer[i] != letter), len(shorter))
    extra = longer[position]
    first = _FIRST_COST if position == 0 else 0.0
    is_doubled = longer[position - 1 : position] == extra
    is_vowel = extra in LONG_VOWELS and position < len(shorter)
    return first + (_VOWEL_COST if is_vowel or is_doubled or extra == HAMZA else _LETTER_COST)


def _cost_of_replacing(word: str, other: str) -> float:
    differing = [at for at, (one, two) in enumerate(zip(word, other, strict=True)) if one != two]
    if not differing:
        return 0.0
    at = differing[0]
    first = _FIRST_COST if at == 0 else 0.0
    pair = frozenset((word[at], other[at]))
    if len(differing) == 2:
        return _VOWEL_COST + first
    if pair in _ALIKE:
        return _ALIKE_COST
    if pair in _DOTTED or (at == len(word) - 1 and pair in _ALIKE_LAST):
        return _VOWEL_COST + first
    return first + (_KEY_COST if pair in _NEIGHBOURING_KEYS else _OTHER_COST)
