"""Tells by a few letters which chunks cannot have a stem, so that most chunks of an article need no analysis.

In: new chunks of a text, and the stems that a query asks for. Out: the chunks that may have one of the stems. Rules
take particles and endings off and exchange long vowels, hamza, ه and the ن of endings; every other letter that all
words of a lemma in the lemma table have stands in each written form of it, also in those that rules alone lead to it:
ك, ت and ب in each form of كتاب. Words that lists decide (months, per cent, currencies, أفواه) are looked at one by one.
Called by `chunks_by_stem.py`; a test holds it to all the news.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import lru_cache
from typing import Final

from search.analysis import letters as ar
from search.analysis.amounts import CURRENCY_CODES, HUNDREDS, PERCENT_WORDS, RIYAL_LETTERS, SIGNS
from search.analysis.context import in_doubt, outcomes, without_tags
from search.analysis.lexicon.lemma_letters import LemmaLetters
from search.analysis.lexicon.lemmas import LemmaTable
from search.analysis.lexicon.listed_forms import listed_forms
from search.analysis.months import UNSURE_MONTH
from search.analysis.weak_methods import weakly
from search.analysis.word_rules import NEVER_FROM_TABLE

#: The letters that stay in every form of a word that has them, the rarest in news first.
_LASTING: Final = "ظغثذضخزطصشجقحكسفدعبمترل"
_ALPHABET: Final = frozenset(ar.FOLDED_ALPHABET)
# Letters of other languages and presentation forms, whose folded letters do not stand in the text.
_ODD: Final = re.compile("[^\0-\u066d\u2000-\u2bff]")  # a third of what it takes to look for all others
_MOST_STEMS: Final = 24  # of more, looking for letters takes as long as analysing
_REMEMBERED: Final = 2**13  # stems whose letters are remembered


class StemLetters:
    """The lasting letters of stems, by a lemma table. Safe to share between threads.

    letters: those of the table's keys; None: of no lemma are any sure. stems: gives the stems of a written word, joined
    by spaces. stems_of_term: those of a term that neighbours decide.
    """

    def __init__(
        self,
        lemmas: LemmaTable,
        letters: LemmaLetters | None,
        stems: Callable[[str], str],
        stems_of_term: Callable[[str], tuple[str, ...]],
    ) -> None:
        self._of_lemma = letters.of if letters else _none
        self._apart: dict[str, set[str]] = {}  # stems of words that lists decide → the letters that all of those have
        for stem, word in _decided_apart(lemmas, stems, stems_of_term):
            self._apart.setdefault(stem, set(_LASTING)).intersection_update(word)
        self._remembered = lru_cache(maxsize=_REMEMBERED)(weakly(self._letters))

    def of(self, stem: str) -> str:
        """Return letters that each chunk with this stem has; "" if none is sure."""
        return self._remembered(stem)

    def likely(self, chunks: Collection[str], stems: Collection[str]) -> Collection[str]:
        """Return those of the chunks that may have one of the stems."""
        wanted = set(map(self.of, stems))
        if "" in wanted or len(wanted) > _MOST_STEMS or _ODD.search(" ".join(chunks)):
            return chunks
        found: set[str] = set()
        with_letter: dict[str, list[str]] = {}  # the rarest letter of a stem → the chunks that have it
        for letters in wanted:
            rarest, others = letters[0], letters[1:]
            left = with_letter.get(rarest)
            if left is None:
                left = with_letter[rarest] = [chunk for chunk in chunks if rarest in chunk]
            for letter in others:
                left = [chunk for chunk in left if letter in chunk]
            found.update(left)
        return found

    def _letters(self, stem: str) -> str:
        kept = self._of_lemma(stem) if "/" in stem else set(stem) if _ALPHABET.issuperset(stem) else set[str]()
        kept &= self._apart.get(stem, kept)
        return "".join(letter for letter in _LASTING if letter in kept)


def _none(key: str) -> set[str]:
    return set()


def _decided_apart(
    lemmas: LemmaTable, stems: Callable[[str], str], stems_of_term: Callable[[str], tuple[str, ...]]
) -> Iterator[tuple[str, str]]:
    """Yield the words whose stems lists or neighbours decide, whatever their letters, behind each of those stems."""
    for word in (*NEVER_FROM_TABLE, *PERCENT_WORDS, *SIGNS, *CURRENCY_CODES):
        yield from ((stem, word) for each in stems(word).split() for stem in without_tags(each))
    for form, listed in listed_forms(lemmas.lookup).items():
        yield from ((key, form) for key in listed.keys)
    for word in (*UNSURE_MONTH, *HUNDREDS, RIYAL_LETTERS[0]):
        yield from ((stem, word) for stem in _stems_of(outcomes(in_doubt((word,))), stems_of_term))


def _stems_of(terms: Iterable[str], stems_of_term: Callable[[str], tuple[str, ...]]) -> Iterator[str]:
    return (stem for term in terms for stem in stems_of_term(term))
