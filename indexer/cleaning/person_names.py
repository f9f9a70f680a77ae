"""The name of a person as a byline has it → the one spelling under which that person is listed.

In: a name, without title. Out: the name with hamza, ة and ي where careless bylines leave them out (احمد, حمزه, الليثى),
without harakat and tatweel, عبد joined to what follows it and أبو apart from it. Only what is missing is put there, and
only where it is sure: by the list of proper nouns if it has one spelling of these letters, else by how the news mostly
writes the word. No hamza is taken away. Called by `credits.py`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from search.analysis import letters as ar
from search.analysis.fold import fold, strip_marks
from search.analysis.lexicon.frequencies import (
    ALEF_MAKSURA_LAST,
    HAMZA_BELOW_FIRST,
    HAMZA_FIRST,
    TEH_MARBUTA_LAST,
    bundled_table,
)
from search.analysis.names.known_pairs import BUNDLED as PROPER_NOUNS

_LEAST_LETTERS: Final = 3  # of a word; shorter ones are left
_LEAST_IN_MAKSURA: Final = 5  # letters of a name that is given ى for ي: مصطفي, not مني, which may be منّي
_LEAST_RELATIVE: Final = 7  # letters of a word in ى that no news has: الخمسانى
# Names in ى, most of women, beside which the list has another one in ي: مروي is a town.
_OWN_IN_MAKSURA: Final = frozenset(("مروى", "زلفى", "تقى", "سعدى", "يسرى", "سلمى"))
_USUAL: Final = {ar.HEH: ar.TEH_MARBUTA, ar.ALEF_MAKSURA: ar.YEH, ar.YEH: ar.ALEF_MAKSURA}
_SERVANT: Final = re.compile(r"\b((?:ال)?عبد) +(?=\w{3})")  # عبد الله, عبد الرحمن, العبد الله
_FAITH: Final = re.compile(r"(?<=\w{2})الدين\b")  # زهرالدين
_FATHER: Final = re.compile(r"\b[أا]بو(?=\w{3})")  # أبوشهاب
_HOUSE: Final = re.compile(r"(?<=\w) ال(?= \w)")  # of a family: «علي ال حمود»


@lru_cache(maxsize=2**14)
def usual_name(name: str) -> str:
    """Return the name in its usual spelling."""
    if name.isascii():
        return " ".join(name.split())
    plain = _HOUSE.sub(" آل", " ".join(strip_marks(word).replace(ar.TATWEEL, "") for word in name.split()))
    apart = _FAITH.sub(" الدين", _FATHER.sub("أبو ", plain))
    return _SERVANT.sub(r"\1", " ".join(map(_usual_word, apart.split())))


@lru_cache(maxsize=1)
def _spellings() -> dict[str, tuple[str, ...]]:
    """Folded word → the spellings that the list of proper nouns has of it."""
    found: dict[str, tuple[str, ...]] = {}
    for line in PROPER_NOUNS.read_text(encoding="utf-8").splitlines():
        word = line.split("\t")[0]
        found[fold(word)] = (*found.get(fold(word), ()), word)
    return found


@lru_cache(maxsize=2**14)
def _usual_word(word: str) -> str:
    article = ar.ARTICLE if word.startswith(ar.ARTICLE) and len(word) > len(ar.ARTICLE) + 2 else ""
    rest = word.removeprefix(article)
    if len(rest) < _LEAST_LETTERS:
        return word
    listed = _spellings().get(fold(rest), ())
    return article + _with_ending(_with_hamza(rest, listed), listed, article)


def _with_hamza(word: str, listed: tuple[str, ...]) -> str:
    """The word with the hamza of its first letter, which is a bare alef."""
    if word[0] != ar.ALEF:
        return word
    if listed:
        first = {spelling[0] for spelling in listed}
        return first.pop() + word[1:] if len(first) == 1 else word
    flags = bundled_table().spelling(fold(word))
    if not flags & HAMZA_FIRST:
        return word
    return (ar.ALEF_HAMZA_BELOW if flags & HAMZA_BELOW_FIRST else ar.ALEF_HAMZA_ABOVE) + word[1:]


def _with_ending(word: str, listed: tuple[str, ...], article: str) -> str:
    """The word with ة for ه, or with ى and ي as they are usual, at its end."""
    last = {spelling[-1] for spelling in listed}
    usual = _USUAL.get(word[-1])
    if usual is None or word in _OWN_IN_MAKSURA:
        return word
    if listed:
        is_sure = last == {usual} and (usual != ar.ALEF_MAKSURA or len(word) >= _LEAST_IN_MAKSURA)
    elif word[-1] == ar.HEH:
        is_sure = bool(bundled_table().spelling(fold(article + word)) & TEH_MARBUTA_LAST)
    else:
        is_sure = word[-1] == ar.ALEF_MAKSURA and _is_relative(article + word)
    return word[:-1] + usual if is_sure else word


def _is_relative(word: str) -> bool:
    """Whether a word ends in the relative ي, though it is written with ى."""
    folded = fold(word)
    if bundled_table().count(folded):
        return not bundled_table().spelling(folded) & ALEF_MAKSURA_LAST
    return len(word) >= _LEAST_RELATIVE
