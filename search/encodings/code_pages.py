"""Bytes in one of the Arabic code pages → which: the one whose reading has the words of the news.

In: bytes that are no UTF-8. Out: their text, or None where no code page makes sense of them. Called by `encoding.py`.
Every byte means something in every code page: «وزير» in ISO 8859-6 reads «èزêر» in Windows-1256. So the letters that
stand in words of the count table decide; where there are too few words to tell, Windows-1256 is believed unless it
mixes Arabic and accented Latin letters within words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice
from typing import Final, NamedTuple

from search.analysis.fold import fold
from search.analysis.lexicon.frequencies import bundled_table

USUAL: Final = "cp1256"
_OTHERS: Final = ("iso8859_6", "mac_arabic", "cp720", "cp864")
_SAMPLE: Final = 6000  # bytes that are looked at
_MOST_WORDS: Final = 200
_BEGINNING: Final = 2000  # characters in which there are so many, of most texts
_SURE: Final = 0.5  # of the letters in words, those in known ones: sound text has 0.9, another code page's 0.1
_UNLIKELY: Final = 0.3
_ENOUGH_WORDS: Final = 3  # known ones that overrule Windows-1256 where that is not nonsense
_ALIKE: Final = 0.05  # of shares: three of the code pages have most letters in the same places
_SHORTEST: Final = 3  # letters: shorter words are known by chance
_WORD: Final = re.compile(r"[^\W\d_]+")
_ARABIC: Final = re.compile(r"[\u0620-\u06d5\ufb50-\ufdff\ufe70-\ufefc]")
_LOST: Final = re.compile("[\ufffd\x80-\x9f]")  # bytes without a meaning, or with none that a text has
_MARKS: Final = re.compile("[\u0640\u064b-\u0652\u0670]+")  # on letters, or between them
_MIXED: Final = re.compile("[A-Za-z][\u0621-\u0652\u06c1\u200c-\u200f]|[\u0621-\u0652\u06c1\u200c-\u200f][A-Za-z]")
_ACCENTED: Final = re.compile(r"[\u00c0-\u024f]")
# A teh marbuta or alef maksura before another letter: no word has that.
_IMPOSSIBLE: Final = re.compile(r"[\u0629\u0649](?=[\u0621-\u063a\u0641-\u064a])")


class _Reading(NamedTuple):
    """What a code page makes of the sample.

    share    of the letters in words that are not ASCII, those in known words
    known    how many different words are known
    mixed    of such words, those that mix Arabic and accented Latin letters, or are spelled as no word is
    lost     bytes without a meaning in a text
    """

    share: float
    known: int
    mixed: float
    lost: int


def code_page(raw: bytes) -> str | None:
    """The code page of these bytes; None where Windows-1256 is nonsense and no other is sound."""
    sample = raw[:_SAMPLE]
    if _is_sound(decoded(sample, USUAL)):  # nearly every text, and so all else is left undone
        return USUAL
    usual = _reading(sample, USUAL)
    found = {name: _reading(sample, name) for name in _OTHERS}
    highest = max(reading.share for reading in found.values())
    alike = [name for name in _OTHERS if found[name].share >= highest - _ALIKE]
    best = min(alike, key=lambda name: found[name].lost)  # of equals the first
    nonsense = usual.mixed > 1 - _SURE or (usual.mixed > _UNLIKELY / 2 and usual.share < _UNLIKELY)
    if found[best].share >= _SURE and (nonsense or (usual.share < _UNLIKELY and found[best].known >= _ENOUGH_WORDS)):
        return best
    return None if nonsense else USUAL


def decoded(raw: bytes, name: str) -> str:
    """The text in this code page. Code page 864 writes letters by their forms: they become letters."""
    text = raw.decode(name, "replace")
    return unicodedata.normalize("NFKC", text) if name == "cp864" else text


def mixes_scripts(text: str) -> bool:
    """Whether of the words that are not ASCII more than a tenth have both Latin and Arabic letters."""
    words = [word for word in text.split() if not word.isascii()]
    return 10 * sum(1 for word in words if _MIXED.search(word)) > len(words)


def looks_right(text: str) -> bool | None:
    """Whether the words of a text are known ones; None where neither is plain."""
    sample = text[:_SAMPLE]
    if _is_sound(sample):
        return True
    return False if _share(_words(sample)) < _UNLIKELY else None


def _reading(sample: bytes, name: str) -> _Reading:
    text = decoded(sample, name)
    words = _words(text)
    mixed = sum(1 for word in words if _ARABIC.search(word) and (_ACCENTED.search(word) or _IMPOSSIBLE.search(word)))
    known = {word for word in words if _is_known(word)}
    return _Reading(_share(words), len(known), mixed / (len(words) or 1), len(_LOST.findall(text)))


def _is_sound(text: str) -> bool:
    """Whether the share of a text is that of sound ones; looks at no more words than show it."""
    words = _words(text)
    wanted = _SURE * sum(map(len, words))
    for word in words:
        if _is_known(word):
            wanted -= len(word)
            if wanted <= 0:
                return True
    return False


def _share(words: Sequence[str]) -> float:
    """The share of the letters in words that stand in known ones."""
    return sum(len(word) for word in words if _is_known(word)) / (sum(map(len, words)) or 1)


def _words(text: str) -> list[str]:
    """The first words that are not ASCII."""
    for part in (text[:_BEGINNING], text):  # the beginning has enough words nearly always, and one that is cut beyond
        words = (found[0] for found in _WORD.finditer(_MARKS.sub("", part)))
        first = list(islice((word for word in words if not word.isascii()), _MOST_WORDS + 1))
        if len(first) > _MOST_WORDS:
            break
    return first[:_MOST_WORDS]


@lru_cache(maxsize=2**14)
def _is_known(word: str) -> bool:
    return len(word) >= _SHORTEST and _ARABIC.search(word) is not None and bundled_table().count(fold(word)) > 0
