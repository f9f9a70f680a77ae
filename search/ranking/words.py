"""The clauses that score articles by single words of a query, made once for each word while it is remembered.

In: an analysed word of a query, the weights of a profile, and document frequencies of the index. Out: a `RankedWord`.
The words of queries repeat, and what a word scores depends on the commit of the index alone. Called by `signals.py`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Final

import msgspec

from search.analysis.analyzed_token import AnalyzedToken, Reading
from search.analysis.function_words import FUNCTION_WORDS
from search.query.clauses import Boost, Clause, Constant, Term
from search.query.field_clauses import exact_phrase, form_typed, with_particles
from search.ranking.profile import RankingProfile, with_weight
from search.whole_answers import AskedTogether, remembered

# A share of the articles: `near` costs much for two words that are both in more of them.
_TOO_COMMON_FOR_NEARNESS: Final = 0.05
_REMEMBERED: Final = 2**14  # words whose clauses are remembered, at 1 KB each
Frequency = Callable[[str, Sequence[str]], list[int]]


class RankedWord(msgspec.Struct, frozen=True, gc=False):
    """What a word of a query scores in one index.

    scored      whether it is scored: of function words those are not that a larger share of the articles has than the
                profile's `everywhere`
    common      whether its likeliest stem is in more of the articles than the profile's `common`
    often       likewise the profile's `often`
    too_common_for_nearness  likewise `_TOO_COMMON_FOR_NEARNESS`
    in_short    its clauses in a query of few words; () if it is not scored
    in_long     likewise in a query of many words
    form_typed  the clause of the form typed in the headline, of a query of which few words are scored
    """

    scored: bool
    common: bool
    often: bool
    too_common_for_nearness: bool
    in_short: tuple[Clause, ...]
    in_long: tuple[Clause, ...]
    form_typed: tuple[Clause, ...]


class RankedWords:
    """Ranks words of queries over one open index by one profile. Safe to share between threads.

    frequency: gives the document frequencies of terms of a field. documents: gives the number of articles, for idf.
    """

    def __init__(self, profile: RankingProfile, frequency: Frequency, documents: Callable[[], int]) -> None:
        self._profile = profile
        self._frequency = frequency
        self._documents = documents
        self._remembered = remembered(self._ranked, most=_REMEMBERED)
        self._articles = AskedTogether(self._articles_with, most=_REMEMBERED)

    def of(self, tokens: Sequence[AnalyzedToken]) -> list[RankedWord]:
        """Return what each word scores."""
        self._articles.of([token.stems[0] for token in tokens])  # of all words in one question
        ranked = self._remembered
        return [ranked(token.exact, token.word, token.stems, token.function, token.readings) for token in tokens]

    def articles_with(self, stem: str) -> int:
        """Return how many articles have this stem in the body."""
        return self._articles.of([stem])[0]

    def _articles_with(self, stems: Sequence[str]) -> list[int]:
        return self._frequency("body_stem", stems)

    def _ranked(
        self, exact: str, word: str, stems: tuple[str, ...], function: bool, readings: tuple[Reading, ...]
    ) -> RankedWord:
        token = AnalyzedToken(0, 0, exact, exact, word, stems, function, readings)
        profile, documents = self._profile, self._documents()
        [count] = self._articles.of(stems[:1])
        scored = not function or count <= profile.everywhere * documents
        often = count > profile.often * documents
        idf = _idf(count, documents)
        others = tuple(self._readings(token, idf, documents)) if scored else ()
        present: tuple[Clause, ...] = ()
        if profile.presence and not function:
            # The idf of the likeliest stem of each content word: an article with more of the words ranks higher.
            present = (Constant(Term("body_stem", stems[0]), profile.presence * idf),)
        in_short = (*_words(token, profile), *others, *present) if scored else ()
        in_long = in_short
        if often and not function:
            in_long = (*_words(token, profile, profile.often_stem), *others)
        return RankedWord(
            scored=scored,
            common=count > profile.common * documents,
            often=often,
            too_common_for_nearness=count > _TOO_COMMON_FOR_NEARNESS * documents,
            in_short=in_short,
            in_long=in_long,
            form_typed=() if function else tuple(_form_in_title(token, profile)),
        )

    def _readings(self, token: AnalyzedToken, idf: float, documents: int) -> Iterator[Clause]:
        """Yield the BM25 clauses of further readings, each with its probability times the weight of the word.

        Where a reading is rarer than the word, BM25 would make it count more than that: it is taken for as common.
        """
        profile = self._profile
        counts = importance(token, profile)
        for level in ("stem", "word") if token.readings else ():
            readings = [reading for reading in token.readings if reading.level == level]
            frequencies = self._frequency(f"body_{level}", [reading.term for reading in readings]) if readings else []
            fields = with_weight((f"body_{level}", profile.stem), (f"title_{level}", profile.title))
            for reading, frequency in zip(readings, frequencies, strict=True):
                own = _idf(frequency, documents)
                share = counts * reading.weight * (1.0 if own <= idf else idf / own)  # so in an empty index: both are 0
                for field, weight in fields if share else ():
                    yield Boost(Term(field, reading.term), weight * share)
        yield from self._with_particles(token, documents)

    def _with_particles(self, token: AnalyzedToken, documents: int) -> Iterator[Clause]:
        """Yield the BM25 clauses of readings as forms with particles, which count as one word however rare each is."""
        forms = [reading for reading in token.readings if reading.level == "particles"]
        if not forms:
            return
        counts = self._frequency("body_word", [form_typed("body", token.word, form.term).text for form in forms])
        idf = _idf(sum(counts), documents)
        fields = with_weight(("body", self._profile.stem), ("title", self._profile.title))
        for form, count in zip(forms, counts, strict=True):
            own = _idf(count, documents)
            share = importance(token, self._profile) * form.weight * (1.0 if own <= idf else idf / own)
            for name, weight in fields if count and share else ():
                yield Boost(with_particles(name, token.word, form.term), weight * share)


def importance(token: AnalyzedToken, profile: RankingProfile) -> float:
    """Return the factor of a word's weight, by the part of speech that the key of its first stem shows (/N, /V, /U)."""
    if token.function:
        return profile.function
    kind = token.stems[0]
    if kind.endswith("/V"):
        return profile.verb
    return 1.0 if "/" in kind else profile.unlisted


