"""Words of the index that a mistyped word may have meant.

In: a folded, particle-free word and the index's document frequencies. Out: candidates, best first. The index itself is
the dictionary, so a correction always finds something. Called by `search/repairs/readings.py` and for "did you mean".
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

Frequencies = Callable[[Sequence[str]], list[int]]

_ARABIC: Final = "ءابتثجحخدذرزسشصضطظعغفقكلمنهوي"
_LATIN: Final = "abcdefghijklmnopqrstuvwxyz"
LONGEST, SHORTEST = 24, 3  # letters of a word that corrections are sought for
# Letters mistaken for each other: those that differ by dots alone look alike, the others sound alike in some dialect.
_DOTS: Final = ("بتثني", "جحخ", "دذ", "رز", "سش", "صض", "طظ", "عغ", "فق")
_SOUNDS: Final = ("ضظ", "ذز", "ثس", "صس", "تط", "دض", "قك", "حه", "ءا", "جغ", "قغ")
_ALIKE: Final = frozenset(frozenset(pair) for row in (*_DOTS, *_SOUNDS) for pair in combinations(row, 2))


@dataclass(frozen=True, slots=True)
class Correction:
    """A word of the index and in how many articles it stands."""

    word: str
    frequency: int


def corrections(word: str, frequencies: Frequencies, *, least: int = 1, most: int = 3) -> list[Correction]:
    """Words one letter away that stand in at least `least` articles, the likeliest first, at most `most`."""
    if not SHORTEST <= len(word) <= LONGEST:
        return []
    candidates = sorted(set(_edits(word)) - {word})
    counts = frequencies(candidates)
    found = [(_likelihood(word, other, n), other, n) for other, n in zip(candidates, counts, strict=True) if n >= least]
    return [Correction(other, n) for _, other, n in sorted(found, key=lambda row: (-row[0], row[1]))[:most]]


def far_commoner(typed: int, other: int) -> bool:
    """Whether a form in `other` articles is worth proposing for one typed that stands in `typed`."""
    return typed <= 3 and other >= 10 * (typed + 1)


def split_in_two(word: str, frequencies: Frequencies) -> tuple[str, str] | None:
    """The word as two words of the index whose space was lost (رئيسالوزراء), both as common as can be."""
    if not 6 <= len(word) <= LONGEST:
        return None
    places = range(3, len(word) - 2)
    firsts = frequencies([word[:i] for i in places])
    seconds = frequencies([word[i:] for i in places])
    best = max(zip(firsts, seconds, places, strict=True), key=lambda row: min(row[0], row[1]))
    return (word[: best[2]], word[best[2] :]) if min(best[0], best[1]) >= 3 else None


def _edits(word: str) -> Iterator[str]:
    letters = _LATIN if word.isascii() else _ARABIC
    for i in range(len(word) + 1):
        head, tail = word[:i], word[i:]
        yield from (head + letter + tail for letter in letters)
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in letters)
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]


def _likelihood(word: str, other: str, frequency: int) -> float:
    """Common words first; a doubled or missing vowel, swapped neighbours and letters that sound alike cost little."""
    return math.log(frequency) - _cost(word, other)


def _cost(word: str, other: str) -> float:
    differing = [(a, b) for a, b in zip(word, other, strict=False) if a != b]
    if len(word) == len(other):
        if len(differing) == 2:
            return 1.0
        if frozenset(differing[0]) in _ALIKE:
            return 0.0
        return 4.0 if word[0] != other[0] else 3.0
    longer, shorter = sorted((word, other), key=len, reverse=True)
    place = next((i for i, letter in enumerate(shorter) if longer[i] != letter), len(shorter))
    extra = longer[place]
    if extra in "اوي" or longer[place - 1 : place] == extra:
        return 1.0
    return 4.0 if place == 0 else 2.5
