"""The words of one index that may write a foreign name, and for each the other spellings of the same name.

In: (folded word, how many articles have it) for the words that pass the gate, once; then one word a query. Out: its
other spellings, likeliest first. Called by the query rewriter, which adds them below the literal word, and by
`kashaf analyze --name-keys`. Built in memory when an index first needs it: see `SpellingIndex`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from search.analysis.fold import fold, strip_marks
from search.analysis.names.edits import EditWeights
from search.analysis.names.skeletons import nearby, skeleton

LEAST_LETTERS: Final = 3  # two letters are an abbreviation or a fragment, and near everything
PLAUSIBLE: Final = -1.4  # log-odds of 0.2: from here another spelling is a rival, whichever wins
_BRIDGED: Final = 0.0  # what two spellings need that a third one joins
_ACCEPTED: Final = -0.3  # where the F1 of held-out names is best and its precision above .88
_MOST_RIVALS: Final = 4
_SMALL: Final = 3000  # in an index of fewer words, having no rivals says little: others were never met
_FEWEST_IN_SMALL: Final = 2
_LETTERS_APART: Final = 2  # letters that only one of two spellings has; of 4,900 plausible pairs 1 % have more
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

    Built in some 0.3 s for 30,000 words; a look-up compares the word with a few dozen others. Words can be added at any
    time. Not written to disk: building it anew costs less than keeping a file in step with the index.
    """

    def __init__(self, words: Iterable[tuple[str, int]] = (), *, weights: EditWeights | None = None) -> None:
        self._weights = weights or EditWeights.load()
        self._counts: dict[str, int] = {}
        self._by_skeleton: defaultdict[str, list[str]] = defaultdict(list)
        self._crowds: dict[str, int] = {}
        self.add(words)

    def __len__(self) -> int:
        return len(self._counts)

    def __contains__(self, word: str) -> bool:
        return word in self._counts

    def words(self) -> Iterator[tuple[str, int]]:
        """Yield every word with its count, as `add` takes them: for whoever keeps them on disk."""
        yield from self._counts.items()

    def add(self, words: Iterable[tuple[str, int]]) -> None:
        """Add words with their article counts; a word that is there already gets the new count."""
        for word, count in words:
            if len(word) >= LEAST_LETTERS and word not in self._counts:
                self._by_skeleton[skeleton(word)].append(word)
            self._counts[word] = count
        self._crowds.clear()

    def spellings(self, word: str) -> list[Spelling]:
        """Return the other spellings of a folded word's name, likeliest first; [] for a word of two letters or less."""
        plausible = dict(self._plausible(word))
        odds = {other: raw + self._company(word, other, rivals=len(plausible) - 1) for other, raw in plausible.items()}
        found = {other for other, value in odds.items() if value >= _ACCEPTED}
        bridged = {
            other for other in odds.keys() - found if plausible[other] >= _BRIDGED and self._bridge(other, found)
        }
        chosen = (Spelling(other, self._counts[other], odds[other]) for other in found | bridged)
        return sorted(chosen, key=lambda spelling: (-spelling.log_odds, spelling.word))

    def log_odds(self, word: str, other: str) -> float:
        """Return the log-odds that two words write one name, in the company of this index's other words."""
        raw = self._raw(word, other)
        return raw + self._company(word, other, rivals=self._crowd(word) - (other in self._counts))

    def candidates(self, word: str) -> Iterator[str]:
        """Yield the other words that are worth comparing: near in skeleton, in length and in letters used."""
        if len(word) < LEAST_LETTERS:
            return
        for near in nearby(skeleton(word)):
            for other in self._by_skeleton.get(near, ()):
                if abs(len(other) - len(word)) <= _LENGTHS_APART and other != word and _few_apart(word, other):
                    yield other

    def _company(self, word: str, other: str, *, rivals: int) -> float:
        """Return what the two words' rivals add to their log-odds.

        The fewer other words either could be, the likelier it is this one: Fellegi and Sunter's prior, learned.
        """
        if rivals < _MOST_RIVALS:
            rivals += self._crowd(other) - (word in self._counts)
        if len(self) < _SMALL:
            rivals = max(rivals, _FEWEST_IN_SMALL)
        return self._weights.weight(rivals_label(rivals))

    def _bridge(self, word: str, found: set[str]) -> bool:
        """Whether an accepted spelling leads to this one: غوتيريس is one edit from both جوتيريس and غوتيريش."""
        return any(self.log_odds(between, word) >= _ACCEPTED for between in found)

    def _crowd(self, word: str) -> int:
        """Return how many words could plausibly be the same name, counted to where more make no difference."""
        crowd = self._crowds.get(word)
        if crowd is None:
            if len(self._crowds) >= _REMEMBERED:
                self._crowds.clear()
            crowd = self._crowds[word] = sum(1 for _ in islice(self._plausible(word), _MOST_RIVALS + 1))
        return crowd

    def _plausible(self, word: str) -> Iterator[tuple[str, float]]:
        """Yield the words that could be the same name, with the log-odds of the edits alone."""
        for other in self.candidates(word):
            raw = self._raw(word, other)
            if raw >= PLAUSIBLE:
                yield other, raw

    def _raw(self, word: str, other: str) -> float:
        return self._weights.log_odds(*sorted((word, other)))


def _few_apart(word: str, other: str) -> bool:
    """Whether the words have nearly the same letters, wherever they stand: a cheap look before aligning."""
    missing = 0
    for letter in word:
        if letter in other:
            other = other.replace(letter, "", 1)
        else:
            missing += 1
    return missing <= _LETTERS_APART and len(other) <= _LETTERS_APART


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
