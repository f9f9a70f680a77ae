"""Decides by the neighbouring words whether a word names a month: كانون الثاني and 15 نيسان do, سيارة نيسان does not.

In: the terms of a text, in which `maybe_month` has tagged the words that may name a month. Out: the same terms without
tags; those that name a month are replaced by the canonical term of that month. The tag is one character, so that texts
without such words cost no more than a search for it. Called by the analyser for tokens and by `batch/` for texts.
"""

from collections.abc import Callable, Sequence
from typing import Final

from search.analysis.months import month_between

CONTEXT_VERSION: Final = 1  # raise when these rules give any text other terms: indexes are then made anew

MAYBE_MONTH: Final = "\uf8ff"  # the tag, a character of Unicode's private use: no token of a text contains it

Stems = Callable[[str], Sequence[str]]  # the canonical term of a month → its stem-level keys


def maybe_month(terms: Sequence[str]) -> str:
    """Return the terms of one word that may name a month as one string without spaces, with a tag before each term."""
    return MAYBE_MONTH + MAYBE_MONTH.join(terms)


def resolve_months(words: Sequence[str]) -> list[str]:
    """Return the words of a text without tags, and those that their neighbours show to name a month replaced."""
    return [_resolved(words, at) if word[0] == MAYBE_MONTH else word for at, word in enumerate(words)]


def resolve_month_terms(word: str, stem: str, stems_of: Stems) -> tuple[str, str]:
    """Resolve the months in the terms of a text at the levels word and stem, each joined by spaces."""
    words, stems = word.split(), stem.split()
    resolved = resolve_months(words)
    tagged = (at for at, term in enumerate(words) if term[0] == MAYBE_MONTH)
    for position, term in enumerate(stems):
        if term[0] == MAYBE_MONTH:
            at = next(tagged)
            is_month = resolved[at] != words[at][1:]
            stems[position] = " ".join(stems_of(resolved[at]) if is_month else term[1:].split(MAYBE_MONTH))
    return " ".join(resolved), " ".join(stems)


def _resolved(words: Sequence[str], at: int) -> str:
    word = words[at][1:]
    before = words[at - 1].lstrip(MAYBE_MONTH) if at else ""
    after = words[at + 1].lstrip(MAYBE_MONTH) if at + 1 < len(words) else ""
    return month_between(before, word, after) or word
