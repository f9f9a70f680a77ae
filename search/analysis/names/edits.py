"""How two spellings of a name differ, edit by edit, and how likely they are one name.

In: two folded words. Out: the edits that turn one into the other (labels such as ``جغ inside``), and the log-odds
that both write one foreign name. The weights are data: `lexicon/name_edits.txt`, learned by
`lexicon/learn_name_edits.py`. Called by the spelling index, and by the learning program.

A label is kind, letters and place, from general to particular; an edit's weight is the sum of its labels' weights:
  swap CC, swap CC inside, جغ, جغ inside    one letter (or listed cluster) for another
  drop ي, drop ي C_C                        a letter that one spelling lacks, between a consonant and a consonant
  double ن                                  a letter written twice (a foreign double consonant)
  article                                   a leading ال
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

from search.analysis import letters as ar
from search.errors import LexiconError

BUNDLED: Final = Path(__file__).parent.parent / "lexicon" / "name_edits.txt"
FAR: Final = 99.0  # log-odds against two words that no few edits join
_MOST_COST: Final = 6.5
_STEP: Final = 2.5  # what an edit of weight 0 costs; learned weights lie between about -3 and 3
_LEAST_COST: Final = 0.05
_MOST_EDITS: Final = 4
_LENGTHS: Final = (3, 10)  # shorter and longer words count as these
_CONSONANTS: Final = (1, 6)

_VOWELS: Final = ar.ALEF + ar.WAW + ar.YEH
_BREATHS: Final = ar.HEH + ar.HAMZA + ar.AIN + ar.HAH
_SOFT: Final = frozenset(_VOWELS + ar.HEH + ar.HAMZA)
_ARTICLE: Final = ar.ALEF + ar.LAM
# Clusters of letters that write one foreign sound, and what else writes it.
_CLUSTERS: Final = (
    (ar.TEH + ar.SHEEN, (ar.KAF, ar.SHEEN, ar.JEEM, ar.SEEN)),  # ch, -ić: ميلوسوفيتش ميلوسيفيك, تشافيز شافيز
    (ar.TEH + ar.SEEN, (ar.SEEN, ar.ZAIN)),  # German z, Slavic c: ليبنتس ليبنيز
    (ar.DAL + ar.ZAIN, (ar.ZAIN,)),
    (ar.DAL + ar.JEEM, (ar.JEEM,)),  # dj: دجوكوفيتش جوكوفيتش
    (ar.KAF + ar.SEEN, (ar.SEEN, ar.ZAIN)),  # x: كزافييه
    (ar.KAF + ar.ZAIN, (ar.ZAIN,)),
    (ar.SHEEN + ar.TEH, (ar.SEEN + ar.TEH,)),  # German st: شتاين ستاين
    (ar.NOON + ar.GHAIN, (ar.NOON, ar.NOON + ar.KAF)),  # ng
    (ar.NOON + ar.JEEM, (ar.NOON, ar.NOON + ar.KAF)),
    (ar.ALEF + ar.YEH, (ar.YEH, ar.ALEF, ar.HAMZA + ar.YEH, ar.HEH)),  # ai, ei: اينشتاين, رايس ريس
    (ar.YEH + ar.ALEF, (ar.ALEF, ar.HAMZA + ar.ALEF, ar.YEH + ar.HEH)),  # ia: اوليفيا
    (ar.WAW + ar.ALEF, (ar.WAW, ar.ALEF, ar.HAMZA + ar.ALEF)),  # ua, wa
    (ar.YEH + ar.WAW, (ar.WAW,)),  # io, eu
    (ar.ALEF + ar.WAW, (ar.WAW, ar.HEH)),  # au, aw: لاوتون لوتون
    (ar.HAMZA + ar.YEH, (ar.YEH + ar.YEH,)),
    (ar.HAMZA + ar.ALEF, (ar.ALEF,)),
    (ar.ALEF + ar.HEH, (ar.ALEF,)),  # a silent h
    (ar.YEH + ar.HEH, (ar.YEH, ar.ALEF)),  # a final é: اندريه اندري
    (ar.WAW + ar.HEH, (ar.WAW,)),
    (ar.HEH + ar.YEH, (ar.YEH,)),
)
_CLUSTER_SWAPS: Final = frozenset((a, b) for a, others in _CLUSTERS for b in others) | frozenset(
    (b, a) for a, others in _CLUSTERS for b in others
)
_CLUSTER_SHAPES: Final = ((2, 1), (1, 2), (2, 2))

Labels = tuple[str, ...]


def _kind(letter: str) -> str:
    """C for a consonant, V for a vowel letter, H for a breath that transcribers drop, - for the word's edge."""
    if not letter:
        return "-"
    return "V" if letter in _VOWELS else "H" if letter in _BREATHS else "C"


