"""The words of one index that may write a foreign name, and for each the other spellings of the same name.

In: (folded word, how many articles have it) for the words that pass the gate, once; then one word a query. Out: its
other spellings, likeliest first. Called by the query rewriter, which adds them below the literal word, and by
`kashaf analyze --name-keys`. Built in memory when an index first needs it: see `SpellingIndex`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from search.analysis.fold import fold, strip_marks
from search.analysis.names.edits import FAR, EditWeights
from search.analysis.names.skeletons import nearby, skeleton

LEAST_LETTERS: Final = 3  # two letters are an abbreviation or a fragment, and near everything
PLAUSIBLE: Final = -0.85  # log-odds of 0.3: from here another spelling is a rival, whichever wins
_ACCEPTED: Final = 0.0
_MOST_RIVALS: Final = 8
_LETTERS_APART: Final = 3  # kinds of letters that only one of two spellings has: more hardly ever are one name
_LENGTHS_APART: Final = 2
_REMEMBERED: Final = 50_000


def rivals_label(rivals: int) -> str:
    """Return the label of a pair whose two words have so many other plausible spellings."""
    return f"rivals {min(rivals, _MOST_RIVALS)}"


@dataclass(frozen=True, slots=True)
class Spelling:
    """Another spelling of a name: its folded form, how many articles have it, and the log-odds that it is the name."""

    word: str
    count: int
    log_odds: float


class SpellingIndex:
    """The candidate words of one index, by consonant skeleton.

    Costs some 0.3 s and 25 MB for 100,000 words; a look-up compares the word with a few dozen others. Words can be
    added at any time. Not written to disk: building it anew costs less than keeping a file in step with the index.
    """

    def __init__(self, words: Iterable[tuple[str, int]] = (), *, weights: EditWeights | None = None) -> None:
        self._weights = weights or EditWeights.load()
        self._counts: dict[str, int] = {}
        self._by_skeleton: defaultdict[str, list[str]] = defaultdict(list)
        self._plausible: dict[str, dict[str, float]] = {}
        self.add(words)

    def __len__(self) -> int:
        return len(self._counts)

    def __contains__(self, word: str) -> bool:
        return word in self._counts

    def add(self, words: Iterable[tuple[str, int]]) -> None:
        """Add words with their article counts; a word that is there already gets the new count."""
        for word, count in words:
            if len(word) >= LEAST_LETTERS and word not in self._counts:
                self._by_skeleton[skeleton(word)].append(word)
            self._counts[word] = count
        self._plausible.clear()

    def spellings(self, word: str) -> list[Spelling]:
        """Return the other spellings of a folded word's name, likeliest first; [] for a word of two letters or less."""
        found = (
            Spelling(other, self._counts[other], odds)
            for other in self._rivals(word)
            if (odds := self.log_odds(word, other)) >= _ACCEPTED
        )
        return sorted(found, key=lambda spelling: (-spelling.log_odds, spelling.word))

    def log_odds(self, word: str, other: str) -> float:
        """Return the log-odds that two words write one name, in the company of this index's other words.

        The fewer other words either could be, the likelier it is this one: Fellegi and Sunter's prior, learned.
        """
        ours, theirs = self._rivals(word), self._rivals(other)
        raw = ours.get(other)
        if raw is None:
            return -FAR
        rivals = len(ours.keys() - {other}) + len(theirs.keys() - {word})
        return raw + self._weights.weight(rivals_label(rivals))

    def candidates(self, word: str) -> Iterator[str]:
        """Yield the other words that are worth comparing: near in skeleton, in length and in letters used."""
        letters, length = frozenset(word), len(word)
        for near in nearby(skeleton(word)):
            for other in self._by_skeleton.get(near, ()):
                if (
                    -_LENGTHS_APART <= len(other) - length <= _LENGTHS_APART
                    and len(letters.symmetric_difference(other)) <= _LETTERS_APART
                    and other != word
                ):
                    yield other

    def _rivals(self, word: str) -> dict[str, float]:
        """Return the words that could plausibly be the same name, with their log-odds; remembered, within bounds."""
        found = self._plausible.get(word)
        if found is None:
            if len(self._plausible) >= _REMEMBERED:
                self._plausible.clear()
            found = self._plausible[word] = self._compare(word) if len(word) >= LEAST_LETTERS else {}
        return found

    def _compare(self, word: str) -> dict[str, float]:
        odds = ((other, self._weights.log_odds(*sorted((word, other)))) for other in self.candidates(word))
        return {other: value for other, value in odds if value >= PLAUSIBLE}


def keys_among(words: Iterable[str], *, weights: EditWeights | None = None) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each written word with its name keys: its folded form, and one for each other spelling among them.

    Two words share a key when they are the same but for their folding, or when an index of these words finds one by
    the other. The gate is not asked: whoever passes words here says that they are names.
    """
    folded = [(word, fold(strip_marks(word))) for word in words]
    index = SpellingIndex(((name, 1) for _, name in folded), weights=weights)
    for word, name in folded:
        pairs = ("=".join(sorted((name, spelling.word))) for spelling in index.spellings(name))
        yield word, (name, *pairs)
