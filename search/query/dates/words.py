"""The text of a date → its folded words, numbers and signs, without punctuation that has no meaning in a date.

In: text as it was typed or published. Out: a list of at most MAX_WORDS strings. Called by `spans.py`, `published.py`
and `search/query/spoken_dates.py`.
"""

import re
from typing import Final

from search.analysis.fold import folded, folded_set

#: Longer texts are not dates: they are refused at once.
MAX_LENGTH: Final = 120  # characters
MAX_WORDS: Final = 32

#: Signs that separate the two ends of a span: two dots or more, and a dash between spaces or a long dash.
DOTS: Final = ".."
DASH: Final = "–"
HIJRI_ERA: Final = folded_set("هـ هجري هجرية ah")
COMMON_ERA: Final = folded_set("م ميلادي ميلادية ad")

_WORD: Final = re.compile(r"\d+|[^\W\d_]+|\.{2,}|\S")
_IGNORED: Final = frozenset("()[]{}<>«»“”„\"'‘’,،؛;|•·*")
_DASHES: Final = str.maketrans({"‐": "-", "‒": DASH, "—": DASH, "―": DASH, "−": "-", "~": DASH, "⁄": "/", "∕": "/"})
WEEKDAYS: Final = folded_set(
    "الأحد الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت الثلاثا"
    " sunday monday tuesday wednesday thursday friday saturday sun mon tue tues wed thu thur thurs fri sat"
    " lundi mardi mercredi jeudi vendredi samedi dimanche"
)


def clean(text: str) -> str:
    """Return the folded text of a date, with single spaces; raise ValueError if it is longer than MAX_LENGTH."""
    if len(text) > MAX_LENGTH:
        raise ValueError("too long for a date")
    return folded(text).translate(_DASHES)


def split(cleaned: str) -> list[str]:
    """Return the words, numbers and signs of a cleaned text; raise ValueError if there are more than MAX_WORDS."""
    found: list[str] = []
    for chunk in cleaned.split():
        if chunk == "-":
            found.append(DASH)
        else:
            found += [DOTS if word.startswith(DOTS) else word for word in _WORD.findall(chunk)]
    if len(found) > MAX_WORDS:
        raise ValueError("too many words for a date")
    return [word for word in found if word not in _IGNORED]


def words(text: str) -> list[str]:
    """Return the words, numbers and signs of the text of a date; raise ValueError if it is too long for a date."""
    return split(clean(text))
