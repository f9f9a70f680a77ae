"""Offers the Arabic of a query that was typed in Latin letters and digits: for «almosul 7alab» «الموصل حلب».

In: a query, its tree, and the readings of Latin words in one index. Out: the query with its Latin words in Arabic
letters, if one of them has a digit that stands for an Arabic letter (7 for ح, 3 for ع) and the archive lacks it; it is
offered and not searched. Called by `search/results_page.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from search.analysis.fold import strip_marks
from search.analysis.names.latin_spellings import ARABIZI_WORD, LATIN_NAME
from search.query.tree import Tree, Word, words_as_typed
from search.repairs.latin_readings import LatinReadings

_WORD: Final = re.compile(r"[\w']+")
_LATIN_OR_FOREIGN: Final = re.compile(r"[^\s!-@\u0600-\u06ff]")  # every sign that may be read as a Latin letter
_MOST_WORDS: Final = 8  # words of a query that are read, the first


@dataclass(frozen=True, slots=True)
class Offered:
    """The words that look like Arabic, as they were typed, and the query in Arabic letters."""

    typed: str
    query: str


def in_arabic(query: str, tree: Tree, latin: LatinReadings) -> Offered | None:
    """Return the query in Arabic letters; None if no word of it is Arabic typed with digits."""
    if not _LATIN_OR_FOREIGN.search(query):  # as most queries: they have Arabic letters, signs and spaces alone
        return None
    typed_words = (leaf.text for leaf in words_as_typed(tree) if isinstance(leaf, Word))
    words = {text: strip_marks(text) for text in typed_words}
    arabizi = [text for text, word in words.items() if ARABIZI_WORD.fullmatch(word) and latin.lacks(word)]
    if not arabizi:
        return None
    others = [text for text, word in words.items() if LATIN_NAME.fullmatch(word) and latin.lacks(word)]
    read = {text: latin.in_arabic(words[text]) for text in [*arabizi, *others][:_MOST_WORDS]}
    found = {text: arabic for text, arabic in read.items() if arabic}
    typed = [text for text in words if text in found]
    if not any(text in found for text in arabizi):
        return None
    return Offered(" ".join(typed), _WORD.sub(lambda word: found.get(word[0], word[0]), query))
