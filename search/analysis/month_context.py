"""Names of months that only their neighbours give away: كانون الثاني, 15 نيسان (and not the car maker).

In: terms joined by spaces, where the analyser left a sign before each word that may name a month. Out: the same
terms without the sign, a month's name replaced by the one term of that month. So that texts without such words pay
one search for one character. Called by the analyser, for texts and for tokens.
"""

from collections.abc import Callable, Sequence
from typing import Final

from search.analysis.months import month_pair

MAYBE_MONTH: Final = "\uf8ff"  # of Unicode's private use: no token of a text holds it

Stems = Callable[[str], Sequence[str]]  # a month's term → its stem-level keys


def maybe_month(terms: Sequence[str]) -> str:
    """Return the terms of one doubtful word as one string without spaces that starts with the sign."""
    return MAYBE_MONTH + MAYBE_MONTH.join(terms)


def resolve_months(words: Sequence[str]) -> list[str]:
    """Return the words of a text without signs, doubtful ones replaced where their neighbours make them a month."""
    return [_settled(words, at) if word[0] == MAYBE_MONTH else word for at, word in enumerate(words)]


def resolve_month_terms(word: str, stem: str, stems_of: Stems) -> tuple[str, str]:
    """Settle the joined terms of the levels word and stem alike; `stems_of` gives the stems of a month's term."""
    words, stems = word.split(), stem.split()
    settled = resolve_months(words)
    doubtful = (at for at, term in enumerate(words) if term[0] == MAYBE_MONTH)
    for place, term in enumerate(stems):
        if term[0] == MAYBE_MONTH:
            at = next(doubtful)
            is_month = settled[at] != words[at][1:]
            stems[place] = " ".join(stems_of(settled[at]) if is_month else term[1:].split(MAYBE_MONTH))
    return " ".join(settled), " ".join(stems)


def _settled(words: Sequence[str], at: int) -> str:
    word = words[at][1:]
    before = words[at - 1].lstrip(MAYBE_MONTH) if at else ""
    after = words[at + 1].lstrip(MAYBE_MONTH) if at + 1 < len(words) else ""
    return month_pair(word, after) or month_pair(before, word) or word
