"""Corrects the spelling of a word: finds words of the index that are one edit away from it, the likeliest first.

In: a folded word without particles, and a function that gives document frequencies. Out: corrections, all of which the
index has, so that a search for one always finds something. The candidates are those of Norvig's spelling corrector
(norvig.com/spell-correct.html). Called by `search/repairs/query_repairs.py`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from search.analysis.letters import FOLDED_ALPHABET

WordFrequencies = Callable[[Sequence[str]], list[int]]

_LATIN: Final = "abcdefghijklmnopqrstuvwxyz"
LONGEST, SHORTEST = 24, 3  # letters of a word that is corrected
# Letters that writers confuse: those of one string of _DOTS differ by dots only, of _SOUNDS they sound alike somewhere.
_DOTS: Final = ("بتثني", "جحخ", "دذ", "رز", "سش", "صض", "طظ", "عغ", "فق")
_SOUNDS: Final = ("ضظ", "ذز", "ثس", "صس", "تط", "دض", "قك", "حه", "ءا", "جغ", "قغ")
_ALIKE: Final = frozenset(frozenset(pair) for row in (*_DOTS, *_SOUNDS) for pair in combinations(row, 2))


@dataclass(frozen=True, slots=True)
class Correction:
    """A word of the index and its document frequency."""

    word: str
    frequency: int


def corrections(word: str, frequencies: WordFrequencies, *, least: int = 1, most: int = 3) -> list[Correction]:
    """Return at most `most` words that are one edit away and in at least `least` articles, the likeliest first.

    An edit inserts, deletes or replaces a letter, or swaps two neighbours. A number is never corrected: every number
    is one edit away from others, and none of them is likelier for being common.
    """
    if not SHORTEST <= len(word) <= LONGEST or any(map(str.isdecimal, word)):
        return []
    candidates = sorted(set(_edits(word)) - {word})
    counts = frequencies(candidates)
    found = [(_likelihood(word, other, n), other, n) for other, n in zip(candidates, counts, strict=True) if n >= least]
    return [Correction(other, n) for _, other, n in sorted(found, key=lambda row: (-row[0], row[1]))[:most]]


def far_commoner(typed: int, other: int) -> bool:
    """Return whether a word in `other` articles is far commoner than the typed one, which is in `typed` articles."""
    return typed <= 3 and other >= 10 * (typed + 1)


def split_in_two(word: str, frequencies: WordFrequencies) -> tuple[str, str] | None:
    """Split a word that was typed without the space between two words (رئيسالوزراء).

    Return the split whose rarer part is the commonest; None if in every split a part is in fewer than 3 articles.
    """
    if not 6 <= len(word) <= LONGEST:
        return None
    splits = range(3, len(word) - 2)
    firsts = frequencies([word[:i] for i in splits])
    seconds = frequencies([word[i:] for i in splits])
    best = max(zip(firsts, seconds, splits, strict=True), key=lambda row: min(row[0], row[1]))
    return (word[: best[2]], word[best[2] :]) if min(best[0], best[1]) >= 3 else None


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


def _likelihood(word: str, other: str, frequency: int) -> float:
    """Return the logarithm of the frequency less the cost of the edit."""
    return math.log(frequency) - _cost(word, other)


def _cost(word: str, other: str) -> float:
    """Return the cost of the edit: low for letters that are often confused, for swapped neighbours, and for a doubled
    letter or a long vowel that is missing or too many; high for an edit of the first letter."""
    differing = [(a, b) for a, b in zip(word, other, strict=False) if a != b]
    if len(word) == len(other):
        if len(differing) == 2:
            return 1.0
        if frozenset(differing[0]) in _ALIKE:
            return 0.0
        return 4.0 if word[0] != other[0] else 3.0
    longer, shorter = sorted((word, other), key=len, reverse=True)
    position = next((i for i, letter in enumerate(shorter) if longer[i] != letter), len(shorter))
    extra = longer[position]
    if extra in "اوي" or longer[position - 1 : position] == extra:
        return 1.0
    return 4.0 if position == 0 else 2.5
