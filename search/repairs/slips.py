"""Finds the word that a reader meant by a rare written form, among the written forms of one index.

In: a token of a query. Out: other words, each as its particles and a folded form; () if the form as typed is likelier.
Compared are the form as typed and the forms of the archive (level exact), whatever stripping particles or other
readings would find: لاكن is a slip of لكن, though it may also be ل and أكن. Called by `query_repairs.py`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from itertools import takewhile
from typing import Final, NamedTuple

from msgspec.structs import replace

from search.analysis.analyzed_token import is_listed
from search.analysis.analyzer import AnalyzedToken, Analyzer
from search.analysis.function_words import FUNCTION_WORDS
from search.analysis.lexicon.frequencies import COMMON
from search.engines.base import Engine
from search.repairs.corrections import (
    COSTS,
    candidates,
    has_lengthened,
    is_correctable,
    may_be_candidate,
)
from search.repairs.form_counts import FormCounts
from search.repairs.lost_spaces import MOST_COUNTED, LostSpaces
from search.whole_answers import remembered

_REMEMBERED: Final = 4_096  # forms of queries whose meanings are remembered
_RARE: Final = 3  # articles with a form that may be a slip, or
_RARE_SHARE: Final = 1 / 4_000  # this share of all articles
_COMPARED: Final = 5  # of the likeliest candidates, which are counted exactly
_LEAST: Final = 10  # articles with a word that is offered
# How many times as much evidence as the typed form a word needs to be offered: of the cheapest slips, and for each unit
# of cost e to the power of this many times as much.
_RATIO: Final = 10.0
_PER_COST: Final = 1.2
_POWER: Final = 1.5  # of the evidence for the typed form: what ten articles write is seldom a slip
_COST_WEIGHT: Final = 2.0  # of a cost beside the logarithm of the evidence, where candidates are compared
_SHORT_FACTORS: Final = {3: 100.0, 4: 3.0}  # for words of so many letters, which have many neighbours
_CHEAP: Final = 1.0  # of slips that cost more function words are no candidates: they are near, and far commoner
_CHEAP_FORM_FACTOR, _FORM_FACTOR = 5.0, 20.0  # for a form that rules take to a word of the lexicon: أحماله to حمل
_LISTED_FACTOR: Final = 50.0  # for a form that a lexicon lists
_REPAIR_FACTOR: Final = 0.1  # for a query that finds nothing as it is
_SPLIT_COST: Final = 1.0


Words = tuple[tuple[str, str], ...]  # the particles that stand before a folded form, and the form


class _Meant(NamedTuple):
    """What may be meant: its words, one or two, and the articles that have them."""

    words: Words
    articles: int
    evidence: float
    cost: float

    @property
    def text(self) -> str:
        return " ".join(map("".join, self.words))

    @property
    def likelihood(self) -> float:
        return math.log(self.evidence) - _COST_WEIGHT * self.cost


class Slips:
    """The slips in words of queries over one open index. Safe to share between threads."""

    def __init__(self, engine: Engine, analyzer: Analyzer) -> None:
        self._engine, self._analyzer = engine, analyzer
        self._counts = FormCounts(engine, analyzer)
        self._spaces = LostSpaces(engine, self._counts)
        self._rare = max(_RARE, round(engine.documents * _RARE_SHARE))
        self._offered = remembered(self._find_offered, most=_REMEMBERED)

    def articles(self, token: AnalyzedToken) -> int:
        """Return how many articles have the form as typed."""
        return self._counts.of(token)

    def is_rare(self, token: AnalyzedToken) -> bool:
        """Return whether the form as typed is rare enough to be a slip."""
        return not token.function and is_correctable(token.exact) and self._counts.is_at_most(token, self._rare)

    def offered(self, token: AnalyzedToken) -> Words:
        """Return what is far commoner than the form as typed, to be offered; () if nothing is, or it is no rarity."""
        return self._offered(replace(token, start=0, end=0)) if self.is_rare(token) else ()

    def nearest(self, token: AnalyzedToken) -> Words:
        """Return the likeliest meaning of a form that no article has, however rare it is; () if none is likelier."""
        if token.function or not is_correctable(token.exact) or self._counts.of(token):
            return ()
        least = self._least(token) * _REPAIR_FACTOR
        found = self._corrections(token, least=1)
        best = next((each for each in found if each.evidence >= least * self._factor(token, each.cost)), None)
        meant: list[_Meant] = [*self._splits(token, least=1, fewest=1), *((best,) if best else ())]
        if meant:
            return max(meant, key=lambda each: (each.likelihood, each.text)).words
        return _plain(self._spaces.several_words(token.exact) or self._spaces.likely_words(token.exact))

    def _find_offered(self, token: AnalyzedToken) -> Words:
        if not self._any_suffices(token):
            return ()
        found = [*self._corrections(token, least=_LEAST), *self._splits(token)]
        best = max(found, key=lambda each: (each.likelihood, each.text), default=None)
        if best is None or best.evidence < self._least_offered(token) * self._factor(token, best.cost):
            return ()
        return () if self._has_lemma(token, best.text) else best.words

    def _any_suffices(self, token: AnalyzedToken) -> bool:
        """Return whether any word may have enough evidence to be offered; for most forms none has.

        Words of which all articles would not be enough are not looked up: of dear slips that is nearly every one.
        """
        least, news = self._least_offered(token), self._analyzer.frequencies.count
        needed = {cost: least * self._factor(token, cost) for cost in COSTS}
        for typed in self._typed(token):
            likely = self._likely(typed, needed)
            counts = self._counts.at_most(list(likely)) if likely else ()
            for (form, cost), count in zip(likely.items(), counts, strict=True):
                if count >= _LEAST and count + news(form) >= needed[cost]:
                    return True
        least_of_split = needed[_SPLIT_COST]
        return least_of_split <= 2 * MOST_COUNTED and any(
            each.evidence >= least_of_split for each in self._splits(token, least=least_of_split)
        )

    def _likely(self, typed: str, needed: Mapping[float, float]) -> dict[str, float]:
        """Return the candidates that may have enough evidence if all articles have them, each with its cost.

        needed: cost → the evidence that a candidate needs, the more the dearer
        """
        most = 2 * self._engine.documents  # that `at_most` counts
        cheap = max((cost for cost, evidence in needed.items() if evidence <= most), default=-1.0)
        lacking = min((evidence for cost, evidence in needed.items() if cost > cheap), default=math.inf) - most
        if not self._may_be_common(typed, lacking):  # what is dearer needs a word that is common in the news
            return candidates(typed, most=cheap)
        news = self._analyzer.frequencies.count
        return {
            form: cost
            for form, cost in candidates(typed).items()
            if needed[cost] <= most or needed[cost] <= most + news(form)
        }

    def _may_be_common(self, typed: str, least: float) -> bool:
        """Return whether a candidate may be a word that occurs so often in the news; False only if none is."""
        if least < COMMON or has_lengthened(typed):
            return True
        commoner = takewhile(lambda row: row[1] >= least, self._analyzer.frequencies.common)
        return any(may_be_candidate(typed, word) for word, _ in commoner)

    @staticmethod
    def _typed(token: AnalyzedToken) -> tuple[str, ...]:
        """Return the form as typed, and the word behind its particles where it is the rest of the form."""
        has_rest = token.word != token.exact and token.exact.endswith(token.word)
        return (token.exact, token.word) if has_rest else (token.exact,)

    def _factor(self, token: AnalyzedToken, cost: float) -> float:
        """Return how many times as much evidence a word needs as one of the cheapest slips does."""
        form = (_CHEAP_FORM_FACTOR if cost <= _CHEAP else _FORM_FACTOR) if is_listed(token.stems[0]) else 1.0
        return form * math.exp(_PER_COST * cost)

    def _least(self, token: AnalyzedToken) -> float:
        """Return how much evidence a word needs that one of the cheapest slips turns into the typed form."""
        return _RATIO * math.pow(self._counts.evidence(token) + 1, _POWER)

    def _least_offered(self, token: AnalyzedToken) -> float:
        """Return the same for a word that is offered where the typed form finds something."""
        least = self._least(token) * _SHORT_FACTORS.get(len(token.exact), 1.0)
        return least * (_LISTED_FACTOR if self._counts.is_listed(token) else 1)

    def _corrections(self, token: AnalyzedToken, *, least: int) -> list[_Meant]:
        """Return the likeliest corrections of the form as typed, else of the word behind its particles."""
        for typed in self._typed(token):
            if found := self._counted(candidates(typed), token.exact.removesuffix(typed), least):
                return found
        return []

    def _counted(self, costs: dict[str, float], particles: str, least: int) -> list[_Meant]:
        counts = self._counts.at_most(list(costs))
        news = self._analyzer.frequencies.count
        found = [
            _Meant(((particles, form),), count, count + news(form), cost)
            for (form, cost), count in zip(costs.items(), counts, strict=True)
            if count >= least and (cost <= _CHEAP or form not in FUNCTION_WORDS)
        ]
        likeliest = sorted(found, key=lambda each: (-each.likelihood, each.text))[:_COMPARED]
        return likeliest if particles else list(self._counted_exactly(likeliest, least))

    def _counted_exactly(self, found: Iterable[_Meant], least: int) -> Iterator[_Meant]:
        for each in found:
            count = self._counts.of_form(each.text)
            if count >= least:
                yield each._replace(articles=count, evidence=each.evidence - each.articles + count)

    def _splits(self, token: AnalyzedToken, *, least: float = _LEAST, fewest: int = _LEAST) -> Iterator[_Meant]:
        """Yield the two words that the form may be without its space, if so many articles have them side by side.

        least: how many articles may have to have them; fewest: how many have to
        """
        for words, articles in self._spaces.two_words(token.exact, least=least):
            if articles >= fewest:
                yield _Meant(_plain(words), articles, articles, _SPLIT_COST)

    def _has_lemma(self, token: AnalyzedToken, text: str) -> bool:
        """Return whether a search for the form as typed finds the word anyway, as another form of it."""
        return bool(set(self._analyzer.keys(text)) & set(token.stems))


def _plain(words: Iterable[str]) -> Words:
    """Return words without particles before them."""
    return tuple(("", word) for word in words)
