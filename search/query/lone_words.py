"""The only content word of a query, without the readings that would mostly bring other words' articles.

In: the parts of a query; a token with its readings, and the document frequencies of the index. Out: whether there is
one such word; the token. What is excluded, days, and names of papers or authors leave a word as lone as it was. Beside
other words a wrong reading seldom matches; alone it matches all its articles, and a list by date shows them first: most
articles with عالم mean the world, not علماء. Called by `rewrite.py`, and by
`search/repeated_line_note.py`, which tells readers of such a word.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from msgspec.structs import replace

from search.analysis.analyzed_token import AnalyzedToken
from search.analysis.table_readings import SOURCE
from search.query.field_clauses import DocumentFrequencies
from search.query.tree import NAME_FIELDS, All, And, Fuzzy, Not, Or, Phrase, Prefix, Range, Tree, Word, parts_of

_LEAST: Final = 100  # articles with the likeliest lemma; where fewer match, every reading is welcome
_MOST_WRONG: Final = 0.5  # articles with another word that a reading may bring, as a share of those with the lemma


def is_lone(parts: Iterable[Tree]) -> bool:
    """Return whether one of these parts alone says what is searched for. parts: those of a query that are no function
    word."""
    return sum(not _only_limits(part) for part in parts) == 1


def only_word(tree: Tree) -> Word | None:
    """Return the word that alone says what is searched for, in any form and wherever it stands; None if there are other
    parts that do, function words among them."""
    said = [part for part in parts_of(tree, And) if not _only_limits(part)]
    word = said[0] if len(said) == 1 else None
    return word if isinstance(word, Word) and not word.exact and word.field is None else None


def _only_limits(part: Tree) -> bool:
    """Whether a part says nothing but what is excluded, of which days articles are, or who published or wrote them."""
    match part:
        case Not() | Range() | All():
            return True
        case Word() | Phrase() | Prefix() | Fuzzy():
            return part.field in NAME_FIELDS
        case And(parts) | Or(parts):
            return all(map(_only_limits, parts))
    return False


def without_unlikely(token: AnalyzedToken, frequencies: DocumentFrequencies) -> AnalyzedToken:
    """Return the token without the written forms of its lemma that more often write another word.

    A form that writes the lemma with probability p brings (1 - p) of its articles in vain.
    """
    forms = [reading for reading in token.readings if reading.level == "word" and reading.source == SOURCE]
    own = frequencies("body_stem", token.stems[:1])[0] if forms else 0
    if own < _LEAST:
        return token
    counts = frequencies("body_word", tuple(form.term for form in forms))
    wrong = {form for form, count in zip(forms, counts, strict=True) if (1 - form.weight) * count > _MOST_WRONG * own}
    return replace(token, readings=tuple(each for each in token.readings if each not in wrong)) if wrong else token
