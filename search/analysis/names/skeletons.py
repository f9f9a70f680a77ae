"""Consonant skeletons: a coarse key under which nearly all spellings of one foreign name are found.

In: a folded word. Out: its skeleton, and the skeletons that differ from it in one consonant. Called by the spelling
index to find the few words that are compared letter by letter. It is coarse like Soundex, so that few spellings are
missed; the weights of `edits.py` decide which of the words found are spellings.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from search.analysis import letters as ar

# Letters that transcribe neighbouring foreign sounds are one class. Vowel letters and the gutturals that come and go
# with the transcriber (ه ء ع ح) have none: they are dropped.
_CLASSES: Final = (
    ar.JEEM + ar.GHAIN + ar.QAF + ar.KAF + ar.KHAH,  # g, k, q, kh: جوتيريس غوتيريس, قطر كطر
    ar.SEEN + ar.ZAIN + ar.SHEEN + ar.SAD + ar.THEH,  # s, z, sh, th: سيزار سيسار, ثاتشر تاتشر
    ar.TEH + ar.TAH + ar.DAL + ar.THAL + ar.ZAH + ar.DAD,  # t, d and their emphatics: تورينو طورينو
    ar.BEH + ar.FEH,  # p, b, v, f: باريس, فاليري
    ar.MEEM,
    ar.NOON,
    ar.LAM,
    ar.REH,
)
_SYMBOLS: Final = "12345678"
_CLASS_OF: Final = str.maketrans(
    {letter: symbol for symbol, group in zip(_SYMBOLS, _CLASSES, strict=True) for letter in group}
    | dict.fromkeys((ar.ALEF, ar.WAW, ar.YEH, ar.HEH, ar.HAMZA, ar.AIN, ar.HAH), "")
)
_DOUBLED: Final = re.compile(r"(.)\1+")
MOST_TO_VARY: Final = 24  # consonants: no name has more, but what readers paste may have a thousand
LEAST_TO_VARY: Final = 3  # shorter skeletons that differ in one consonant are nearly always of different names
_REMEMBERED: Final = 2**11  # skeletons; the variants of one take some kilobytes


def skeleton(folded: str) -> str:
    """Return the classes of the word's consonants, as digits; doubled ones once."""
    return _DOUBLED.sub(r"\1", folded.translate(_CLASS_OF))


@lru_cache(maxsize=_REMEMBERED)
def _variants(skeleton: str) -> frozenset[str]:
    found: set[str] = set()
    for at in range(len(skeleton) + 1):
        head, tail = skeleton[:at], skeleton[at:]
        found.update(head + symbol + tail for symbol in _SYMBOLS)
        if tail:
            found.add(head + tail[1:])
            found.update(head + symbol + tail[1:] for symbol in _SYMBOLS)
    return frozenset(_DOUBLED.sub(r"\1", variant) for variant in found) - {skeleton}


def nearby(skeleton: str) -> Iterator[str]:
    """Yield the skeleton itself, then (where it is long enough) those with one consonant more, less or other."""
    yield skeleton
    if LEAST_TO_VARY <= len(skeleton) <= MOST_TO_VARY:
        for variant in sorted(_variants(skeleton)):
            if len(variant) >= LEAST_TO_VARY:
                yield variant
