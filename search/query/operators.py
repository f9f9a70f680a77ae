"""What the query language is made of: field names, words and signs that are operators, quotes, bounds.

Tables and look-ups, called by `lexer.py` and `parser.py`; `docs/query-language.md` explains each to the reader.
"""

from __future__ import annotations

import re
from typing import Final

from search.analysis import letters as ar
from search.analysis.fold import fold, strip_marks

MOST_CHARACTERS: Final = 1000
MOST_WORDS: Final = 64
MOST_DEPTH: Final = 20  # parentheses within parentheses
MOST_SLOP: Final = 50
NEAR: Final = 5  # words between neighbours where "…"~ names no number
MOST_DISTANCE: Final = 2
SHORTEST_PREFIX: Final = 2
SHORTEST_FUZZY: Final = 3

DATE_FIELDS: Final = frozenset(("date", "before", "after"))
#: Field → its names, the Arabic one first, the English one last.
FIELD_NAMES: Final = {
    "title": "عنوان العنوان title",
    "body": "نص النص body",
    "source": "مصدر المصدر source",
    "section": "قسم القسم section",
    "author": "كاتب الكاتب author",
    "date": "تاريخ التاريخ date",
    "before": "قبل before",
    "after": "بعد after",
}
_FIELDS: Final = {fold(strip_marks(name)): field for field, names in FIELD_NAMES.items() for name in names.split()}
_LONGEST_NAME: Final = 24  # with harakat
# A headline says «مصدر: …» and «كاتب: …» of whoever speaks: there a space after the colon makes it ordinary text.
_SPEAKERS: Final = frozenset(("مصدر", "كاتب"))

OR_WORD: Final = re.compile(f"[{ar.ALEF}{ar.ALEF_HAMZA_ABOVE}][{ar.MARK_CLASS}]*{ar.WAW}[{ar.MARK_CLASS}]*|OR|ＯＲ")
NOT_WORDS: Final = frozenset(("NOT", "ＮＯＴ"))
AND_WORDS: Final = frozenset(("AND", "ＡＮＤ"))
#: The words that are operators as they are mostly typed.
PLAIN_OPERATORS: Final = frozenset((ar.ALEF + ar.WAW, ar.ALEF_HAMZA_ABOVE + ar.WAW, "OR", "NOT", "AND"))

SINGLE_QUOTES: Final = "'‘’‚‛"
QUOTES: Final = '"“”„‟″〝〞〟«»‹›'
_CURLED: Final = '"“”„‟″〝〞〟'
#: Opening quote → what closes it. Guillemets are often typed the wrong way round in a right-to-left line.
CLOSERS: Final = dict.fromkeys(_CURLED, _CURLED) | {"«": "»", "»": "«", "‹": "›", "›": "‹"}

# Operators as East Asian, small and mathematical forms, and the Arabic star. An en dash stays a dash.
_SIGNS: Final = str.maketrans("（）：＂＇＊～－＝｜＋﹙﹚﹕﹡﹣﹦﹢∗٭∼˜‐‑−", "():\"'*~-=|+():*-=+**~~---")
# Not seen, so not typed on purpose: bidi controls, zero-width characters, null bytes, halves of broken characters.
_UNSEEN: Final = re.compile(f"[{ar.INVISIBLE_CLASS}\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufff9-\uffff\ud800-\udfff]+")


def clean(query: str) -> str:
    """Return the query without what cannot be seen, each sign in its plain form."""
    seen = query if query.isprintable() else _UNSEEN.sub("", query)
    return seen if seen.isascii() else seen.translate(_SIGNS)


def field_of(name: str) -> str | None:
    """Return the field that a name before a colon means, whatever its harakat, hamzas and case; None for no field."""
    return _FIELDS.get(fold(strip_marks(name))) if 1 < len(name) <= _LONGEST_NAME else None


def speaks(name: str) -> bool:
    """Return whether headlines put this name before a colon to quote somebody."""
    return fold(strip_marks(name)) in _SPEAKERS
