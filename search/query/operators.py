"""The tables of the query language: field names, operators, quotes, and the limits on what one query may hold.

Called by `lexer.py`, `parser.py` and everything that reads or writes queries. `docs/query-language.md` explains the
language to readers; a test compares it with these tables.
"""

from __future__ import annotations

import re
from typing import Final

from search.analysis import letters as ar
from search.analysis.fold import fold, strip_marks

MOST_CHARACTERS: Final = 1000
MOST_WORDS: Final = 64
MOST_DEPTH: Final = 20  # levels of nested parentheses
MOST_SLOP: Final = 50
NEAR: Final = 5  # the slop of "…"~ without a number: words between neighbours
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
    "agency": "وكالة الوكالة agency",
    "place": "مكان المكان place",
    "date": "تاريخ التاريخ date",
    "before": "قبل before",
    "after": "بعد after",
}
_FIELDS: Final = {fold(strip_marks(name)): field for field, names in FIELD_NAMES.items() for name in names.split()}
_LONGEST_NAME: Final = 24  # with harakat
# Headlines quote people as «مصدر: …», «كاتب: …» and «وكالة: …», and name a «مكان: …». After these names a space
# behind the colon makes the text ordinary words, so that a pasted headline is not read as a field.
_QUOTING_NAMES: Final = frozenset(map(fold, ("مصدر", "كاتب", "وكالة", "مكان")))

OR_WORD: Final = re.compile(f"[{ar.ALEF}{ar.ALEF_HAMZA_ABOVE}][{ar.MARK_CLASS}]*{ar.WAW}[{ar.MARK_CLASS}]*|OR|ＯＲ")
NOT_WORDS: Final = frozenset(("NOT", "ＮＯＴ"))
AND_WORDS: Final = frozenset(("AND", "ＡＮＤ"))
#: The operators that are words, in their most frequent spelling.
PLAIN_OPERATORS: Final = frozenset((ar.ALEF + ar.WAW, ar.ALEF_HAMZA_ABOVE + ar.WAW, "OR", "NOT", "AND"))

SINGLE_QUOTES: Final = "'‘’‚‛"
QUOTES: Final = '"“”„‟″〝〞〟«»‹›'
_CURLED: Final = '"“”„‟″〝〞〟'
#: Opening quote → what closes it. Guillemets are often typed the wrong way round in a right-to-left line.
CLOSERS: Final = dict.fromkeys(_CURLED, _CURLED) | {"«": "»", "»": "«", "‹": "›", "›": "‹"}

# Full-width, small and mathematical forms of the operators, and the Arabic star. An en dash is not an operator.
_SIGNS: Final = str.maketrans("（）：＂＇＊～－＝｜＋﹙﹚﹕﹡﹣﹦﹢∗٭∼˜‐‑−", "():\"'*~-=|+():*-=+**~~---")
# Invisible characters, which nobody types on purpose: bidi controls, zero-width and control characters, surrogates.
_INVISIBLE: Final = re.compile(f"[{ar.INVISIBLE_CLASS}\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufff9-\uffff\ud800-\udfff]+")


def clean(query: str) -> str:
    """Return the query without invisible characters, each operator in its ASCII form."""
    seen = query if query.isprintable() else _INVISIBLE.sub("", query)
    return seen if seen.isascii() else seen.translate(_SIGNS)


def field_of(name: str) -> str | None:
    """Return the field with this name, whatever its harakat, hamzas and case; None if there is none."""
    return _FIELDS.get(fold(strip_marks(name))) if 1 < len(name) <= _LONGEST_NAME else None


def quotes_somebody(name: str) -> bool:
    """Return whether headlines put this name before a colon to quote somebody."""
    return fold(strip_marks(name)) in _QUOTING_NAMES
