"""Compares the harakat of a query word with those of a word in a text: عِلْم may be العِلم, and is not عَلَم.

In: two written words, with or without harakat. Out: whether they may be the same word: their folded letters are the
same, apart from particles in front of the text's word, and no haraka contradicts another (pyarabic's `vocalizedlike`; a
haraka left out contradicts nothing). Also makes the terms `word|written` of the index field `marked`, by which a search
finds such words. Called by the analyser, and by the search for query words typed with harakat.
"""

import re
import unicodedata
from typing import Final

from pyarabic import araby

from search.analysis import letters as ar
from search.analysis.fold import MARKED_ARABIC, fold, strip_marks
from search.analysis.particle_rules import possible_splits

# The harakat that tell a word from others when they stand before another letter of it; those on the last letter, and ً
# before a final ا, show the case.
MARKS_INSIDE: Final = frozenset(map(chr, range(0x064C, 0x0653)))
INNER_MARKS: Final = re.compile(f"[{''.join(sorted(MARKS_INSIDE))}]+(?=[{ar.PLAIN_LETTER_CLASS}])")
_NOT_HARAKAT: Final = re.compile("[\u0640\u0670\u200b-\u200f]+")  # the other characters of MARKED_ARABIC
_LETTER_WITH_MARKS: Final = re.compile(f"[{ar.PLAIN_LETTER_CLASS}][{ar.HARAKAT_CLASS}]*")
_SEPARATOR: Final = "|"  # no token of a text contains it
_MARKS: Final = frozenset((*araby.HARAKAT, ar.SHADDA))


def vocalised_term(word: str, written: str) -> str:
    """Return the term of a vocalised word for the index field `marked`: its word-level term, and how it is written."""
    return f"{word}{_SEPARATOR}{''.join(_letters(written))}"


def vocalised_prefix(word: str) -> str:
    """Return the beginning that the terms of all vocalised words with this word-level term share."""
    return word + _SEPARATOR


def written_of(term: str) -> str:
    """Return the written word of a term that `vocalised_term` made."""
    return term.partition(_SEPARATOR)[2]


def vocalisation_agrees(query_word: str, text_word: str) -> bool:
    """Return whether a word of a text may be the word that the query vocalises: والعِلْم and علم for عِلْم, but not عَلَم.

    The harakat of the last letter do not count, since they show the case. Words of different letters do not agree.
    """
    asked, found = strip_marks(query_word), strip_marks(text_word)
    if not asked or not found:
        return False
    wanted = fold(asked)
    for split in possible_splits(fold(found), found):
        if split.rest == wanted:
            particles = len(found) - len(split.written)
            return _agree(_letters(query_word), _letters(text_word)[particles:])
    return False


def _letters(word: str) -> list[str]:
    """Return the letters of a word, each with its harakat behind it; tatweel and all other marks are left out."""
    word = unicodedata.normalize("NFKC", word)
    if MARKED_ARABIC.fullmatch(word):  # nearly all: worth a look before going letter by letter
        return _LETTER_WITH_MARKS.findall(_NOT_HARAKAT.sub("", word))
    marked: list[str] = []
    for character in word:
        if character in _MARKS:
            if marked:
                marked[-1] += character
        elif letter := strip_marks(character):
            marked.append(letter)
    return marked


def _agree(asked: list[str], found: list[str]) -> bool:
    """Return whether the harakat of the letters agree, except those of the last; the letters themselves, which may be
    spelt in several ways, are not compared.
    """
    if len(asked) != len(found):  # مائة and مئة: one word, whose harakat cannot be compared letter by letter
        return True
    return all(
        araby.vocalizedlike(ar.ALEF + a[1:], ar.ALEF + f[1:]) for a, f in zip(asked[:-1], found[:-1], strict=True)
    )
