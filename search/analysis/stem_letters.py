"""The letters without which no chunk has a stem, so that most chunks of an article need no analysis.

In: a stem that a query asks for. Out: masks of letters, of which each chunk with the stem has one. Rules take particles
and endings off and exchange long vowels, hamza, ه and the ن of endings; every other letter that all words of a lemma in
the lemma table have stands in each written form of it, also in those that rules alone lead to it: ك, ت and ب in each
form of كتاب. Words that lists decide (months, per cent, currencies, أفواه) have a mask of their own; a number or a word
in other letters is written with characters that are no Arabic letters. Called by `chunks_by_stem.py`; a test holds it
to all the news.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Final

from search.analysis import letters as ar
from search.analysis.amounts import CURRENCY_CODES, HUNDREDS, PERCENT_WORDS, RIYAL_LETTERS, SIGNS, TEN_NAMES
from search.analysis.context import in_doubt, outcomes, without_tags
from search.analysis.lexicon.lemma_letters import LemmaLetters
from search.analysis.lexicon.lemmas import LemmaTable
from search.analysis.lexicon.listed_forms import listed_forms
from search.analysis.months import UNSURE_MONTH
from search.analysis.weak_methods import weakly
from search.analysis.word_rules import NEVER_FROM_TABLE

#: The letters that stay in every form of a word that has them.
LASTING: Final = "ظغثذضخزطصشجقحكسفدعبمترل"
#: The bits of a mask: one for each of these letters, one for characters that are neither Arabic letters nor what stands
#: at the edges of words, and one for letters of other languages and presentation forms, whose folded letters do not
#: stand in the text.
BITS: Final = {letter: 1 << place for place, letter in enumerate(LASTING)}
FOREIGN: Final = 1 << len(LASTING)
ODD: Final = FOREIGN << 1
#: All characters but foreign ones.
PLAIN: Final = re.compile(rf"[\s{ar.HAMZA}-{ar.YEH}{ar.MARK_CLASS}.,:;!?()\[\]\"'«»“”‘’،؛؟…–—-]")
_ALPHABET: Final = frozenset(ar.FOLDED_ALPHABET)
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
        self._apart: dict[str, set[int]] = {}  # stems of words that lists decide → the masks of those words
        for stem, word in _decided_apart(lemmas, stems, stems_of_term):
            self._apart.setdefault(stem, set()).add(_mask(word))
        self._remembered = lru_cache(maxsize=_REMEMBERED)(weakly(self._masks))

    def masks(self, stem: str) -> tuple[int, ...]:
        """Return masks of which each chunk with this stem has one; 0, which each chunk has, if no letter is sure."""
        return self._remembered(stem)

    def _masks(self, stem: str) -> tuple[int, ...]:
        found = {self._own_mask(stem), *self._apart.get(stem, ())}
        return (0,) if 0 in found else tuple(sorted(found))

    def _own_mask(self, stem: str) -> int:
        if "/" in stem:
            return _mask(self._of_lemma(stem))
        if _ALPHABET.issuperset(stem):
            return _mask(stem)
        return FOREIGN if _ALPHABET.isdisjoint(stem) and stem not in TEN_NAMES else 0


def _mask(word: Iterable[str]) -> int:
    """Return the mask of a word: of its lasting letters, or of what else it consists of."""
    letters = 0
    for letter in word:
        letters |= BITS.get(letter, 0)
    return letters or (FOREIGN if PLAIN.sub("", "".join(word)) else 0)


def _none(key: str) -> frozenset[str]:
    return frozenset()


def _decided_apart(
    lemmas: LemmaTable, stems: Callable[[str], str], stems_of_term: Callable[[str], tuple[str, ...]]
) -> Iterator[tuple[str, str]]:
    """Yield the words whose stems lists or neighbours decide, whatever their letters, behind each of those stems."""
    for word in (*NEVER_FROM_TABLE, *PERCENT_WORDS, *SIGNS, *CURRENCY_CODES):
        yield from ((stem, word) for each in stems(word).split() for stem in without_tags(each))
    for form, listed in listed_forms(lemmas.lookup).items():
        yield from ((key, form.removeprefix(ar.ARTICLE)) for key in listed.keys)  # للسادات has no ا of its ال
    for word in (*UNSURE_MONTH, *HUNDREDS, RIYAL_LETTERS[0]):
        yield from ((stem, word) for stem in _stems_of(outcomes(in_doubt((word,))), stems_of_term))


def _stems_of(terms: Iterable[str], stems_of_term: Callable[[str], tuple[str, ...]]) -> Iterator[str]:
    return (stem for term in terms for stem in stems_of_term(term))
