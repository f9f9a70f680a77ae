"""Decides by the neighbouring words what a word is: كانون الثاني and 15 نيسان name a month, سيارة نيسان does not; and
في المئة is per cent, المئة alone is not.

In: the terms of a text at the level word, in which `in_doubt` has tagged the words that neighbours decide. Out: what
each word or group of words is read as. The tag is one character, so that texts without such words cost no more than a
search for it. Called by the analyser; `batch/` has it read the few words around a tagged one.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

from search.analysis.amounts import HUNDREDS, PERCENT, RIYAL, RIYAL_LETTERS, is_number
from search.analysis.fold import folded, folded_set
from search.analysis.months import CANONICAL_MONTH, UNSURE_MONTH, month_between

CONTEXT_VERSION: Final = 2  # raise when these rules give any text other terms: indexes are then made anew

IN_DOUBT: Final = "\uf8ff"  # the tag, a character of Unicode's private use: no token of a text contains it
BEFORE, AFTER = 2, 1  # how many words before and behind may decide

IN: Final = folded("في")
#: Behind في المئة: في المئة يوم الأولى is a span of time, and في المائة متر a race, unless a number stands before.
COUNTED: Final = folded_set("يوم عام سنة متر ألف مليون")
_MONTHS: Final = frozenset(CANONICAL_MONTH.values())
_RIYAL_BEGINS: Final = IN_DOUBT + RIYAL_LETTERS[0]


class Reading(NamedTuple):
    """The words from the index `first` to `end`, not included, are read as one token with this term.

    term     None: the word, which is one, has its own terms
    """

    first: int
    end: int
    term: str | None


def in_doubt(terms: Sequence[str]) -> str:
    """Return the terms of one word that its neighbours decide as one string without spaces, a tag before each."""
    return IN_DOUBT + IN_DOUBT.join(terms)


def without_tags(term: str) -> tuple[str, ...]:
    """Return the terms that `in_doubt` joined, or the term itself."""
    return tuple(term[1:].split(IN_DOUBT)) if term[:1] == IN_DOUBT else (term,)


def is_settled(term: str, after: str) -> bool:
    """Return whether a tagged word has its own terms before this word, whatever else stands around: ر in 50ر11."""
    return term == _RIYAL_BEGINS and after != RIYAL_LETTERS[1]


def readings(words: Sequence[str]) -> list[Reading]:
    """Return how the tagged words of a text are read, in order."""
    found: list[Reading] = []
    for at, word in enumerate(words):
        if word[0] == IN_DOUBT and not (found and found[-1].end > at):
            found.append(_reading(words, at))
    return found


def outcomes(term: str) -> frozenset[str]:
    """Return the terms that a tagged word and those that it may be read as one with may have; () of any other word."""
    word = term[1:] if term[:1] == IN_DOUBT else ""
    if word in HUNDREDS:
        return frozenset((word, IN, PERCENT))
    if word == RIYAL_LETTERS[0]:
        return frozenset((*RIYAL_LETTERS, RIYAL))
    return _MONTHS | {word} if word in UNSURE_MONTH else frozenset()


#: Every term that neighbours may give a tagged word, or a word that it is read as one with.
DECIDED_BY_NEIGHBOURS: Final = frozenset().union(
    *(outcomes(in_doubt((word,))) for word in (*UNSURE_MONTH, *HUNDREDS, RIYAL_LETTERS[0]))
)


def _reading(words: Sequence[str], at: int) -> Reading:
    before2, before, word, after = (_plain(words, i) for i in range(at - BEFORE, at + AFTER + 1))
    if word in HUNDREDS:
        percent = before == IN and (is_number(before2) or after not in COUNTED)
        return Reading(at - 1, at + 1, PERCENT) if percent else Reading(at, at + 1, None)
    if word == RIYAL_LETTERS[0]:
        riyal = after == RIYAL_LETTERS[1] and is_number(before)
        return Reading(at, at + 2, RIYAL) if riyal else Reading(at, at + 1, None)
    return Reading(at, at + 1, month_between(before, word, after))


def _plain(words: Sequence[str], at: int) -> str:
    return words[at].lstrip(IN_DOUBT) if 0 <= at < len(words) else ""