@lru_cache(maxsize=20_000)
def swap_labels(x: str, y: str, place: str) -> Labels:
    """Return the labels of writing `y` for `x` at the first, the last or an inside place."""
    x, y = sorted((x, y), key=lambda letters: (-len(letters), letters))
    if len(x) > 1:
        return (f"{x}~{y}", f"{x}~{y} {place}")
    general = "swap " + "".join(sorted(_kind(x) + _kind(y)))
    return (general, f"{general} {place}", x + y, f"{x}{y} {place}")


@lru_cache(maxsize=20_000)
def drop_labels(letter: str, before: str, after: str) -> Labels:
    """Return the labels of leaving out a letter that stands between two others ("" at an edge)."""
    if letter == before:
        return ("double", f"double {letter}")
    around = f"{_kind(before)}_{_kind(after)}"
    return (f"drop {_kind(letter)}", f"drop {letter}", f"drop {letter} {around}")


def shape_labels(a: str, b: str, edits: int) -> Labels:
    """Return the labels of two words' size: what lets long names differ more than short ones."""
    length = _clip(min(len(a), len(b)), *_LENGTHS)
    consonants = _clip(min(_consonants(a), _consonants(b)), *_CONSONANTS)
    edits = min(edits, _MOST_EDITS)
    return (f"letters {length}", f"consonants {consonants}", f"edits {edits}", f"edits {edits} letters {length}")


def _clip(number: int, least: int, most: int) -> int:
    return max(least, min(number, most))


def _consonants(word: str) -> int:
    return sum(letter not in _SOFT for letter in word)


