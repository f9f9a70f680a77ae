"""Tells by arrays which of many words cannot be aligned cheaply with a word, so that few are aligned letter by letter.

In: a folded word, and other words as lines of `name_words.py`. Out: those of the words whose alignment may cost less
than the most that `alignment.py` allows. Called by `spelling_index.py`, which aligns these alone: one in twenty. It is
the same edit distance, one row of it for all words at once; where the cost of an edit depends on its place in the word
it takes the cheapest, so that no word is lost.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final, cast

import numpy as np
from numpy.typing import NDArray

from search.analysis import letters as ar
from search.analysis.names.alignment import EQUIVALENTS, Costs
from search.analysis.names.edits import kind
from search.analysis.weak_methods import weakly

_LETTERS: Final = ar.FOLDED_ALPHABET  # the first of them has the number 1
_PAD: Final = 0  # the number of what stands behind the last letter of a word
_OTHER: Final = len(_LETTERS) + 1  # that of any other character
_TAB: Final = _OTHER + 1  # that of a tab, which is in no word
_SIZE: Final = _OTHER + 1
_BITS: Final = np.array([0, *(1 << place for place in range(_OTHER)), 0], dtype=np.uint32)  # a bit for each letter
_HOW_MANY: Final = np.unpackbits(np.arange(2**16, dtype=np.uint16).view(np.uint8)).reshape(-1, 16).sum(1, np.uint8)
_POINTS: Final = 0x700  # characters from here on are no letters of a folded word
_KINDS: Final = "VHC-"
_SAME: Final = len(_KINDS)  # the kind of a letter before that is the same letter
_PLACES: Final = ("first", "inside", "last")
_SLACK: Final = 0.001  # what rounding may add to a sum of costs
# Places of letters behind which words that cannot come near any more are let go, if they are more than half.
_SORTED_OUT: Final = (3, 5)
_REMEMBERED: Final = 2**11  # letters and pairs of letters of which the costs are remembered

Numbers = NDArray[np.uint8]
Sums = NDArray[np.float32]
Offsets = NDArray[np.int64]
Flags = NDArray[np.bool_]


class AlignmentBounds:
    """Tells words apart by these costs. Safe to share between threads.

    most_cost: words whose cheapest alignment costs that or more are left out
    """

    def __init__(self, costs: Costs, *, most_cost: float) -> None:
        self._costs = costs
        self._most = most_cost + _SLACK
        self._numbers = np.full(_POINTS, _OTHER, dtype=np.uint8)
        self._numbers[[ord(letter) for letter in _LETTERS]] = np.arange(1, _OTHER)
        self._numbers[ord("\t")] = _TAB
        self._article = [self._numbers[ord(letter)] for letter in ar.ARTICLE]
        self._kinds = np.array([_KINDS.index(kind(letter)) for letter in ("", *_LETTERS, "")])
        self._drops = self._costs_of_drops()
        self._swaps = lru_cache(_REMEMBERED)(weakly(self._costs_of_swaps))
        self._clusters = lru_cache(_REMEMBERED)(weakly(self._costs_of_clusters))

    def likely(self, word: str, lines: Iterable[str], *, least: int, apart: int) -> list[str]:
        """Return those of the words of these lines that the word may be aligned with at little cost.

        lines: words and their counts in turn, between tabs. least: how many letters a word has at least. apart: how
        many letters more or fewer it may have, and how many may be in it alone, or in the word asked for alone.
        """
        text = "\t".join(lines)
        numbers = self._numbers_of(text)
        begins, ends = _words_of(numbers)
        lengths = ends - begins
        near = (lengths >= least) & (abs(lengths - len(word)) <= apart)
        begins, ends, lengths = begins[near], ends[near], lengths[near]
        asked = self._numbers_of(word)
        if len(begins) and _OTHER not in asked:
            others = _letters_of(numbers, begins, lengths)
            likely = _few_apart(asked, others, apart)
            likely[likely] = self._are_likely(word, others[:, likely], lengths[likely])
            begins, ends = begins[likely], ends[likely]
        return [text[begin:end] for begin, end in zip(begins.tolist(), ends.tolist(), strict=True)]

    def _are_likely(self, word: str, others: Numbers, lengths: Offsets) -> Flags:
        """Return for each of the others whether some alignment costs little, or it has other characters than letters.

        In each row item j is what it costs to align the letters before a place of the word with the first j of another
        word.
        """
        likely = (others == _OTHER).any(axis=0)
        left = np.flatnonzero(~likely)
        others, lengths = others[:, left], lengths[left]
        drops = _sums_of(self._drops_of(others))
        row, after, second = (np.full(others.shape, np.inf, dtype=np.float32) for _ in range(3))
        row[0] = 0
        row[2, (others[0] == self._article[0]) & (others[1] == self._article[1])] = self._costs.article[0]
        if word.startswith(ar.ARTICLE):
            second[0] = self._costs.article[0]
        for at in range(len(word)):
            _leave_out(row, drops)
            self._take_letter(word, at, others, row, after, second)
            previous, row, after, second = row, after, second, np.full_like(second, np.inf)
            if at not in _SORTED_OUT:
                continue
            alive = np.minimum(previous.min(axis=0), row.min(axis=0)) < self._most
            if np.count_nonzero(alive) * 2 < len(left):
                left, others, lengths = left[alive], others[:, alive], lengths[alive]
                drops, row, after, second = (each[:, alive] for each in (drops, row, after, second))
        _leave_out(row, drops)
        likely[left] = row[lengths, np.arange(len(left))] < self._most
        return cast(Flags, likely)

    def _take_letter(self, word: str, at: int, others: Numbers, row: Sums, after: Sums, second: Sums) -> None:
        """Lower the next two rows to what it costs to come there from this one."""
        letter, before, behind = word[at], word[at - 1 : at] if at else "", word[at + 1 : at + 2]
        letters = others[:-1]
        np.minimum(after, row + np.float32(self._costs.drops[letter, before, behind][0]), out=after)
        _lower(after, row, self._swaps(letter, bool(at and behind))[letters])
        for written, to in ((letter, after), (letter + behind, second)):
            one, two = self._clusters(written)
            if one is not None:
                _lower(to, row, one[letters])
            if two is not None:
                _lower(to, row, two[others[:-2], others[1:-1]])

    def _numbers_of(self, text: str) -> Numbers:
        points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        return self._numbers[np.minimum(points, _POINTS - 1)]

    def _drops_of(self, others: Numbers) -> Sums:
        """Return what it costs to leave out each letter of the words."""
        letters, before = others[:-1], np.concatenate((np.zeros_like(others[:1]), others[:-2]))
        kinds = np.where(before == letters, _SAME, self._kinds[before])
        return cast(Sums, self._drops[letters, kinds, self._kinds[others[1:]]])

    def _costs_of_drops(self) -> Sums:
        """Return what it costs to leave out a letter: by its number, the kind of that before it and of that behind."""
        table = np.zeros((_SIZE, _SAME + 1, len(_KINDS)), dtype=np.float32)
        for number, letter in enumerate(_LETTERS, 1):
            some = {kind(other): other for other in ("", *_LETTERS) if other != letter}
            for before, first in enumerate((*(some[each] for each in _KINDS), letter)):
                for behind, each in enumerate(_KINDS):
                    table[number, before, behind] = self._costs.drops[letter, first, some[each]][0]
        return table

    def _costs_of_swaps(self, letter: str, inside: bool) -> Sums:
        """Return what it costs to write each letter, by its number, for this one; inside: of the word."""
        places = ("inside",) if inside else _PLACES
        table = np.zeros(_SIZE, dtype=np.float32)
        for number, other in enumerate(_LETTERS, 1):
            if other != letter:
                table[number] = min(self._costs.swaps[letter, other, place][0] for place in places)
        return table

    def _costs_of_clusters(self, written: str) -> tuple[Sums | None, Sums | None]:
        """Return what it costs to write each letter, by its number, and each pair of letters, for a letter or cluster;
        None where that is no edit."""
        one, two = (np.full(shape, np.inf, dtype=np.float32) for shape in ((_SIZE,), (_SIZE, _SIZE)))
        others = EQUIVALENTS.get(written, frozenset())
        for other in others:
            place = tuple(_LETTERS.index(letter) + 1 for letter in other)
            table = one if len(other) == 1 else two
            table[place] = min(self._costs.swaps[written, other, each][0] for each in _PLACES)
        sizes = set(map(len, others))
        return (one if 1 in sizes else None), (two if len(ar.ARTICLE) in sizes else None)


def _words_of(numbers: Numbers) -> tuple[Offsets, Offsets]:
    """Return where the words of joined lines begin and end."""
    tabs = np.flatnonzero(numbers == _TAB)
    return np.concatenate((np.zeros(min(len(tabs), 1), dtype=np.int64), tabs[1::2] + 1)), tabs[::2]


def _letters_of(numbers: Numbers, begins: Offsets, lengths: Offsets) -> Numbers:
    """Return a row of letters for each place of a word, and one behind the longest."""
    places = np.arange(int(lengths.max()) + 1)[:, None]
    behind = np.concatenate((numbers, np.zeros(len(places), dtype=np.uint8)))
    return np.where(places < lengths, behind[begins + places], np.uint8(_PAD))


def _few_apart(asked: Numbers, others: Numbers, apart: int) -> Flags:
    """Return for each of the others whether so few different letters are in it alone, or not in it."""
    own = np.bitwise_or.reduce(_BITS[asked])
    theirs = np.bitwise_or.reduce(_BITS[others], axis=0)
    return (_count(own & ~theirs) <= apart) & (_count(theirs & ~own) <= apart)


def _count(bits: NDArray[np.uint32]) -> Numbers:
    """Return how many bits each number has."""
    return cast(Numbers, _HOW_MANY[bits & 0xFFFF] + _HOW_MANY[bits >> 16])


def _sums_of(drops: Sums) -> Sums:
    """Return what it costs to leave out the letters before each place, and before the end."""
    sums = np.zeros((len(drops) + 1, drops.shape[1]), dtype=np.float32)
    np.cumsum(drops, axis=0, out=sums[1:])
    return sums


def _leave_out(row: Sums, drops: Sums) -> None:
    """Lower the items of a row to what it costs where letters that only the other word has are left out as well.

    drops: what it costs to leave out all letters before each item
    """
    row -= drops
    np.minimum.accumulate(row, axis=0, out=row)
    row += drops


def _lower(to: Sums, row: Sums, costs: Sums) -> None:
    """Lower the items of a row to what it costs to come there from another row, as many items back as have no costs."""
    by = len(row) - len(costs)
    np.minimum(to[by:], row[:-by] + costs, out=to[by:])
