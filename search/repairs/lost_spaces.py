"""Finds the words that a reader typed without the spaces between them: منالسعودية, محمدبنسلمان.

In: a folded form that few articles have or none. Out: rows of folded words, and how many articles have them side by
side, which decides between several: من السعودية stands in many, منال سعودية in none. Called by `slips.py`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final

from search.analysis.function_words import FUNCTION_WORDS
from search.analysis.letters import ARTICLE
from search.analysis.lexicon.compound_table import bundled_compounds
from search.engines.base import Engine
from search.query.clauses import any_of
from search.query.field_clauses import exact_phrase
from search.query.tree import TEXT_FIELDS
from search.repairs.corrections import LEAST_PART, SHORT_WORDS, is_correctable, splits
from search.repairs.form_counts import FormCounts

MOST_COUNTED: Final = 30_000  # articles with the rarer of two words that are counted side by side
_COUNTED: Final = 2  # splits whose two words are counted side by side
_LEAST_OF_WORD: Final = 3  # articles with a word that is a part of the form
_MOST_WORDS: Final = 5  # of a form without any space
_LEAST_DEFINITE: Final = 5  # letters of a noun with the article behind a function word

Row = tuple[str, ...]


class LostSpaces:
    """The lost spaces in forms of one open index. Safe to share between threads."""

    def __init__(self, engine: Engine, counts: FormCounts) -> None:
        self._engine, self._counts = engine, counts

    def two_words(self, form: str, *, least: float) -> Iterator[tuple[Row, int]]:
        """Yield the likeliest two words that a form may be, with the articles that have them side by side.

        Those are passed over that fewer articles than `least` may have so: in bodies and in headlines no more have than
        have the rarer word.
        """
        for rarer, words in self._common_words(form)[:_COUNTED]:
            if rarer <= MOST_COUNTED and 2 * rarer >= least:
                yield words, self._side_by_side(words)

    def several_words(self, form: str) -> Row:
        """Return the likeliest three words or more that a form may be and an article has side by side; () without any.

        Of as many words those are likeliest whose frequencies have the largest product.
        """
        rows = self._likeliest_rows(form) if is_correctable(form) else []
        return next((words for words in rows if self._side_by_side(words)), ())

    def likely_words(self, form: str) -> Row:
        """Return the two words that a form may be though no article has them side by side: a function word and a noun
        with the article, else two of three letters or more; () without any."""
        rows = [words for _, words in self._common_words(form)]
        definite = (words for words in rows if words[0] in FUNCTION_WORDS and _is_definite(words[1]))
        long = (words for words in rows if min(map(len, words)) >= LEAST_PART)
        return next(chain(definite, long), ())

    def _side_by_side(self, words: Sequence[str]) -> int:
        """Return how many articles have these words, among them names in one word, one behind the other."""
        parts = bundled_compounds().parts_of_name
        row = tuple(chain.from_iterable(parts(word) or (word,) for word in words))
        phrases = (exact_phrase(name, row, self._engine.frequencies) for name in TEXT_FIELDS)
        return self._engine.search(any_of(*phrases), limit=0).total

    def _common_words(self, form: str) -> list[tuple[int, tuple[str, str]]]:
        """Return the splits of a form whose words are both in three articles or more, with those of the rarer word; the
        split whose rarer word is the commonest comes first."""
        pairs = splits(form)
        firsts = self._counts.at_most([one for one, _ in pairs])
        seconds = self._counts.at_most([other for _, other in pairs])
        rows = [(min(counts), pair) for *counts, pair in zip(firsts, seconds, pairs, strict=True)]
        return sorted((row for row in rows if row[0] >= _LEAST_OF_WORD), key=lambda row: (-row[0], row[1]))

    def _likeliest_rows(self, form: str) -> Iterator[Row]:
        """Yield the likeliest row of three words that a form is, then that of four, and so on."""
        ends = {at: self._words_from(form, at) for at in range(len(form))}
        best: dict[int, tuple[float, Row]] = {0: (0.0, ())}  # letters → the likeliest words that they are
        for number in range(1, _MOST_WORDS + 1):
            longer: dict[int, tuple[float, Row]] = {}
            for letters, (likelihood, words) in best.items():
                for word, more in ends.get(letters, ()):
                    row = (likelihood + more, (*words, word))
                    end = letters + len(word)
                    longer[end] = max(row, longer.get(end, row))
            best = longer
            if number > 2 and len(form) in best:
                yield best[len(form)][1]

    def _words_from(self, form: str, at: int) -> list[tuple[str, float]]:
        """Return the words that begin at this letter of a form, with the logarithm of their articles."""
        ends = range(at + 2, len(form) + 1)
        words = [form[at:end] for end in ends if end - at >= LEAST_PART or form[at:end] in SHORT_WORDS]
        counts = zip(words, self._counts.at_most(words), strict=True) if words else ()
        documents = max(1, self._engine.documents)
        return [(word, math.log(count / documents)) for word, count in counts if count >= _LEAST_OF_WORD]


def _is_definite(word: str) -> bool:
    return word.startswith(ARTICLE) and len(word) >= _LEAST_DEFINITE
