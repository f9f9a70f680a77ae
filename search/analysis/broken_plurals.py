"""Rules that turn a broken plural into its singular by its pattern: وزراء → وزير, أسعار → سعر, نتائج → نتيجة.

In: a word as `rule_stemmer.py` prepares it (folded, but with إ at its front and ة or ى at its end kept). Out: the
singular, or None where the word counts of news do not have it. The patterns are those of Ryding, A Reference Grammar of
Modern Standard Arabic, chapter 7, except those that as many singulars have, فعول (measured: it joined more different
words than forms of one) and فعال.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Final

from search.analysis.fold import fold

_CONSONANT: Final = "([^اويهةىإٱ])"
_RADICAL: Final = "([^اإٱ])"
_LETTER: Final = re.compile(r"\([^)]*\)|\\\d|.")  # what stands for one letter of a plural
_LEAST: Final = 0.1  # the singular must occur more than this many times as often as the plural
_LEAST_COUNT: Final = 5  # and more often than this


@dataclass(frozen=True, slots=True)
class Pattern:
    """A plural pattern, named by its model from فعل, with the singulars it may belong to and its number of letters.

    plural: a regular expression, which `_compiled` compiles for the first word that is as long
    """

    name: str
    plural: str
    singulars: tuple[str, ...]
    letters: int


def _pattern(name: str, plural: str, *singulars: str) -> Pattern:
    """In `plural`, C is a consonant and R any letter but alef."""
    letters = len(_LETTER.findall(plural))
    return Pattern(name, plural.replace("C", _CONSONANT).replace("R", _RADICAL), singulars, letters)


PATTERNS: Final = (
    _pattern("فعلاء", "RCCاء", r"\1\2ي\3"),  # وزراء
    _pattern("أفعلاء", "اRCCاء", r"\1\2ي\3"),  # أصدقاء
    _pattern("فواعل", "RواCC", r"\1ا\2\3", r"\1ا\2\3ه"),  # شوارع, فواصل
    _pattern("فواعيل", "RواCيC", r"\1ا\2و\3"),  # قوانين
    _pattern("فعائل", "RCاءC", r"\1\2ي\3ه", r"\1\2ا\3ه"),  # نتائج, رسائل
    _pattern("فعاليل", "(.)CاCيC", r"\1\2\3و\4", r"\1\2\3ا\4", r"\1\2\3ي\4"),  # مشاريع, أساليب, تقارير
    _pattern("مفاعل", "مRاCC", r"م\1\2\3", r"م\1\2\3ه"),  # مصانع, مدارس
    _pattern("فعالل", "([^مايوهإٱ])CاCC", r"\1\2\3\4", r"\1\2\3\4ه"),  # فنادق, تجارب
    _pattern("فعول", r"([^اوي])([^اوي])و\2", r"\1\2"),  # حقوق: only where the root is doubled
    _pattern("أفعال", "اR([^اوإٱ])اC", r"\1\2\3"),  # أسعار; إعلام begins with إ and is none
    _pattern("أفعال", "اRواC", r"\1و\2", r"\1ا\2"),  # أسواق, أموال
    _pattern("أفعلة", "اRCCة", r"\1\2ا\3", r"\1\2ي\3"),  # أنظمة, أرغفة
    _pattern("فعلى", "RCCى", r"\1\2ي\3"),  # قتلى
)
_BY_LETTERS: Final = {n: tuple(pattern for pattern in PATTERNS if pattern.letters == n) for n in range(4, 7)}


def singular(shape: str, noun: Callable[[str], int]) -> str | None:
    """Return the singular of a broken plural. `noun` counts a folded word with and without the article."""
    for pattern in _BY_LETTERS.get(len(shape), ()):
        if found := _compiled(pattern.plural).fullmatch(shape):
            best = max((found.expand(form) for form in pattern.singulars), key=noun)
            if noun(best) > max(_LEAST * noun(fold(shape)), _LEAST_COUNT):
                return best
    return None


@cache
def _compiled(plural: str) -> re.Pattern[str]:
    return re.compile(plural)
