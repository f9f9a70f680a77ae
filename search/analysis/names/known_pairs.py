"""The Arabic names of Camel Morph MSA with their English: names that English has of its own (حلب, Aleppo) and others.

In: `lexicon/camel_morph/proper_nouns.tsv`, an Arabic name and an English gloss on each line. Out: `KnownNames`. Called
by `other_names.py`, `search/repairs/latin_readings.py` and `lexicon/building/learn_latin_names.py`. See README.md
beside the table for its authors and its licence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from search.analysis.fold import fold, strip_marks
from search.errors import LexiconError

BUNDLED: Final = Path(__file__).parent.parent / "lexicon" / "camel_morph" / "proper_nouns.tsv"
_GLOSS: Final = re.compile(r"([^\W\d][\w'-]{2,}?)(?:_\(.*)?")  # a name, and what explains it in parentheses
_OTHER: Final = re.compile("[^a-z']")


@dataclass(frozen=True, slots=True)
class KnownNames:
    """Folded Arabic names, and their English names in small letters joined, without accents and signs.

    of_english, of_arabic: a name → all that the list has for it in the other language
    """

    arabic: frozenset[str]
    of_english: Mapping[str, tuple[str, ...]]
    of_arabic: Mapping[str, tuple[str, ...]]


def latin(text: str) -> str:
    """Return a name in Latin letters as it is compared: small letters without accents, joined."""
    return _OTHER.sub("", strip_marks(text.replace("_", "")))


def read_pairs(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the English and the folded Arabic of each name of the list whose gloss begins with one name."""
    for line in path.read_text(encoding="utf-8").splitlines():
        arabic, english = line.split("\t")
        if gloss := _GLOSS.fullmatch(english):
            yield latin(gloss[1]), fold(strip_marks(arabic))


@lru_cache(maxsize=1)
def known_names() -> KnownNames:
    """Return the names of the bundled list, read once. Raises LexiconError."""
    try:
        return _both_ways(read_pairs(BUNDLED))
    except (OSError, ValueError) as error:
        raise LexiconError(f"The proper nouns {BUNDLED} cannot be read ({error}): reinstall Kashaf.") from error


def _both_ways(pairs: Iterable[tuple[str, str]]) -> KnownNames:
    of_english, of_arabic = dict[str, tuple[str, ...]](), dict[str, tuple[str, ...]]()
    for english, arabic in sorted(set(pairs)):
        name = english.replace("'", "")
        of_english[name] = (*of_english.get(name, ()), arabic)
        of_arabic[arabic] = (*of_arabic.get(arabic, ()), name)
    return KnownNames(frozenset(of_arabic), of_english, of_arabic)
