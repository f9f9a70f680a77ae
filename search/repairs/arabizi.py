"""Offers the Arabic of a query that was typed in Latin letters: for «almosul 7alab» «الموصل حلب».

In: a query, its tree, and the readings of Latin words in one index. Out: the query with Latin words in Arabic letters,
which is offered and not searched: all of them, if one has a digit that stands for an Arabic letter (7 for ح, 3 for ع)
and the archive lacks it; else those that may be names, but are not searched as such. Called by
`search/results_page.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
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
    """The words that are offered in Arabic letters, as they were typed, and the query with them in Arabic letters."""

    typed: str
    query: str


def in_arabic(query: str, tree: Tree, latin: LatinReadings) -> Offered | None:
    """Return the query in Arabic letters; None if no word of it is Arabic typed with digits."""
    words = _latin_words(query, tree)
    arabizi = [text for text, word in words.items() if ARABIZI_WORD.fullmatch(word) and latin.lacks(word)]
    if not arabizi:
        return None
    others = [text for text, word in words.items() if LATIN_NAME.fullmatch(word) and latin.lacks(word)]
    found = {text: latin.in_arabic(words[text]) for text in [*arabizi, *others][:_MOST_WORDS]}
    return _offered(query, words, found) if any(found[text] for text in arabizi if text in found) else None


def possible_names(query: str, tree: Tree, latin: LatinReadings) -> Offered | None:
    """Return the query with names in Arabic letters that its Latin words may be but are not searched as; None without
    any."""
    words = _latin_words(query, tree)
    names = [text for text, word in words.items() if LATIN_NAME.fullmatch(word)][:_MOST_WORDS]
    return _offered(query, words, {text: latin.offered(words[text]) for text in names})


def _latin_words(query: str, tree: Tree) -> dict[str, str]:
    """Return the words of a query as typed → as they are looked up; none of a query that has no Latin letters."""
    if not _LATIN_OR_FOREIGN.search(query):  # as most queries: they have Arabic letters, signs and spaces alone
        return {}
    typed_words = (leaf.text for leaf in words_as_typed(tree) if isinstance(leaf, Word))
    return {text: strip_marks(text).lower() for text in typed_words}


def _offered(query: str, words: Iterable[str], found: Mapping[str, str | None]) -> Offered | None:
    """Return the query with these words replaced by what was found for them; None if nothing was."""
    arabic = {text: name for text, name in found.items() if name}
    typed = [text for text in words if text in arabic]
    return Offered(" ".join(typed), _WORD.sub(lambda word: arabic.get(word[0], word[0]), query)) if typed else None