def has_function_letters(token: AnalyzedToken) -> bool:
    """Return whether the term at the level word is mostly a function word's: of one, and of الأم, whose term is أم."""
    return token.function or (token.exact != token.word and token.word in FUNCTION_WORDS)


def forms_typed(tokens: Sequence[AnalyzedToken], profile: RankingProfile) -> Iterator[Clause]:
    """Yield the BM25 clauses of function words in the form typed, which is meant where they are the whole query."""
    for token in tokens:
        for name, weight in with_weight(("body", profile.word), ("title", profile.title_exact)):
            yield Boost(form_typed(name, token.word, token.exact), weight)


def _words(token: AnalyzedToken, profile: RankingProfile, factor: float = 1.0) -> Iterator[Clause]:
    """Yield the BM25 clauses of a word in the body, the lead and the headline, at the levels that have a weight.

    factor: of its weight in the body, at level stem
    """
    counts = importance(token, profile)
    if not counts:
        return
    share = counts / len(token.stems)
    elsewhere = () if token.function else (("lead", profile.lead), ("title_stem", profile.title))
    fields = with_weight(("body_stem", profile.stem * factor), *elsewhere)
    for stem in token.stems:
        for field, weight in fields:
            yield Boost(Term(field, stem), weight * share)
    if not token.function:
        for field, weight in with_weight(("body_word", profile.word), ("title_word", profile.title_word)):
            if not has_function_letters(token):
                yield Boost(Term(field, token.word), weight * counts)
        if profile.exact:
            yield Boost(exact_phrase("body", (token.exact,)), profile.exact * counts)


def _form_in_title(token: AnalyzedToken, profile: RankingProfile) -> Iterator[Clause]:
    """Yield the BM25 clause of a content word's form typed, in the headline."""
    weight = profile.title_exact * importance(token, profile)
    if weight:
        yield Boost(Term("title_exact", token.exact), weight)


def _idf(count: int, documents: int) -> float:
    return math.log(1 + max(1, documents) / (count + 0.5))
