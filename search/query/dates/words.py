"""A date expression → its folded words, numbers and signs, without what says nothing about the day.

In: text as typed. Out: a list of strings, bounded in number. Called by `spans.py` and `published.py`.
"""

import re
from typing import Final

from search.analysis.months import folded, folded_set

#: Longer texts are not dates: they are refused before any work is done on them.
MAX_LENGTH: Final = 120
MAX_WORDS: Final = 32

#: What stands between the two ends of a span and cannot stand within a date: two dots or more; a lone or a long dash.
DOTS: Final = ".."
DASH: Final = "–"
HIJRI_ERA: Final = folded_set("هـ هجري هجرية ah")
COMMON_ERA: Final = folded_set("م ميلادي ميلادية ad")

_WORD: Final = re.compile(r"\d+|[^\W\d_]+|\.{2,}|\S")
_SAYS_NOTHING: Final = frozenset("()[]{}<>«»“”„\"'‘’,،؛;|•·*")
_DASHES: Final = str.maketrans({"‐": "-", "‒": DASH, "—": DASH, "―": DASH, "−": "-", "~": DASH, "⁄": "/", "∕": "/"})
WEEKDAYS: Final = folded_set(
    "الأحد الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت الثلاثا"
    " sunday monday tuesday wednesday thursday friday saturday sun mon tue tues wed thu thur thurs fri sat"
    " lundi mardi mercredi jeudi vendredi samedi dimanche"
)


def clean(text: str) -> str:
    """Return a date expression folded, its words parted by single spaces; raise ValueError where it is too long."""
    if len(text) > MAX_LENGTH:
        raise ValueError("too long for a date")
    return folded(text).translate(_DASHES)


def split(cleaned: str) -> list[str]:
    """Return the words, numbers and signs of a cleaned expression; raise ValueError where they are too many."""
    found: list[str] = []
    for chunk in cleaned.split():
        if chunk == "-":
            found.append(DASH)
        else:
            found += [DOTS if word.startswith(DOTS) else word for word in _WORD.findall(chunk)]
    if len(found) > MAX_WORDS:
        raise ValueError("too many words for a date")
    return [word for word in found if word not in _SAYS_NOTHING]


def words(text: str) -> list[str]:
    """Return the words of a date expression as typed; raise ValueError where it is too long to be one."""
    return split(clean(text))
