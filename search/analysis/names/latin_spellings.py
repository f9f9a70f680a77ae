"""Reads a name in Latin letters as words in Arabic letters: Soleimani as سليماني or سوليماني.

In: a word in Latin letters without accents, also one that writes Arabic letters as digits (7alab). Out: folded Arabic
words, each with the log-odds that the word writes this name rather than any other. A reading is cut into pieces of one
to three Latin and none to two Arabic letters, such as ``sh`` and ش; its probability is the product of those of the
pieces, each behind the piece before it. They are data: `lexicon/latin_names.txt`, learned by
`lexicon/building/learn_latin_names.py`. Called by `latin_candidates.py`, of whose words an index keeps those it has.

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
from types import MappingProxyType
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
_FAR: Final = 12.0  # those are continued that the likeliest is at most e to this power times as probable as
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
_NO_PIECE: Final[Piece] = ("", "")  # stands before the first piece
_ROW_OF_PAIR: Final = 5  # columns: two pieces, and what the first adds


class ArabicReading(NamedTuple):
    """A folded Arabic word, and how likely it writes a name.

    log_odds   the logarithm of the odds that it writes this name rather than another one
    behind     how much less probable it is than the likeliest spelling of the name, as a logarithm; 0 for that one
    """

    word: str
    log_odds: float
    behind: float = 0.0


class Pieces(NamedTuple):
    """The pieces of readings, with natural logarithms of probabilities.

    alone     that of each piece, whatever stands before it
    unpaired  what each piece adds to that of a piece behind it, unless both are a pair
    paired    pairs of pieces → what the first adds to that of the second
    """

    alone: Mapping[Piece, float]
    unpaired: Mapping[Piece, float] = MappingProxyType({})
    paired: Mapping[tuple[Piece, Piece], float] = MappingProxyType({})


class LatinSpellings:
    """The pieces of readings with their probabilities, and what they say of a name."""

    def __init__(self, pieces: Pieces) -> None:
        self._counterparts = _likeliest(pieces.alone)
        self._unpaired = pieces.unpaired
        self._paired: dict[Piece, dict[Piece, float]] = {}  # a piece → those before it that it is paired with
        for (before, piece), added in pieces.paired.items():
            self._paired.setdefault(piece, {})[before] = added
        latin, arabic = Counter[str](), Counter[str]()
        for (name, word), logarithm in pieces.alone.items():
            latin.update(dict.fromkeys(name, math.exp(logarithm)))
            arabic.update(dict.fromkeys(word, math.exp(logarithm)))
        self._latin, self._arabic = _shares(latin), _shares(arabic)

    @classmethod
    def load(cls, path: Path | None = None) -> LatinSpellings:
        """Read the table at `path`, or the bundled one. Raises LexiconError."""
        path = path or BUNDLED
        try:
            return cls(read_pieces(path.read_text(encoding="utf-8")))
        except (OSError, ValueError) as error:
            raise LexiconError(f"The Latin names {path} cannot be read ({error}): reinstall Kashaf.") from error

    def readings(self, name: str) -> list[ArabicReading]:
        """Return some hundreds of readings of a name, the most probable first.

        The log-odds compare the probability of both spellings together with that of two spellings by chance.
        """
        text = f"{FIRST}{name}{LAST}"
        chance = sum(self._latin.get(letter, _RARE) for letter in text)
        spellings = self._spellings(text)
        likeliest = spellings[0][1] if spellings else 0.0
        found = []
        for spelling, logarithm in spellings:
            log_odds = logarithm - chance - sum(map(self._arabic.__getitem__, spelling))
            found.append(ArabicReading(spelling[len(FIRST) : -len(LAST)], log_odds, likeliest - logarithm))
        return found

    def _spellings(self, text: str) -> list[tuple[str, float]]:
        """Return the likeliest Arabic spellings between signs of first and last: a search with a beam, from left to
        right, through the beginnings of spellings with their last pieces."""
        begun: list[dict[tuple[str, Piece], float]] = [{("", _NO_PIECE): 0.0}, *({} for _ in text)]
        for at in range(len(text)):
            likeliest = max(begun[at].values(), default=0.0)
            near = [each for each in begun[at].items() if each[1] >= likeliest - _FAR]
            kept = nlargest(_BEAM, near, key=itemgetter(1)) if len(near) > _BEAM else near
            added = [self._unpaired.get(last, 0.0) for (_, last), _ in kept]
            for size in range(1, min(MOST_LATIN, len(text) - at) + 1):
                reached = begun[at + size]
                for letters, logarithm in self._counterparts.get(text[at : at + size], ()):
                    piece = (text[at : at + size], letters)
                    paired = self._paired.get(piece, {})
                    for ((beginning, last), before), unpaired in zip(kept, added, strict=True):
                        key = (beginning + letters, piece)
                        together = before + logarithm + paired.get(last, unpaired)
                        if together > reached.get(key, -math.inf):
                            reached[key] = together
        found: dict[str, float] = {}
        for (spelling, _), logarithm in begun[-1].items():
            found[spelling] = max(logarithm, found.get(spelling, -math.inf))
        return nlargest(_BEAM, found.items(), key=itemgetter(1))


def read_pieces(table: str) -> Pieces:
    """Return the pieces of a table (`learn_latin_names.py` says what its lines are). Raises ValueError."""
    rows = [row.split("\t") for row in table.splitlines() if row[:1] != "#"]
    alone, unpaired, paired = dict[Piece, float](), dict[Piece, float](), dict[tuple[Piece, Piece], float]()
    for row in rows:
        if len(row) == _ROW_OF_PAIR:
            paired[(row[0], row[1]), (row[2], row[3])] = float(row[4])
        else:
            latin, arabic, logarithm, added = row
            alone[latin, arabic], unpaired[latin, arabic] = float(logarithm), float(added)
    return Pieces(alone, unpaired, paired)


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
