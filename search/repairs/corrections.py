"""Proposes what a misspelled word may stand for: the words that writers' slips turn into it, each with its cost.

In: a folded word as typed, with its particles. Out: other folded words with costs, 0 for the likeliest slips, in units
of the logarithm of a frequency; whether they are words at all is for `slips.py` to find out. The candidates are those
of Norvig's spelling corrector (norvig.com/spell-correct.html), with costs for what Arabic newspapers mistype, letters
that sound or look alike, lengthened letters, and ال and لا exchanged in text taken out of PDF files, and for what
hands do: a letter is left out far more easily than one comes in that is neither on a key nearby nor typed twice.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain, combinations, pairwise
from typing import Final

from search.analysis.letters import ALEF, ARTICLE, FOLDED_ALPHABET, HAMZA, HEH, LAM, LONG_VOWELS, TEH, YEH
from search.repairs.keyboard import ARABIC_ROWS

_LATIN: Final = "abcdefghijklmnopqrstuvwxyz"
LONGEST, SHORTEST = 24, 3  # letters of a word that is corrected,
SHORTEST_LATIN: Final = 5  # and of one in Latin letters, of which shorter ones are abbreviations: cvd, btc
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
# The words of two letters behind which spaces are lost: لا بد, ما زال, أو حتى, إن شاء, مع الرئيس, بن سلمان.
SHORT_WORDS: Final = frozenset(
    ("لا", "ما", "لم", "لن", "من", "في", "عن", "او", "ان", "هل", "كل", "قد", "يا", "مع", "بن")
)

# What a slip costs.
_ALIKE_COST: Final = 0.0  # a letter for one that sounds like it, lengthened letters, ال for لا
_VOWEL_COST: Final = 1.0  # a long vowel or one of two equal letters left out or added; letters exchanged; dots
_LOST_COST: Final = 1.1  # any other letter left out; at the end a vowel too
_KEY_COST: Final = 1.5  # the key beside the right one
_ADDED_KEY_COST: Final = 2.0  # a letter added whose key is beside that of the letter before or behind
_OTHER_COST: Final = 3.5  # any other letter in place of the right one, or added; endings too, such as ي of الاستقلالي
_FIRST_COST: Final = 1.0  # more, if it is the first letter, in which people rarely err
_LETTER_COSTS: Final = (_VOWEL_COST, _LOST_COST, _KEY_COST, _ADDED_KEY_COST, _OTHER_COST)
#: All that a slip may cost, the cheapest first.
COSTS: Final = tuple(sorted({_ALIKE_COST, *_LETTER_COSTS, *(cost + _FIRST_COST for cost in _LETTER_COSTS)}))
_LETTERS_APART: Final = 2  # letters that only one of two words has of which one is a slip


def is_correctable(word: str) -> bool:
    """Return whether the word may be corrected: not a number, since every number is near others; not too short."""
    least = SHORTEST_LATIN if word.isascii() else SHORTEST
    return least <= len(word) <= LONGEST and not any(map(str.isdecimal, word))


def candidates(word: str, *, most: float = math.inf) -> dict[str, float]:
    """Return the words from which a slip leads to this one, each with the cost of the likeliest such slip.

    A slip leaves out, adds or replaces a letter, swaps two neighbours, lengthens letters (الارهااااب for الارهاب), or
    exchanges ال and لا wherever they are (االستقالل for الاستقلال). Words whose slip costs more than `most` are not
    made, which saves most of the time: they are by far the most.
    """
    if not is_correctable(word) or most < _ALIKE_COST:
        return {}
    found = dict(chain(_longer(word, most), _shorter(word, most), _replaced(word, most), _swapped(word, most)))
    found |= dict.fromkeys(_shortened(word), _ALIKE_COST)
    found |= dict.fromkeys(_with_lam_alef(word), _ALIKE_COST)
    found.pop(word, None)
    return found


def may_be_candidate(word: str, other: str) -> bool:
    """Return whether another word may be a candidate of a word: True for all that are, but for lengthened letters, and
    for few more."""
    return -1 <= len(word) - len(other) <= 1 and len(set(word) ^ set(other)) <= _LETTERS_APART


def has_lengthened(word: str) -> bool:
    """Return whether a word has lengthened letters."""
    return _LENGTHENED.search(word) is not None


def splits(word: str) -> list[tuple[str, str]]:
    """Return the pairs of words that are this one without a space between them: رئيسالوزراء is رئيس and الوزراء."""
    if not is_correctable(word):
        return []
    cuts = [(word[:at], word[at:]) for at in range(2, len(word) - LEAST_PART + 1)]
    return [(one, other) for one, other in cuts if len(one) >= LEAST_PART or one in SHORT_WORDS]


def _longer(word: str, most: float) -> Iterator[tuple[str, float]]:
    """Yield the words from which leaving out a letter leads to this one; of equal letters the last is left out."""
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        first = 0.0 if at else _FIRST_COST
        if first + _VOWEL_COST > most:
            continue
        letters = _letters(word) if first + _LOST_COST <= most else _cheap_letters(_letters(word), head[-1:])
        for letter in letters:
            if letter != tail[:1] and (cost := first + _cost_of_more(letter, head, tail, _LOST_COST)) <= most:
                yield head + letter + tail, cost


@lru_cache(maxsize=2**7)
def _cheap_letters(letters: str, before: str) -> str:
    """Return the letters of these whose slip may cost less than that of any other, behind this letter."""
    cheap = LONG_VOWELS + HAMZA + before
    return "".join(letter for letter in letters if letter in cheap)


def _shorter(word: str, most: float) -> Iterator[tuple[str, float]]:
    """Yield the words from which adding a letter leads to this one; of equal letters the last was added."""
    for at, letter in enumerate(word):
        head, tail = word[:at], word[at + 1 :]
        is_near = any(frozenset((letter, other)) in _NEIGHBOURING_KEYS for other in head[-1:] + tail[:1])
        added = _ADDED_KEY_COST if is_near else _OTHER_COST
        cost = (0.0 if at else _FIRST_COST) + _cost_of_more(letter, head, tail, added)
        if letter != tail[:1] and cost <= most:
            yield head + tail, cost


def _cost_of_more(letter: str, before: str, behind: str, other: float) -> float:
    """Return the cost of a letter that one of two words has more, between what both have; other: of most letters."""
    is_vowel = letter in LONG_VOWELS and behind
    return _VOWEL_COST if is_vowel or letter == HAMZA or before.endswith(letter) else other


def _replaced(word: str, most: float) -> Iterator[tuple[str, float]]:
    """Yield the words with another letter in one place."""
    for at, letter in enumerate(word):
        head, tail = word[:at], word[at + 1 :]
        for other, cost in _costs_instead(letter, _letters(word), first=not at, last=not tail, most=most):
            yield head + other + tail, cost


def _swapped(word: str, most: float) -> Iterator[tuple[str, float]]:
    """Yield the words with two neighbouring letters exchanged."""
    for at, (one, other) in enumerate(pairwise(word)):
        if (cost := _VOWEL_COST + (0.0 if at else _FIRST_COST)) <= most:
            yield word[:at] + other + one + word[at + 2 :], cost


def _letters(word: str) -> str:
    return _LATIN if word.isascii() else FOLDED_ALPHABET


@lru_cache(maxsize=2**11)
def _costs_instead(letter: str, letters: str, *, first: bool, last: bool, most: float) -> tuple[tuple[str, float], ...]:
    """Return what each other letter costs in the place of this one, the first or the last of the word."""
    more = _FIRST_COST if first else 0.0
    found = []
    for other in letters.replace(letter, ""):
        pair = frozenset((letter, other))
        if pair in _ALIKE:
            found.append((other, _ALIKE_COST))
        elif pair in _DOTTED or (last and pair in _ALIKE_LAST):
            found.append((other, _VOWEL_COST + more))
        else:
            found.append((other, more + (_KEY_COST if pair in _NEIGHBOURING_KEYS else _OTHER_COST)))
    return tuple((other, cost) for other, cost in found if cost <= most)


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
