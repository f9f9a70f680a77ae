"""The words of a query → clauses whose scores an engine adds up, one for each signal of the profile.

In: the analysed words of a query, in order. Out: clauses. Called by `search/answering.py` for searches and, through
`search/evaluation/ranking.py`, for evaluation. Each open index has one `Signals` a profile, which remembers words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import Final

from search.analysis.amounts import is_number
from search.analysis.analyzed_token import AnalyzedToken
from search.query.amounts import amounts
from search.query.clauses import Between, Boost, Clause, Constant, Term
from search.ranking.neighbours import LONGEST_ROW, Names, named, near, neighbours, rows
from search.ranking.profile import RankingProfile, with_weight
from search.ranking.words import Frequency, RankedWords, forms_typed
from search.whole_answers import remembered

_RECENCY_STEPS: Final = 6
_RARE_FORM: Final = 5  # times as many articles have the lemma of a rare form
_REMEMBERED: Final = 2**12  # words that were the whole of a query


class Signals:
    """Gives the clauses that score articles of one open index by one profile. Safe to share between threads.

    frequency: gives the document frequencies of terms of a field. documents: gives the number of articles, for idf.
    """

    def __init__(self, profile: RankingProfile, frequency: Frequency, documents: Callable[[], int]) -> None:
        self._profile = profile
        self._frequency = frequency
        self._words = RankedWords(profile, frequency, documents)
        self._rare_forms = remembered(self._is_rare_form, most=_REMEMBERED)

    def of(self, tokens: Sequence[AnalyzedToken], names: Names = ()) -> tuple[Clause, ...]:
        """Return the clauses that score articles by a query's words.

        tokens: the words in their order in the query. names: names with function words, as word-level terms.
        """
        profile = self._profile
        ranked = self._words.of(tokens)
        long = len(tokens) > LONGEST_ROW
        found: list[Clause] = []
        for word in ranked:
            found += word.in_long if long else word.in_short
        scored = sum(word.scored for word in ranked)
        if scored <= LONGEST_ROW:
            for word in ranked:
                found += word.form_typed
        if all(token.function for token in tokens):
            found += forms_typed([token for token, word in zip(tokens, ranked, strict=True) if word.scored], profile)
        if len(tokens) == 1:
            found += self._lone_form(tokens[0])
        found += neighbours(tokens, profile, {pair for name in names for pair in pairwise(name)})
        found += near(tokens, ranked, profile, long=long)
        found += named(names, profile)
        found += rows(tokens, profile)
        if any(is_number(token.word) for token in tokens):
            for name, weight in with_weight(("body", profile.amount), ("title", profile.title_amount)):
                found += (Constant(clause, weight * share) for clause, share in amounts(tokens, name))
        return tuple(found)

    def _lone_form(self, token: AnalyzedToken) -> tuple[Clause, ...]:
        """The BM25 clause of a rare form, so that it comes before the other forms of its lemma: المنصورة, the town,
        before منصور. Of a verb, whose forms mean one thing, only what no headline has: سلا, the town, before سيسل.
        """
        weight = self._profile.lone_form
        if not weight or token.function or not self._rare_forms(token.exact, token.word, token.stems[0]):
            return ()
        return (Boost(Term("body_word", token.word), weight),)

    def _is_rare_form(self, exact: str, word: str, stem: str) -> bool:
        ask = self._frequency
        rare = _RARE_FORM * ask("body_word", [word])[0] <= self._words.articles_with(stem)
        return rare and not (stem.endswith("/V") and ask("title_exact", [exact])[0])


def spelled(spellings: Iterable[str], profile: RankingProfile) -> tuple[Clause, ...]:
    """Return clauses that score other spellings of foreign names, given as word-level terms, below the typed one."""
    fields = ("body_word", "title_word") if profile.name else ()
    return tuple(Boost(Term(field, text), profile.name) for text in spellings for field in fields)


def preferred(found: Iterable[Clause], profile: RankingProfile) -> tuple[Clause, ...]:
    """Return clauses that score the articles that `found` matches: those whose harakat agree with the query's."""
    return tuple(Constant(clause, profile.vocalised) for clause in found) if profile.vocalised else ()


def recency(profile: RankingProfile, today: date) -> tuple[Clause, ...]:
    """Return clauses that score fresh articles: one for each half-life of age, each with half the score of the last."""
    if not profile.recency or not profile.half_life:
        return ()
    steps = []
    for step in range(_RECENCY_STEPS):
        oldest = today.toordinal() - round(profile.half_life * (step + 1))
        newest = today.toordinal() - round(profile.half_life * step) - 1 if step else None
        steps.append(Constant(Between("day", oldest, newest), profile.recency * 0.5**step))
    return tuple(steps)
