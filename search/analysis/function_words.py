"""The function words of Arabic (prepositions, pronouns, conjunctions, auxiliaries) and the stem of each of their forms.

In: nothing. Out: `FUNCTION_WORDS`, folded words without particles, and `FUNCTION_STEMS`, inflected function word → its
stem (منها → من). Function words count less in ranking and are optional in queries, but they are indexed and count
inside a phrase. Called by the analyser, the rules for particles and the stemmer. The closed classes are those of
Ryding, A Reference Grammar of Modern Standard Arabic, chapters 12 to 19.
"""

from enum import Flag, auto
from typing import Final

from search.analysis.fold import fold

# Words to which pronouns are attached, as they are written before them.
_PREPOSITIONS: Final = "في من إلي علي عن مع لدي عند بين ب ل كل حول قبل بعد ضد خلال دون"
_PARTICLES: Final = "إن أن لأن بأن كأن لكن لعل"
_PRONOUNS: Final = "ه ها هم هما هن ك كم نا ي"
_WORDS: Final = """
    في من إلى على عن مع حتى منذ لدى عند بين
    هو هي هم هما هن أنا أنت نحن أنتم أنتن
    هذا هذه هذان هذين هاتان هاتين هؤلاء ذلك تلك أولئك ذاك كذلك لذلك بذلك هنا هناك هنالك
    الذي التي الذين اللذان اللذين اللتان اللتين اللواتي اللاتي للذي للتي للذين
    ما ماذا لماذا متى أين كيف كم هل أي أية أيا مما عما فيما بما لما كما ممن
    و ف أو أم ثم بل لكن لا لم لن لو لولا إذا إذ أن إن لأن بأن كأن أنما إنما كأنما إلا قد لقد سوف س كي لكي حيث حين حينما
    عندما بعدما كلما بينما طالما ربما لعل
    كان كانت كانوا يكون تكون يكونوا كنت كنا ليس ليست لست ليسوا
    كل كلا كلتا بعض غير سوى ذات ذو ذي أيضا هكذا فقط أما
    قبل بعد تحت فوق خلال حول ضد دون أمام وراء نحو
    ب ل ك ال
"""
LATIN_ARTICLES: Final = frozenset(("al", "el"))  # ال in Latin letters, as in «al Mosul»
_FAMILIES: Final = {
    "هذا": "هذه هذان هذين هاتان هاتين هؤلاء",
    "ذلك": "تلك أولئك ذاك",
    "الذي": "التي الذين اللذان اللذين اللتان اللتين اللواتي اللاتي للذي للتي للذين",
}


def _inflected() -> dict[str, str]:
    """Return inflected preposition or particle → that preposition or particle, as they are written."""
    hosts = [*_PREPOSITIONS.split(), *_PARTICLES.split()]
    forms = {host + pronoun: host for host in hosts for pronoun in _PRONOUNS.split()}
    forms |= {host + "ني": host for host in _PARTICLES.split()}
    return {form: host for form, host in forms.items() if form not in _NOUNS}


def _stems() -> dict[str, str]:
    """Return inflected function word → its stem, all folded."""
    lone = {"إلي": "إلى", "علي": "على", "لدي": "لدى"}
    stems = {fold(form): fold(lone.get(host, host)) for form, host in _inflected().items()}
    stems |= {fold(form): fold(head) for head, forms in _FAMILIES.items() for form in forms.split()}
    return stems


_NOUNS: Final = frozenset(("كلي", "كلك", "قبله", "قبلي", "حولي"))  # words of their own: كلي, قبلة, حولي

FUNCTION_STEMS: Final = _stems()
FUNCTION_WORDS: Final = frozenset(map(fold, _WORDS.split())) | FUNCTION_STEMS.keys()
FUNCTION_FORMS: Final = frozenset((*_WORDS.split(), *_inflected()))  # as they are written
# Words that are function words for certain if written with ى: folded, على is also the name علي.
CERTAIN_WRITTEN: Final = frozenset(("على", "إلى", "حتى", "متى", "لدى"))


class NameSide(Flag):
    """Where the rest of a name stands: before a part of it, behind it."""

    BEFORE = auto()
    BEHIND = auto()


# Function words whose letters also write a noun (أم mother, آل house of, ذو owner of), the name of a Latin letter (بي,
# كي, إم, إن, آي, إيه), a town, a person or a foreign name (كان, منة, بان, لي, لولا), as that is written → where the
# rest of the name stands.
NAME_PARTS: Final = {
    **dict.fromkeys(("أم", "آل", "ذو", "ذي", "بان", "منة"), NameSide.BEHIND),
    "كان": NameSide.BEFORE,
    **dict.fromkeys(("بي", "كي", "إم", "إن", "آي", "إيه", "لي", "لولا"), NameSide.BEFORE | NameSide.BEHIND),
}