class EditWeights:
    """The log-odds of every label, and what they say of two spellings."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self._weights = dict(weights)
        self.bias = self._weights.get("bias", 0.0)
        self._costs: dict[Labels, float] = {}

    @classmethod
    def load(cls, path: Path | None = None) -> EditWeights:
        """Read the table at `path`, or the bundled one: label, tab, weight on each line. Raises LexiconError."""
        path = path or BUNDLED
        try:
            rows = path.read_text(encoding="utf-8").splitlines()
            return cls({label: float(w) for label, w in (row.split("\t") for row in rows if row[:1] != "#")})
        except (OSError, ValueError) as error:
            raise LexiconError(f"The name edits {path} cannot be read ({error}): reinstall Kashaf.") from error

    def weight(self, label: str) -> float:
        """Return the log-odds of one label; 0 for one that the table lacks."""
        return self._weights.get(label, 0.0)

    def log_odds(self, a: str, b: str) -> float:
        """Return the log-odds that two different spellings are one name, before looking at what else there is."""
        edits = self.edits(a, b)
        if edits is None:
            return -FAR
        labels = [label for edit in edits for label in edit]
        return self.bias + sum(map(self.weight, labels)) + sum(map(self.weight, shape_labels(a, b, len(edits))))

    def edits(self, a: str, b: str) -> list[Labels] | None:
        """Return the cheapest edits between two spellings, or None where it takes more than a few."""
        head, tail = _shared_ends(a, b)
        return _Alignment(self, a, b, head=head, tail=tail).path()

    def cost(self, labels: Labels) -> float:
        """Return what an edit costs in the alignment: the likelier the cheaper, never free."""
        found = self._costs.get(labels)
        if found is None:
            found = self._costs[labels] = max(_LEAST_COST, _STEP - sum(map(self.weight, labels)))
        return found


def _shared_ends(a: str, b: str) -> tuple[int, int]:
    """Return how many letters to skip at both ends: those in common but one, which may belong to a cluster."""
    shortest = min(len(a), len(b))
    head = next((i for i in range(shortest) if a[i] != b[i]), shortest)
    tail = next((i for i in range(shortest - head) if a[-1 - i] != b[-1 - i]), shortest - head)
    return max(head - 1, 0), max(tail - 1, 0)


class _Alignment:
    """The cheapest way from one spelling to another, letter by letter (Wagner and Fischer's table, plus clusters)."""

    def __init__(self, weights: EditWeights, a: str, b: str, *, head: int, tail: int) -> None:
        self._weights, self._a, self._b = weights, a, b
        self._start = (head, head)
        self._end = (len(a) - tail, len(b) - tail)
        self._best: dict[tuple[int, int], float] = {self._start: 0.0}
        self._came: dict[tuple[int, int], tuple[tuple[int, int], Labels]] = {}

    def path(self) -> list[Labels] | None:
        for i in range(self._start[0], self._end[0] + 1):
            for j in range(self._start[1], self._end[1] + 1):
                if (i, j) in self._best:
                    self._leave(i, j)
        return self._trace()

    def _leave(self, i: int, j: int) -> None:
        a, b = self._a, self._b
        in_a, in_b = i < self._end[0], j < self._end[1]
        if in_a and in_b:
            same = a[i] == b[j]
            self._step(i, j, 1, 1, () if same else swap_labels(a[i], b[j], self._place(i, j, 1, 1)))
            self._leave_by_cluster(i, j)
        if in_a:
            self._step(i, j, 1, 0, drop_labels(a[i], a[i - 1 : i], a[i + 1 : i + 2]))
        if in_b:
            self._step(i, j, 0, 1, drop_labels(b[j], b[j - 1 : j], b[j + 1 : j + 2]))
        if i == j == 0:
            self._leave_by_article()

    def _leave_by_cluster(self, i: int, j: int) -> None:
        for la, lb in _CLUSTER_SHAPES:
            x, y = self._a[i : i + la], self._b[j : j + lb]
            if (x, y) in _CLUSTER_SWAPS and i + la <= self._end[0] and j + lb <= self._end[1]:
                self._step(i, j, la, lb, swap_labels(x, y, self._place(i, j, la, lb)))

    def _leave_by_article(self) -> None:
        if self._a.startswith(_ARTICLE) and self._end[0] >= len(_ARTICLE):
            self._step(0, 0, len(_ARTICLE), 0, ("article",))
        if self._b.startswith(_ARTICLE) and self._end[1] >= len(_ARTICLE):
            self._step(0, 0, 0, len(_ARTICLE), ("article",))

    def _place(self, i: int, j: int, la: int, lb: int) -> str:
        if i == j == 0:
            return "first"
        return "last" if i + la == len(self._a) and j + lb == len(self._b) else "inside"

    def _step(self, i: int, j: int, la: int, lb: int, labels: Labels) -> None:
        cost = self._best[i, j] + (self._weights.cost(labels) if labels else 0.0)
        there = (i + la, j + lb)
        if cost < self._best.get(there, _MOST_COST):
            self._best[there] = cost
            self._came[there] = ((i, j), labels)

    def _trace(self) -> list[Labels] | None:
        at, edits = self._end, list[Labels]()
        if at not in self._best:
            return None
        while at != self._start:
            at, labels = self._came[at]
            if labels:
                edits.append(labels)
        return edits if len(edits) <= _MOST_EDITS else None
