"""Counts written forms in one index: how many articles have a word exactly as it is typed, with its particles.

In: an open engine, an analyser, and folded words. Out: document frequencies at the level exact, and how much evidence
there is that a word is a word at all: those frequencies, and the counts of the news that come with the analyser, so
that a small archive does not take غرب for a slip of عرب. Called by `slips.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from search.analysis.analyzer import AnalyzedToken, Analyzer
from search.analysis.lexicon.compound_table import bundled_compounds
from search.analysis.token_pairs import other_form
from search.engines.base import Engine
from search.query.field_clauses import word_phrase
from search.query.tree import TEXT_FIELDS
from search.whole_answers import remembered

_BODY, _TITLE = "body_word", "title_exact"
_REMEMBERED: Final = 2**14  # words of queries whose articles are remembered
# How many uses of a word a use of it with particles is taken to be worth: لمرضاه may be rare where مرضاه is common.
_DRESSED: Final = 0.01


class FormCounts:
    """The counts of written forms of one open index."""

    def __init__(self, engine: Engine, analyzer: Analyzer) -> None:
        self._engine = engine
        self._analyzer = analyzer
        self._articles = remembered(self._frequency, most=_REMEMBERED)

    def at_most(self, forms: Sequence[str]) -> list[int]:
        """Return for each form a number of articles that have it which is never too small, without analysing it.

        The body's field has a word that is written as it is under its own name, and among others under it.
        """
        counts = self._engine.frequencies
        own = counts(_BODY, forms)
        others = counts(_BODY, [other_form(form) for form in forms])
        titles = counts(_TITLE, forms)
        begun = bundled_compounds().begins_like_a_name
        parted = (self._of_name(form) if begun(form) else 0 for form in forms)
        return [max(one + two, title, name) for one, two, title, name in zip(own, others, titles, parted, strict=True)]

    def of(self, token: AnalyzedToken) -> int:
        """Return how many articles have this written form, with its particles, in their body or else their headline.

        Of a form without particles the articles that have it behind particles count too.
        """
        return max(self._in_bodies(token), self._in_titles(token))

    def is_at_most(self, token: AnalyzedToken, most: int) -> bool:
        """Return whether no more articles than so many have this written form, as `of` counts them."""
        return self._in_bodies(token) <= most and self._in_titles(token) <= most

    def _in_bodies(self, token: AnalyzedToken) -> int:
        term = token.word if token.word == token.exact else other_form(token.exact)
        return self._articles(_BODY, term)

    def _in_titles(self, token: AnalyzedToken) -> int:
        return self._articles(_TITLE, token.exact)

    def _frequency(self, field: str, term: str) -> int:
        return self._engine.frequencies(field, (term,))[0]

    def of_form(self, form: str) -> int:
        """Return what `of` returns for the token of a folded form; of a name in one word the articles with the name."""
        tokens = self._analyzer.tokens(form)
        return self.of(tokens[0]) if len(tokens) == 1 else self._of_name(form)

    def _of_name(self, form: str) -> int:
        """Return how many articles have the two words of a name in one word (ابوظبي); 0 for any other form."""
        parts = bundled_compounds().parts_of_name(form)
        terms = tuple(token.word for part in parts for token in self._analyzer.tokens(part))
        return max(self._engine.search(word_phrase(name, terms), limit=0).total for name in TEXT_FIELDS) if terms else 0

    def evidence(self, token: AnalyzedToken) -> float:
        """Return how much shows that a typed form is a word: its articles, its uses in the news, and a share of the
        uses of the word behind its particles."""
        news = self._analyzer.frequencies.count
        dressed = _DRESSED * news(token.word) if token.word != token.exact else 0.0
        return self.of(token) + news(token.exact) + dressed

    def is_listed(self, token: AnalyzedToken) -> bool:
        """Return whether a lexicon has the word as it is typed."""
        lemmas = self._analyzer.lemmas
        keys = lemmas.lookup(token.text) if lemmas else ()
        return bool(keys) and not keys[0].endswith("/U")
