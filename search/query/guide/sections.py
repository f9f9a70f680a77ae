"""The query language as it is explained to readers: its operators in sections, what each does, examples.

Data, shown by the help page and held by tests to `docs/query-language.md`, to the parser and to `operators.py`.
`{word}`, `{title}` and the like in `live` stand for words of the index at hand and for the names of fields and
operators in the reader's language: `search/examples/index_examples.py` fills them in.
"""

from __future__ import annotations

from typing import Final

from search.query.guide.fields import DATES, FIELDS
from search.query.guide.operators import EXACT, OR, PARTS_OF_WORDS, PHRASES, WITHOUT, WORDS, Row, Section

__all__ = ["ABOUT", "SECTIONS", "Row", "Section"]

SECTIONS: Final = (WORDS, PHRASES, EXACT, OR, WITHOUT, PARTS_OF_WORDS, FIELDS, DATES)

#: Kinds of notes about an operator that was typed → the section that explains it.
ABOUT: Final = {
    "unclosed-quote": "phrases",
    "stray-quote": "phrases",
    "near-cut": "phrases",
    "unclosed-parenthesis": "or",
    "stray-parenthesis": "or",
    "deep-parentheses": "or",
    "stray-operator": "words",
    "only-negative": "without",
    "short-prefix": "parts",
    "prefix-cut": "parts",
    "short-fuzzy": "parts",
    "fuzzy-cut": "parts",
    "empty-field": "fields",
    "bad-date": "dates",
    "spoken-date": "dates",
    "other-years": "dates",
    "unknown-source": "fields",
    "unknown-section": "fields",
    "unknown-author": "fields",
    "unknown-agency": "fields",
    "unknown-place": "fields",
    "budget-exact": "exact",
    "budget-near": "phrases",
    "budget-phrase": "phrases",
    "budget-similar": "parts",
    "budget-without": "without",
}
