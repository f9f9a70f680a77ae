"""Function words: they count less in ranking and are optional in queries, but stay in the index and count inside a phrase.

In: a word without its leading particles, folded. Called by the analyser.
The lists follow the closed classes of the grammar (Ryding, A Reference Grammar of Modern Standard Arabic, ch. 12-19).
"""

from typing import Final

from search.analysis.fold import fold

_PREPOSITIONS: Final = "في من الى على عن مع حتى منذ لدى عند بين ب ل ك"
_PRONOUN_HOSTS: Final = "في من الي علي عن مع لدي عند بين ب ل ان لكن لان كل"
_PRONOUNS: Final = "ه ها هم هما هن ك كم نا ي"
_REST: Final = """
    هو هي هم هما هن انا انت نحن انتم انني اننا انهما
    هذا هذه هذان هذين هاتان هاتين هؤلاء ذلك تلك اولئك ذاك هنا هناك هنالك بهذا
    الذي التي الذين اللذان اللذين اللتان اللتين اللواتي اللاتي
    ما ماذا لماذا متى اين كيف كم هل اي اية ايا مما عما فيما بما لما كما
    و ف او ام ثم بل لكن لا لم لن لو لولا اذا اذ ان انما الا قد لقد سوف س كي لكي حيث حين حينما عندما بعدما قبلما كلما بينما طالما
    كان كانت كانوا يكون تكون يكونوا كنت كنا ليس ليست لست ليسوا
    كل بعض غير سوى ذات ذو ذي ايضا كذلك هكذا فقط اما
    قبل بعد تحت فوق خلال حول ضد دون امام وراء نحو لان
    ال
"""


def _inflected() -> set[str]:
    hosts, pronouns = _PRONOUN_HOSTS.split(), _PRONOUNS.split()
    return {host + pronoun for host in hosts for pronoun in pronouns}


FUNCTION_WORDS: Final = frozenset(map(fold, [*_PREPOSITIONS.split(), *_REST.split(), *_inflected()]))
