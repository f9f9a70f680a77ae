"""Arabic text typed on a Persian, Urdu or Kurdish keyboard → the same with the letters of Arabic.

Called by `repairs.py`. Farsi yeh is ي within a word; at its end Arabic has both ي and ى, which the lemma table tells
apart. Letters that Arabic writes in names, گ چ پ ڤ ژ ڨ, stay, and the alef of connection ٱ of vocalised texts. What is
Persian, Urdu or Kurdish, whole articles and quotations, stays as it is.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from indexer.repairs.other_languages import is_other_language, outside_other_languages
from search.analysis import letters as ar
from search.analysis.lexicon.lemmas import LemmaTable

_ALIKE: Final = {
    ar.PERSIAN_KAF: ar.KAF,
    ar.SWASH_KAF: ar.KAF,
    ar.KURDISH_YEH: ar.YEH,
    ar.YEH_BARREE: ar.YEH,
    ar.HEH_GOAL: ar.HEH,
    ar.HEH_DOACHASHMEE: ar.HEH,
    ar.AE: ar.HEH,
    ar.TEH_MARBUTA_GOAL: ar.TEH_MARBUTA,
    "\u0672": ar.ALEF_HAMZA_ABOVE,  # alef with a wavy hamza, of Kashmiri
    "\u0673": ar.ALEF_HAMZA_BELOW,
}
_TO_ARABIC: Final = str.maketrans(_ALIKE)
_LETTERS: Final = re.compile(f"[{ar.PERSIAN_YEH}{''.join(_ALIKE)}]")
_MARKS: Final = f"{ar.HARAKAT_CLASS}{ar.SMALL_ALEF}"
_WORD: Final = re.compile(f"[{ar.PLAIN_LETTER_CLASS}{ar.TATWEEL}{_MARKS}\u0671-\u06d3\u06d5]+")
_LAST_YEH: Final = re.compile(f"{ar.PERSIAN_YEH}(?=[{_MARKS}]*$)")
_NEVER_IN_ARABIC: Final = re.compile("[\u0679\u0688\u0691\u0695\u06b5\u06ba\u06c6]")
_BARE: Final = re.compile(f"[{_MARKS}{ar.TATWEEL}]")
_MAKSURA_LEMMA: Final = "Y"  # how the lemma table ends lemmas with ى
_ELATIVES: Final = (">", "|")  # how it begins أكبر and آخر, whose feminines are كبرى and أخرى
_COMMON: Final = frozenset(("على", "وعلى", "فعلى"))  # far commoner than the name علي


def with_arabic_letters(text: str, whole: str) -> str:
    """Return the text with Arabic letters; `whole`: all of the article, which tells its language."""
    if not _LETTERS.search(text) or is_other_language(whole):
        return text
    return outside_other_languages(text, lambda part: _WORD.sub(lambda word: _arabic(word[0]), part))


def _arabic(word: str) -> str:
    if not _LETTERS.search(word) or _NEVER_IN_ARABIC.search(word):
        return word
    word = word.translate(_TO_ARABIC)
    last = _LAST_YEH.search(word)
    if last is None:
        return word.replace(ar.PERSIAN_YEH, ar.YEH)
    before = word[: last.start()].replace(ar.PERSIAN_YEH, ar.YEH)
    return before + _last_letter(_BARE.sub("", before)) + word[last.end() :]


@lru_cache(maxsize=4096)
def _last_letter(before: str) -> str:
    """Return ى or ي, whichever makes a word behind these letters.

    The table has misspelt words too, under the lemma of the right ones. Where both spellings are words of their own,
    as نفى and نفي, the one with ى is taken: whose keyboard has no ى writes ی for it, and ي as it is.
    """
    with_maksura, with_yeh = before + ar.ALEF_MAKSURA, before + ar.YEH
    maksura, yeh = _lemmas().lookup(with_maksura), _lemmas().lookup(with_yeh)
    if with_maksura in _COMMON or not yeh:
        return ar.ALEF_MAKSURA if maksura else ar.YEH
    if not maksura:
        return ar.YEH
    lemma = maksura[0].partition("/")[0]
    is_maksura = maksura[0] != yeh[0] or lemma.endswith(_MAKSURA_LEMMA) or lemma.startswith(_ELATIVES)
    return ar.ALEF_MAKSURA if is_maksura else ar.YEH


@lru_cache(maxsize=1)
def _lemmas() -> LemmaTable:
    return LemmaTable.load()
