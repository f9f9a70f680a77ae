"""The coarse consonant skeleton of a name: what two spellings of one foreign name nearly always have in common.

In: a folded word. Out: its skeleton, and the skeletons one consonant away. Called by the spelling index to find the
few words worth comparing letter by letter; coarse on purpose, since the edit weights do the judging.
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
MOST_TO_BEND: Final = 24  # no name has more consonants; what readers paste may have a thousand
_REMEMBERED: Final = 2**11  # a skeleton's bends take some kilobytes
LEAST_TO_BEND: Final = 3  # shorter skeletons one consonant apart are different names, nearly always


def skeleton(folded: str) -> str:
    """Return the classes of the word's consonants, as digits; doubled ones once."""
    return _DOUBLED.sub(r"\1", folded.translate(_CLASS_OF))


@lru_cache(maxsize=_REMEMBERED)
def _bends(skeleton: str) -> frozenset[str]:
    found: set[str] = set()
    for at in range(len(skeleton) + 1):
        head, tail = skeleton[:at], skeleton[at:]
        found.update(head + symbol + tail for symbol in _SYMBOLS)
        if tail:
            found.add(head + tail[1:])
            found.update(head + symbol + tail[1:] for symbol in _SYMBOLS)
    return frozenset(_DOUBLED.sub(r"\1", bent) for bent in found) - {skeleton}


def nearby(skeleton: str) -> Iterator[str]:
    """Yield the skeleton itself, then (where it is long enough) those with one consonant more, less or other."""
    yield skeleton
    if LEAST_TO_BEND <= len(skeleton) <= MOST_TO_BEND:
        for bent in sorted(_bends(skeleton)):
            if len(bent) >= LEAST_TO_BEND:
                yield bent
