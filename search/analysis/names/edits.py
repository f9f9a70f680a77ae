"""Computes how likely two spellings are of the same foreign name, from the edits that turn one into the other.

In: two folded words. Out: the edits, as labels such as ``جغ inside``, and the log-odds that both write one name. The
weights of the labels are data: `lexicon/name_edits.txt`, learned by `lexicon/building/learn_name_edits.py`. Called by
the spelling index, and by that program.

A label names the kind, the letters and the position of an edit, from general to particular; the weight of an edit is
the sum of the weights of its labels:
  swap CC, swap CC inside, جغ, جغ inside    one letter (or listed cluster) for another
  drop ي, drop ي C_C                        a letter that one spelling lacks, between a consonant and a consonant
  double ن                                  a letter written twice in one spelling (a foreign double consonant)
  article                                   a leading ال
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from search.analysis import letters as ar
from search.analysis.names.alignment import MOST_COST, MOST_EDITS, Edit, Labels, align
from search.errors import LexiconError

BUNDLED: Final = Path(__file__).parent.parent / "lexicon" / "name_edits.txt"
FAR: Final = 99.0  # log-odds against two words that a few edits do not turn into each other
_STEP: Final = 2.5  # what an edit of weight 0 costs; learned weights lie between about -3 and 3
_LEAST_COST: Final = 0.05
_LENGTHS: Final = (3, 10)  # shorter and longer words count as these
_CONSONANTS: Final = (1, 6)

_GUTTURALS: Final = ar.HEH + ar.HAMZA + ar.AIN + ar.HAH
_SOFT: Final = frozenset(ar.LONG_VOWELS + ar.HEH + ar.HAMZA)


def kind(letter: str) -> str:
    """Return C for a consonant, V for a vowel letter, H for a guttural that may be dropped, - for the word's edge."""
    if not letter:
        return "-"
    return "V" if letter in ar.LONG_VOWELS else "H" if letter in _GUTTURALS else "C"


def swap_labels(x: str, y: str, position: str) -> Labels:
    """Return the labels of writing `y` for `x` at the first, the last or an inside position."""
    x, y = sorted((x, y), key=lambda letters: (-len(letters), letters))
    if len(x) > 1:
        return (f"{x}~{y}", f"{x}~{y} {position}")
    general = "swap " + "".join(sorted(kind(x) + kind(y)))
    return (general, f"{general} {position}", x + y, f"{x}{y} {position}")


def drop_labels(letter: str, before: str, after: str) -> Labels:
    """Return the labels of leaving out a letter that stands between two others ("" at an edge)."""
    if letter == before:
        return ("double", f"double {letter}")
    around = f"{kind(before)}_{kind(after)}"
    return (f"drop {kind(letter)}", f"drop {letter}", f"drop {letter} {around}")


def shape_labels(a: str, b: str, edits: int) -> Labels:
    """Return the labels of the lengths of two words and of the number of edits: long names may differ in more."""
    length = _clip(min(len(a), len(b)), *_LENGTHS)
    consonants = _clip(min(_consonants(a), _consonants(b)), *_CONSONANTS)
    edits = min(edits, MOST_EDITS)
    return (f"letters {length}", f"consonants {consonants}", f"edits {edits}", f"edits {edits} letters {length}")


def _clip(number: int, least: int, most: int) -> int:
    return max(least, min(number, most))


def _consonants(word: str) -> int:
    return sum(letter not in _SOFT for letter in word)


class EditWeights:
    """The log-odds of every label, and what they say of two spellings."""

    def __init__(self, weights: Mapping[str, float], *, most_cost: float = MOST_COST) -> None:
        self._weights = dict(weights)
        self.bias = self._weights.get("bias", 0.0)
        self.most_cost = most_cost
        self.swaps = _Edits(lambda key: self.edit(swap_labels(*key)))
        self.drops = _Edits(lambda key: self.edit(drop_labels(*key)))
        self.article = self.edit(("article",))

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
        """Return the log-odds that two different spellings are of one name, whatever other words an index has."""
        edits = self.edits(a, b)
        if edits is None:
            return -FAR
        shape = sum(map(self.weight, shape_labels(a, b, len(edits))))
        return self.bias + shape + sum(self.weight(label) for edit in edits for label in edit)

    def edits(self, a: str, b: str) -> list[Labels] | None:
        """Return the cheapest edits between two spellings, or None where it takes more than a few."""
        return align(a, b, costs=self, most_cost=self.most_cost)

    def edit(self, labels: Labels) -> Edit:
        """Return the edit with these labels: the likelier, the cheaper."""
        return max(_LEAST_COST, _STEP - sum(map(self.weight, labels))), labels


class _Edits(dict[tuple[str, str, str], Edit]):
    """The edits of one kind, each made when it is first looked up."""

    def __init__(self, made: Callable[[tuple[str, str, str]], Edit]) -> None:
        super().__init__()
        self._made = made

    def __missing__(self, key: tuple[str, str, str]) -> Edit:
        edit = self[key] = self._made(key)
        return edit
