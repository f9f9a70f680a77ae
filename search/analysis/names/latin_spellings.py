"""Reads a name in Latin letters as words in Arabic letters: Soleimani as سليماني or سوليماني.

In: a word in Latin letters without accents, also one that writes Arabic letters as digits (7alab). Out: folded Arabic
words, each with the log-odds that the word writes this name rather than any other. A reading is cut into pieces of one
to three Latin and none to two Arabic letters, such as ``sh`` and ش; its probability is the product of those of the
pieces. They are data: `lexicon/latin_names.txt`, learned by `lexicon/building/learn_latin_names.py`. Called by
`search/repairs/latin_readings.py`, which keeps those readings that an index has.

The method is the joint model of Li, Zhang and Su, A Joint Source-Channel Model for Machine Transliteration (ACL 2004).
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from heapq import nlargest
from operator import itemgetter
from pathlib import Path
from typing import Final, NamedTuple

from search.analysis import letters as ar
from search.errors import LexiconError

LATIN_NAME: Final = re.compile("[a-z][a-z']{2,23}")  # small letters without accents that are read as a name
# A word of letters and single digits that stand for Arabic letters: 7alab, sha3b, 3'ada.
ARABIZI_WORD: Final = re.compile(r"(?=.*[a-z])(?=.*[235-9])(?!.*\d\d)[a-z235-9']{3,24}")
BUNDLED: Final = Path(__file__).parent.parent / "lexicon" / "latin_names.txt"
FIRST: Final = "^"  # stands before a name, so that pieces at its beginning have probabilities of their own,
LAST: Final = "$"  # and behind it
MOST_LATIN: Final = 3  # letters of a piece
_BEAM: Final = 400  # beginnings of readings, the likeliest, that are continued at each letter
_FAR: Final = 9.0  # those are continued that the likeliest is at most e to this power times as probable as
_PIECES: Final = 8  # Arabic counterparts of one Latin piece that are tried, the likeliest
_LEAST: Final = 5.0  # a counterpart is tried unless the likeliest one is e to this power times as probable
_RARE: Final = math.log(0.03)  # the share of a letter that the pieces do not have, such as a digit

# Digits that stand for the Arabic letters they look like, as readers type them on Latin keyboards ("Arabizi"); after
# Yaghan, "Arabizi": A Contemporary Style of Arabic Slang (2008). A hamza with its carrier is folded to alef or hamza.
ARABIZI: Final[Mapping[str, str]] = {
    "2": ar.HAMZA + ar.ALEF + ar.QAF,
    "3": ar.AIN,
    "3'": ar.GHAIN,
    "5": ar.KHAH,
    "6": ar.TAH,
    "6'": ar.ZAH,
    "7": ar.HAH,
    "7'": ar.KHAH,
    "8": ar.QAF + ar.GHAIN,
    "9": ar.SAD + ar.QAF,
    "9'": ar.DAD,
}
_DIGIT: Final = -5.0  # the log-probability of a digit's piece: that of a common consonant

Piece = tuple[str, str]  # Latin letters and the Arabic letters that write them


class ArabicReading(NamedTuple):
    """A folded Arabic word, and the log-odds that it writes the name rather than another one."""

    word: str
    log_odds: float


class LatinSpellings:
    """The pieces of readings with the natural logarithms of their probabilities, and what they say of a name."""

    def __init__(self, pieces: Mapping[Piece, float]) -> None:
        self._counterparts = _likeliest(pieces)
        latin, arabic = Counter[str](), Counter[str]()
        for (name, word), logarithm in pieces.items():
            latin.update(dict.fromkeys(name, math.exp(logarithm)))
            arabic.update(dict.fromkeys(word, math.exp(logarithm)))
        self._latin, self._arabic = _shares(latin), _shares(arabic)

    @classmethod
    def load(cls, path: Path | None = None) -> LatinSpellings:
        """Read the table at `path`, or the bundled one: Latin, Arabic, logarithm on each line. Raises LexiconError."""
        path = path or BUNDLED
        try:
            rows = [row.split("\t") for row in path.read_text(encoding="utf-8").splitlines() if row[:1] != "#"]
            return cls({(latin, arabic): float(logarithm) for latin, arabic, logarithm in rows})
        except (OSError, ValueError) as error:
            raise LexiconError(f"The Latin names {path} cannot be read ({error}): reinstall Kashaf.") from error

    def readings(self, name: str) -> list[ArabicReading]:
        """Return some hundreds of readings of a name, the most probable first.

        The log-odds compare the probability of both spellings together with that of two spellings by chance.
        """
        text = f"{FIRST}{name}{LAST}"
        chance = sum(self._latin.get(letter, _RARE) for letter in text)
        found = []
        for spelling, logarithm in self._spellings(text):
            log_odds = logarithm - chance - sum(map(self._arabic.__getitem__, spelling))
            found.append(ArabicReading(spelling[len(FIRST) : -len(LAST)], log_odds))
        return found

    def _spellings(self, text: str) -> list[tuple[str, float]]:
        """Return the likeliest Arabic spellings between signs of first and last: a search with a beam, from left to
        right."""
        begun: list[dict[str, float]] = [{"": 0.0}, *({} for _ in text)]
        for at in range(len(text)):
            likeliest = max(begun[at].values(), default=0.0)
            near = [each for each in begun[at].items() if each[1] >= likeliest - _FAR]
            kept = nlargest(_BEAM, near, key=itemgetter(1)) if len(near) > _BEAM else near
            for size in range(1, min(MOST_LATIN, len(text) - at) + 1):
                reached = begun[at + size]
                for letters, logarithm in self._counterparts.get(text[at : at + size], ()):
                    for beginning, before in kept:
                        spelling, together = beginning + letters, before + logarithm
                        if together > reached.get(spelling, -math.inf):
                            reached[spelling] = together
        return nlargest(_BEAM, begun[-1].items(), key=itemgetter(1))


def _likeliest(pieces: Mapping[Piece, float]) -> dict[str, list[tuple[str, float]]]:
    """Return Latin letters → the Arabic letters that may write them, the likeliest first, with their logarithms."""
    found: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
    for (latin, arabic), logarithm in [*pieces.items(), *_digits()]:
        found[latin].append((arabic, logarithm))
    for latin, rows in found.items():
        rows.sort(key=lambda row: (-row[1], row[0]))
        found[latin] = [row for row in rows[:_PIECES] if row[1] >= rows[0][1] - _LEAST]
    return dict(found)


def _digits() -> Iterator[tuple[Piece, float]]:
    for digit, letters in ARABIZI.items():
        yield from (((digit, letter), _DIGIT - rank) for rank, letter in enumerate(letters))


def _shares(counts: Mapping[str, float]) -> dict[str, float]:
    """Return the logarithm of each letter's share."""
    total = sum(counts.values())
    return {letter: math.log(count / total) for letter, count in counts.items()}


@lru_cache(maxsize=1)
def bundled() -> LatinSpellings:
    """Return the model of the bundled table, read once. Raises LexiconError."""
    return LatinSpellings.load()
