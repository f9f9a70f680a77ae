"""Whether the marks of a query word and of a word in a text contradict each other.

In: two written words, with or without harakat. Out: whether they may be one word: same letters, once folded and
without the particles in front of the text word, and no mark that contradicts another (pyarabic's `vocalizedlike`; a
mark left out contradicts nothing). Called by the search for query words typed with harakat.
"""

import re
import unicodedata
from typing import Final

from pyarabic import araby

from search.analysis import letters as ar
from search.analysis.fold import MARKED_ARABIC, fold, strip_marks
from search.analysis.particle_rules import possible_splits

# Marks before another letter: those on the last one, and ً before its ا, show the case, not the word.
MARKS_INSIDE: Final = frozenset(map(chr, range(0x064C, 0x0653)))
INNER_MARKS: Final = re.compile(f"[{''.join(sorted(MARKS_INSIDE))}]+(?=[{ar.PLAIN_LETTER_CLASS}])")
_UNMARKING: Final = re.compile("[\u0640\u0670\u200b-\u200f]+")  # what MARKED_ARABIC holds beside letters and harakat
_LETTER_WITH_MARKS: Final = re.compile(f"[{ar.PLAIN_LETTER_CLASS}][{ar.HARAKAT_CLASS}]*")
_BETWEEN: Final = "|"  # no token of a text holds it
_MARKS: Final = frozenset((*araby.HARAKAT, ar.SHADDA))


def is_vocalised(word: str) -> bool:
    """Whether the word was typed with at least one of the harakat."""
    return not _MARKS.isdisjoint(word)


def vocalised_term(word: str, written: str) -> str:
    """Return the index term of a vocalised word: its word-level term, and how it is written."""
    return f"{word}{_BETWEEN}{''.join(_marked(written))}"


def vocalised_prefix(word: str) -> str:
    """Return what the terms of all vocalised writings of a word-level term begin with."""
    return word + _BETWEEN


def written_of(term: str) -> str:
    """Return the written word of an index term that `marked_term` made."""
    return term.partition(_BETWEEN)[2]


def vocalisation_agrees(query_word: str, text_word: str) -> bool:
    """Whether a text word may be the word that the query vocalises: والعِلْم and علم for عِلْم, but not عَلَم.

    The marks on the last letter do not count: they show the case, not the word. Words of other letters do not agree.
    """
    asked, found = strip_marks(query_word), strip_marks(text_word)
    if not asked or not found:
        return False
    wanted = fold(asked)
    for split in possible_splits(fold(found), found):
        if split.rest == wanted:
            particles = len(found) - len(split.written)
            return _agree(_marked(query_word), _marked(text_word)[particles:])
    return False


def _marked(word: str) -> list[str]:
    """Return the letters of a word, each with its harakat behind it; tatweel and all other marks are left out."""
    word = unicodedata.normalize("NFKC", word)
    if MARKED_ARABIC.fullmatch(word):  # nearly all: worth a look before going letter by letter
        return _LETTER_WITH_MARKS.findall(_UNMARKING.sub("", word))
    marked: list[str] = []
    for character in word:
        if character in _MARKS:
            if marked:
                marked[-1] += character
        elif letter := strip_marks(character):
            marked.append(letter)
    return marked


def _agree(asked: list[str], found: list[str]) -> bool:
    """Compare letter by letter, for the letters themselves are spelt in more than one way; all but the last one's
    marks.
    """
    if len(asked) != len(found):  # مائة and مئة: one word, but no way to lay their marks side by side
        return True
    return all(
        araby.vocalizedlike(ar.ALEF + a[1:], ar.ALEF + f[1:]) for a, f in zip(asked[:-1], found[:-1], strict=True)
    )
