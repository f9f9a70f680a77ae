"""The words of an archive that may be names, with the number of articles that have each, looked up by skeleton.

In: the words and counts (`NameWords`), or lines that `lines` made of such words and a file has kept (`StoredWords`).
Out: the words that have a skeleton. `spelling_index.py` compares them with the word of a query. Lines need not be read
as a whole: a search asks for a few hundred skeletons, of tens of thousands.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain
from types import MappingProxyType
from typing import Final, Protocol

from search.analysis.names.skeletons import skeleton
from search.analysis.weak_methods import weakly

_TAB: Final = "\t"
_REMEMBERED: Final = 2**14  # skeletons whose words are remembered
_NONE: Final[Mapping[str, int]] = MappingProxyType({})


class WordsBySkeleton(Protocol):
    """Words with their counts."""

    def __len__(self) -> int:
        """How many words there are."""

    def alike(self, skeleton: str) -> Mapping[str, int]:
        """Return the words that have this skeleton → the articles that have each."""

    def line(self, skeleton: str) -> str:
        """Return these words, each with its articles behind it, between tabs; "" if there are none."""


class NameWords:
    """Words in memory."""

    def __init__(self, words: Iterable[tuple[str, int]] = ()) -> None:
        self._by_skeleton: defaultdict[str, dict[str, int]] = defaultdict(dict)
        self.add(words)

    def __len__(self) -> int:
        return sum(map(len, self._by_skeleton.values()))

    def add(self, words: Iterable[tuple[str, int]]) -> None:
        """Add words with their article counts; a word that is there already gets the new count."""
        for word, count in words:
            self._by_skeleton[skeleton(word)][word] = count

    def alike(self, skeleton: str) -> Mapping[str, int]:
        """See `WordsBySkeleton`."""
        return self._by_skeleton.get(skeleton, _NONE)

    def line(self, skeleton: str) -> str:
        """See `WordsBySkeleton`."""
        return _line(skeleton, self.alike(skeleton))[len(skeleton) + 1 :]


class StoredWords:
    """Words as `lines` wrote them. Raises ValueError, here or later, for lines that are none."""

    def __init__(self, content: str) -> None:
        self._lines = content.split("\n") if content else []
        self._words = sum(line.count(_TAB) for line in self._lines) // 2
        self.alike = lru_cache(_REMEMBERED)(weakly(self._look_up))

    def __len__(self) -> int:
        return self._words

    def items(self) -> Iterator[tuple[str, int]]:
        """Yield every word with its count."""
        return chain.from_iterable(_read(line.partition(_TAB)[2]).items() for line in self._lines)

    def lines_with(self, words: Iterable[tuple[str, int]]) -> str:
        """Return the lines of these words and others, as `lines` would write them."""
        made, added = list(self._lines), defaultdict[str, dict[str, int]](dict)
        for word, count in words:
            added[skeleton(word)][word] = count
        for key in added:
            at = bisect_left(made, key + _TAB)
            there = at < len(made) and made[at].startswith(key + _TAB)
            known = _read(made[at][len(key) + 1 :]) if there else {}
            made[at : at + there] = [_line(key, known | added[key])]
        return "\n".join(made)

    def line(self, skeleton: str) -> str:
        """See `WordsBySkeleton`."""
        key = skeleton + _TAB
        at = bisect_left(self._lines, key)
        found = at < len(self._lines) and self._lines[at].startswith(key)
        return self._lines[at][len(key) :] if found else ""

    def _look_up(self, skeleton: str) -> Mapping[str, int]:
        line = self.line(skeleton)
        return _read(line) if line else _NONE


def lines(words: Iterable[tuple[str, int]]) -> str:
    """Return the words, a line for each skeleton in order: it, then each word and its count, all between tabs."""
    by_skeleton: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for word, count in words:
        by_skeleton[skeleton(word)][word] = count
    return "\n".join(_line(key, by_skeleton[key]) for key in sorted(by_skeleton))


def _line(key: str, words: Mapping[str, int]) -> str:
    return _TAB.join((key, *(part for word in sorted(words) for part in (word, str(words[word])))))


def _read(line: str) -> dict[str, int]:
    row = line.split(_TAB)
    return dict(zip(row[::2], map(int, row[1::2]), strict=True))
