"""Normalises the spelling of a word, in two steps.

In: a word as typed. Out: its bare form (`strip_marks`: without harakat, tatweel and invisible characters, digits ASCII,
Latin letters lower-case) and its folded form (`fold`: letters that writers exchange become one letter), which is the
index term of the level `exact`. Called by the analyser for words it has not met, by the readers of dates and fields,
and by the programs that build the tables. Alef with hamza, ى and ة are folded as Lucene's ArabicNormalizer folds them;
the other folds are this project's own, each with its reason beside it.
"""

import re
import unicodedata
from typing import Final

from search.analysis import letters as ar

PLAIN_ARABIC: Final = re.compile(f"[{ar.PLAIN_LETTER_CLASS}]+")
MARKED_ARABIC: Final = re.compile(r"[\u0621-\u063a\u0640-\u0652\u0670\u200b-\u200f]+")
_OTHER_SCRIPT: Final = re.compile(r"[^\u0600-\u06ff]+")
_UNSEEN: Final = re.compile(f"[{ar.INVISIBLE_CLASS}{ar.MARK_CLASS}]+")

# Letters that Unicode does not decompose but that readers type without their stroke.
_STROKES: Final = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
_DIGITS: Final = {chr(zero + n): str(n) for zero in (0x0660, 0x06F0) for n in range(10)}
_KEYBOARDS: Final = {  # one Arabic letter, typed on the keyboard of another language
    ar.PERSIAN_YEH: ar.YEH,
    ar.KURDISH_YEH: ar.YEH,
    ar.YEH_BARREE: ar.YEH,
    ar.PERSIAN_KAF: ar.KAF,
    ar.SWASH_KAF: ar.KAF,
    ar.HEH_GOAL: ar.HEH,
    ar.HEH_DOACHASHMEE: ar.HEH,
    ar.HEH_YEH: ar.HEH,
    ar.AE: ar.HEH,
    ar.TEH_MARBUTA_GOAL: ar.TEH_MARBUTA,
}
_BARE: Final = str.maketrans(_DIGITS | _KEYBOARDS | _STROKES)

_EXCHANGED: Final = str.maketrans(
    {
        ar.ALEF_HAMZA_ABOVE: ar.ALEF,
        ar.ALEF_HAMZA_BELOW: ar.ALEF,
        ar.ALEF_MADDA: ar.ALEF,
        ar.ALEF_WASLA: ar.ALEF,
        ar.ALEF_MAKSURA: ar.YEH,
        ar.TEH_MARBUTA: ar.HEH,
        ar.WAW_HAMZA: ar.HAMZA,  # مسؤول = مسئول, شؤون = شئون, رئاسة = رءاسة: only the carrier differs
        ar.YEH_HAMZA: ar.HAMZA,
        ar.PEH: ar.BEH,  # letters that only names have: ڤيينا = فيينا
        ar.VEH: ar.FEH,
        ar.GAF: ar.KAF,
        ar.NG_KAF: ar.KAF,
        ar.TCHEH: ar.JEEM,
        ar.JEH: ar.JEEM,
        ar.MAGHREB_QAF: ar.QAF,
    }
)
_FOLDABLE: Final = re.compile(f"[{''.join(map(chr, _EXCHANGED))}{ar.HAMZA}]")
# لاجئ is also written لاجىء and لاجيء, and سيئ سيء: the hamza that ends a word after ي keeps its seat apart.
_FINAL_HAMZA_SEAT: Final = re.compile(f"[{ar.YEH}{ar.ALEF_MAKSURA}]?{ar.YEH_HAMZA}$|{ar.ALEF_MAKSURA}{ar.HAMZA}$")
# مائة keeps a silent alef since the days before dots; مئة is the reformed spelling.
_HUNDRED: Final = re.compile(f"{ar.MEEM}{ar.ALEF}{ar.YEH_HAMZA}(?=[{ar.TEH_MARBUTA}{ar.TEH}])")
# هيأة is the newer spelling of هيئة.
_SEAT_AFTER_YEH: Final = re.compile(f"{ar.YEH}{ar.ALEF_HAMZA_ABOVE}(?={ar.TEH_MARBUTA})")


def strip_marks(text: str) -> str:
    """Return the bare form: marks, tatweel and invisible characters gone, digits ASCII, Latin lower-case without
    accents.

    Presentation forms become letters. Hamza letters, ى and ة stay as written, so that a lexicon can tell them apart.
    White space is removed, that inside a ligature (ﷺ is four words) too: the result is one term.
    """
    if PLAIN_ARABIC.fullmatch(text):
        return text
    if text.isascii():
        return "".join(text.lower().split())
    if MARKED_ARABIC.fullmatch(text):
        return _UNSEEN.sub("", text)
    return _decompose(text)


def fold(bare: str) -> str:
    """Return the exact-level term of a bare word: hamza carriers, ى and ي, ة and ه, and letters of names made one.

    Folding a folded word changes nothing.
    """
    if not _FOLDABLE.search(bare):
        return bare
    if ar.YEH_HAMZA in bare or bare.endswith(ar.HAMZA):
        bare = _HUNDRED.sub(ar.MEEM + ar.YEH_HAMZA, bare)
        bare = _FINAL_HAMZA_SEAT.sub(ar.YEH + ar.HAMZA, bare)
    elif ar.ALEF_HAMZA_ABOVE in bare:
        bare = _SEAT_AFTER_YEH.sub(ar.YEH + ar.YEH_HAMZA, bare)
    return fold_letters(bare)


def fold_letters(bare: str) -> str:
    """Return a bare word with each letter folded for itself: for nearly all words what `fold` makes of them."""
    return bare.translate(_EXCHANGED)


def folded(text: str) -> str:
    """Return the folded words of a text with or without harakat, joined by single spaces."""
    return " ".join(fold(strip_marks(word)) for word in text.split())


def folded_set(words: str) -> frozenset[str]:
    """Return the folded words of a list that is written as one string."""
    return frozenset(folded(words).split())


def _decompose(text: str) -> str:
    """Strip a word that needs Unicode's tables; twice, since lower-casing may bring out a mark of its own (İ)."""
    for _ in range(2):
        composed = unicodedata.normalize("NFKC", text)  # presentation forms to letters, separate hamza marks onto them
        seen = _UNSEEN.sub("", composed).lower().translate(_BARE)
        accents_apart = _OTHER_SCRIPT.sub(_accents_apart, seen)
        text = unicodedata.normalize("NFC", "".join(_UNSEEN.sub("", accents_apart).split()))
    return text


def _accents_apart(run: re.Match[str]) -> str:
    return unicodedata.normalize("NFKD", run.group())
