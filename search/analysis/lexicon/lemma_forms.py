"""The lemma table the other way round: which written and folded words have a lemma key.

In: a lemma table and a key. Out: words. Called by `search/analysis/stem_letters.py`, which asks for the few keys of a
query; so nothing is stored but the orders of the table's sets by key and of its words by set, 5 MB, sorted in 0.06 s.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from search.analysis.lexicon.layout import SET_MASK
from search.analysis.lexicon.lemmas import LemmaTable


class LemmaForms:
    """The words of each key of a table, and of the keys that equal_words.py joins to it. Safe to share between
    threads."""

    def __init__(self, lemmas: LemmaTable) -> None:
        self._lemmas = lemmas
        sections = lemmas.sections
        self._keys, self._words, self._folded = sections.keys, sections.words, sections.folded
        self._sets_by_key = _Sorted(np.asarray(sections.sets))
        self._words_by_set = _Sorted(np.asarray(sections.entries) & np.uint32(SET_MASK))

    def of(self, key: str) -> Iterator[str]:
        """Yield the words with this key, as written or as folded."""
        for each in (key, *self._lemmas.joined_to(key)):
            number = self._keys.get(each)
            for row in self._sets_by_key.having(number) if number is not None else ():
                yield from map(self._word, self._words_by_set.having(row // 2))

    def _word(self, number: int) -> str:
        written = len(self._words)
        word: str = self._words.restore_key(number) if number < written else self._folded.restore_key(number - written)
        return word


class _Sorted:
    """Where each value stands in an array."""

    def __init__(self, values: NDArray[np.uint32]) -> None:
        self._order = values.argsort(kind="stable").astype(np.int32)
        self._values = values[self._order]

    def having(self, value: int) -> list[int]:
        """Return the indices of this value."""
        first, end = self._values.searchsorted(np.array([value, value + 1], np.uint32))
        found: list[int] = self._order[first:end].tolist()
        return found
