"""The letters that all words of a lemma key have in common, read in place from a memory-mapped file.

In: a lemma table, and a key. Out: letters. The file stands beside the table and is made from it by
`building/collect_letters.py`; one that was made from another table is not read. Called by
`search/analysis/stem_letters.py`.
"""

from __future__ import annotations

import mmap
import sys
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from search.analysis.letters import FOLDED_ALPHABET
from search.analysis.lexicon.lemmas import LemmaTable

SUFFIX: Final = ".letters"
_BITS: Final = {letter: 1 << at for at, letter in enumerate(FOLDED_ALPHABET)}
_REMEMBERED: Final = 2**13  # numbers whose letters are remembered
_ALL: Final = (1 << len(FOLDED_ALPHABET)) - 1
_BYTES: Final = 4  # of the number of each key, in the order of the keys' ids; before them the table's fingerprint


class LemmaLetters:
    """The common letters of the keys of one table. Safe to share between threads."""

    def __init__(self, lemmas: LemmaTable, content: memoryview) -> None:
        self._lemmas = lemmas
        self._id_of = lemmas.sections.keys.get
        self._masks = content[len(lemmas.fingerprint) :].cast("I")

    @classmethod
    def beside(cls, lemmas: LemmaTable) -> LemmaLetters | None:
        """Return the letters that stand beside this table; None if there are none, or those of another table.

        The numbers are read in the order of bytes of the machine, so one that has the highest byte first has none.
        """
        if sys.byteorder != "little":
            return None
        try:
            with lemmas.path.with_suffix(SUFFIX).open("rb") as file:
                content = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        except (OSError, ValueError):
            return None
        fingerprint = lemmas.fingerprint.encode("ascii")
        sound = len(content) == len(fingerprint) + _BYTES * len(lemmas.sections.keys)
        return cls(lemmas, content) if sound and content[: len(fingerprint)] == fingerprint else None

    def of(self, key: str) -> frozenset[str]:
        """Return the folded letters that stand in all words of a key, and of the keys that equal_words.py joins to it;
        none of a key that the table lacks."""
        mask = _ALL
        known = False
        for each in (key, *self._lemmas.joined_to(key)):
            number = self._id_of(each)
            if number is not None:
                mask &= self._masks[number]
                known = True
        return _letters(mask) if known else frozenset()


@lru_cache(maxsize=_REMEMBERED)
def _letters(mask: int) -> frozenset[str]:
    return frozenset(letter for letter, bit in _BITS.items() if mask & bit)


def mask_of(letters: Iterable[str]) -> int:
    """Return the number that stands for the folded letters among these."""
    mask = 0
    for letter in letters:
        mask |= _BITS.get(letter, 0)
    return mask


def packed(fingerprint: str, masks: Iterable[int]) -> bytes:
    """Return the bytes of a file. masks: of each key of the table, by its id."""
    return fingerprint.encode("ascii") + b"".join(mask.to_bytes(_BYTES, "little") for mask in masks)
