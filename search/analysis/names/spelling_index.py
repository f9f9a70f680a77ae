"""Finds the other spellings of a foreign name among the words of an index.

In: once, the folded words that `name_filter.py` accepts, each with the number of articles that have it; then the word
of a query. Out: its other spellings, likeliest first. Called by the search, which matches them below the literal word,
and by `kashaf analyze --name-keys`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Final

from search.analysis.fold import fold, strip_marks
from search.analysis.names.edits import EditWeights
from search.analysis.names.name_words import NameWords, WordsBySkeleton
from search.analysis.names.skeletons import nearby, skeleton

if TYPE_CHECKING:
    from search.analysis.names.alignment_bounds import AlignmentBounds

LEAST_LETTERS: Final = 3  # two letters are an abbreviation or a fragment, and near everything
PLAUSIBLE: Final = -1.4  # log-odds of 0.2: from here another spelling is a rival, whichever wins
_JOINED: Final = 0.0  # log-odds of the edits from which an accepted spelling may join another one
_ACCEPTED: Final = -0.3  # accepted from here: where the F1 of held-out names is best and its precision above .88
_MOST_RIVALS: Final = 4
_SMALL: Final = 3000  # words: a smaller index lacks many names, so that a word without rivals in it may have some
_FEWEST_IN_SMALL: Final = 2
_LETTERS_APART: Final = 2  # letters that only one of two spellings has; of 4,900 plausible pairs 1 % have more
_LENGTHS_APART: Final = 2
_REMEMBERED: Final = 50_000  # words whose number of rivals is remembered
_FEW: Final = 8  # words that are compared one by one first: loading numpy takes longer than that


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
    """The words of one index that may be names; a look-up compares a word with a few dozen others.

    words: with their article counts, or a store of such words (`name_words.py`), which need not be read as a whole
    """

    def __init__(
        self, words: Iterable[tuple[str, int]] | WordsBySkeleton = (), *, weights: EditWeights | None = None
    ) -> None:
        self._weights = weights or EditWeights.load()
        self._words: WordsBySkeleton = NameWords(words) if isinstance(words, Iterable) else words
        self._size = len(self._words)
        self._rival_counts: dict[str, int] = {}
        self._compared = 0

    def __len__(self) -> int:
        return self._size

    def warm(self) -> None:
        """Make what is compared by arrays, now and from the first word on."""
        self._compared = _FEW
        _ = self._bounds

    def __contains__(self, word: str) -> bool:
        return word in self._words.alike(skeleton(word))

    def spellings(self, word: str) -> list[Spelling]:
        """Return the other spellings of a folded word's name, likeliest first; [] for a word of two letters or less."""
        plausible = dict(self._plausible(word))
        rivals = len(plausible) - 1
        odds = {
            other: raw + self._weight_of_rivals(word, other, rivals=rivals)
            for other, raw in plausible.items()
            if raw >= _JOINED or raw + self._most_weight(rivals) >= _ACCEPTED
        }
        found = {other for other, value in odds.items() if value >= _ACCEPTED}
        joined = {
            other for other in odds.keys() - found if plausible[other] >= _JOINED and self._is_joined(other, found)
        }
        chosen = (Spelling(other, self._count(other), odds[other]) for other in found | joined)
        return sorted(chosen, key=lambda spelling: (-spelling.log_odds, spelling.word))

    def log_odds(self, word: str, other: str) -> float:
        """Return the log-odds that two words write one name, given the other words of this index."""
        raw = self._raw(word, other)
        return raw + self._weight_of_rivals(word, other, rivals=self._rivals(word) - (other in self))

    def candidates(self, word: str) -> Iterator[str]:
        """Yield the other words that are worth comparing: near in skeleton, in length and in letters used."""
        if len(word) < LEAST_LETTERS:
            return
        for near in nearby(skeleton(word)):
            for other in self._words.alike(near):
                if len(other) < LEAST_LETTERS or other == word:
                    continue
                if abs(len(other) - len(word)) <= _LENGTHS_APART and _few_apart(word, other):
                    yield other

    def _likely(self, word: str) -> Iterator[str]:
        """Yield those of the candidates that an alignment may find near: all of the first few words that are asked for,
        then what arrays tell of them."""
        self._compared += 1
        if self._compared <= _FEW or len(word) < LEAST_LETTERS:
            yield from self.candidates(word)
            return
        lines = filter(None, map(self._words.line, nearby(skeleton(word))))
        for other in self._bounds.likely(word, lines, least=LEAST_LETTERS, apart=_LENGTHS_APART):
            if other != word and _few_apart(word, other):
                yield other

    @cached_property
    def _bounds(self) -> AlignmentBounds:
        from search.analysis.names.alignment_bounds import AlignmentBounds

        return AlignmentBounds(self._weights, most_cost=self._weights.most_cost)

    def _count(self, word: str) -> int:
        return self._words.alike(skeleton(word))[word]

    def _weight_of_rivals(self, word: str, other: str, *, rivals: int) -> float:
        """Return what the number of rivals of the two words adds to their log-odds.

        Rivals are other words that could be the same name. The fewer there are, the likelier the two are one name: the
        prior of Fellegi and Sunter's record linkage, learned from pairs of spellings.
        """
        if rivals < _MOST_RIVALS:
            rivals += self._rivals(other) - (word in self)
        if len(self) < _SMALL:
            rivals = max(rivals, _FEWEST_IN_SMALL)
        return self._weights.weight(rivals_label(rivals))

    def _most_weight(self, rivals: int) -> float:
        """Return the most that rivals of both words add if one of them has so many: without a look at the other one."""
        least = max(rivals, _FEWEST_IN_SMALL) if len(self) < _SMALL else rivals
        return max(
            self._weights.weight(rivals_label(many)) for many in range(min(least, _MOST_RIVALS), _MOST_RIVALS + 1)
        )

    def _is_joined(self, word: str, found: set[str]) -> bool:
        """Return whether an accepted spelling is a spelling of this word too, as غوتيريس is of جوتيريس and غوتيريش."""
        return any(self.log_odds(between, word) >= _ACCEPTED for between in found)

    def _rivals(self, word: str) -> int:
        """Return how many words could be the same name; counting stops where more make no difference."""
        count = self._rival_counts.get(word)
        if count is None:
            if len(self._rival_counts) >= _REMEMBERED:
                self._rival_counts.clear()
            count = self._rival_counts[word] = sum(1 for _ in islice(self._plausible(word), _MOST_RIVALS + 1))
        return count

    def _plausible(self, word: str) -> Iterator[tuple[str, float]]:
        """Yield the words that could be the same name, with the log-odds of the edits alone."""
        for other in self._likely(word):
            raw = self._raw(word, other)
            if raw >= PLAUSIBLE:
                yield other, raw

    def _raw(self, word: str, other: str) -> float:
        return self._weights.log_odds(*sorted((word, other)))


class _RememberingIndex(SpellingIndex):
    """One whose words are all looked up: it remembers each pair, which is asked for from both sides and by rivals."""

    def __init__(self, words: Iterable[tuple[str, int]], *, weights: EditWeights | None) -> None:
        self._pairs: dict[tuple[str, str], float] = {}
        super().__init__(words, weights=weights)

    def _raw(self, word: str, other: str) -> float:
        pair = (word, other) if word < other else (other, word)
        found = self._pairs.get(pair)
        if found is None:
            found = self._pairs[pair] = self._weights.log_odds(*pair)
        return found


def _few_apart(word: str, other: str) -> bool:
    """Return whether the words have nearly the same letters in any order: a cheap test before they are aligned."""
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
    the other. `name_filter.py` is not asked: the caller knows that the words are names.
    """
    folded = [(word, fold(strip_marks(word))) for word in words]
    index = _RememberingIndex(((name, 1) for _, name in folded), weights=weights)
    for word, name in folded:
        pairs = ("=".join(sorted((name, spelling.word))) for spelling in index.spellings(name))
        yield word, (name, *pairs)
