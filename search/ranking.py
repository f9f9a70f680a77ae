"""How matching articles are ordered: every signal is a clause, every weight is data in one profile.

In: the analysed words of a query, in order, and their document frequencies. Out: clauses whose scores add up.
`search/service.py` calls it for searches, `search/evaluation/batch.py` for evaluation. ARCHITECTURE.md says what each
part bought.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Annotated

from msgspec import Meta

from search.analysis.analyzer import AnalyzedToken
from search.checking import checked, read_toml
from search.query.clauses import Between, Boost, Clause, Constant, Term
from search.query.written import exact_row, word_row

_RECENCY_STEPS = 6
Weight = Annotated[float, Meta(ge=0, le=1000, description="a number from 0 to 1000")]
Share = Annotated[float, Meta(ge=0, le=1, description="a number from 0 to 1")]
Positions = Annotated[int, Meta(ge=1, le=50, description="a whole number from 1 to 50 (near = 0 leaves nearness out)")]
Days = Annotated[float, Meta(ge=1, le=36_500, description="days from 1 to 36500 (recency = 0 leaves age out)")]
Frequency = Callable[[str, Sequence[str]], list[int]]


@dataclass(frozen=True, slots=True)
class RankingProfile:
    """Weights of the signals; 0 leaves a signal out.

    stem, word, exact    BM25 of the body at each level of exactness
    lead                 BM25 of the article's first words, at level stem: news says it first
    title, title_word    BM25 of the headline at levels stem and word
    presence             idf of each content word that is there at all: counts words matched, not repetitions
    pair                 BM25 of two neighbouring query words, function words too, that are neighbours in the body
    near, near_slop      BM25 of two neighbouring content words within so many places of each other in the body
    common               share of the articles above which two words are too common for their nearness to tell
    title_pair           neighbouring query words that are neighbours in the headline
    everywhere           share of the articles above which a function word tells nothing
    function             what a function word counts beside a content word
    verb, unlisted       what a verb, and a word that the lexicon does not know (mostly names), counts
    name                 what another spelling of a foreign name counts beside the spelling asked for
    vocalised            what harakat that agree with those of the query add, a constant
    recency, half_life   weight of freshness (0: age does not matter) and the days in which it halves
    """

    stem: Weight = 1.0
    word: Weight = 0.4
    exact: Weight = 0.0
    lead: Weight = 0.35
    title: Weight = 0.8
    title_word: Weight = 0.0
    presence: Weight = 0.5
    pair: Weight = 0.0
    near: Weight = 0.35
    near_slop: Positions = 3
    common: Share = 0.05
    title_pair: Weight = 0.0
    function: Weight = 0.4
    everywhere: Share = 0.3
    verb: Weight = 0.6
    unlisted: Weight = 1.3
    name: Weight = 0.3
    vocalised: Weight = 3.0
    recency: Weight = 0.0
    half_life: Days = 365.0


NEWS = RankingProfile()


def load_profile(name: str) -> RankingProfile:
    """The profile "news", or that of a TOML file that changes some weights. Raises SettingsError."""
    if name == "news":
        return NEWS
    weights = read_toml(Path(name), "ranking profile", remedy="name a TOML file or news")
    return replace(NEWS, **checked(weights, RankingProfile, f"ranking profile {name}"))


def signals(
    tokens: Sequence[AnalyzedToken], *, profile: RankingProfile, frequency: Frequency, documents: int
) -> tuple[Clause, ...]:
    """The scoring clauses of a query's words, in their order in the query.

    documents: how many articles the index holds, for idf.
    """
    counts = _counts(tokens, frequency)
    everywhere = profile.everywhere * documents
    telling = [token for token in tokens if not token.function or counts[token.stems[0]] <= everywhere]
    found = list(_words(telling, profile))
    found += _presence(tokens, profile, counts, documents)
    found += _pairs(tokens, profile, counts, documents)
    return tuple(found)


def _counts(tokens: Sequence[AnalyzedToken], frequency: Frequency) -> dict[str, int]:
    """The document frequency of each word's first stem."""
    stems = list(dict.fromkeys(token.stems[0] for token in tokens))
    return dict(zip(stems, frequency("body_stem", stems), strict=True)) if stems else {}


def spelled(spellings: Iterable[str], profile: RankingProfile) -> tuple[Clause, ...]:
    """Clauses for other spellings of foreign names, given as word-level terms: below what was literally asked for."""
    fields = ("body_word", "title_word") if profile.name else ()
    return tuple(Boost(Term(field, text), profile.name) for text in spellings for field in fields)


def preferred(found: Iterable[Clause], profile: RankingProfile) -> tuple[Clause, ...]:
    """Clauses for articles whose harakat agree with those of the query."""
    return tuple(Constant(clause, profile.vocalised) for clause in found) if profile.vocalised else ()


def recency(profile: RankingProfile, today: date) -> tuple[Clause, ...]:
    """Clauses that favour fresh articles: a step for each half-life of age, halving from step to step."""
    if not profile.recency or not profile.half_life:
        return ()
    steps = []
    for step in range(_RECENCY_STEPS):
        oldest = today.toordinal() - round(profile.half_life * (step + 1))
        newest = today.toordinal() - round(profile.half_life * step) - 1 if step else None
        steps.append(Constant(Between("day", oldest, newest), profile.recency * 0.5**step))
    return tuple(steps)


def _words(tokens: Sequence[AnalyzedToken], profile: RankingProfile) -> Iterator[Clause]:
    by_stem = _telling(("body_stem", profile.stem), ("lead", profile.lead), ("title_stem", profile.title))
    by_word = _telling(("body_word", profile.word), ("title_word", profile.title_word))
    for token in tokens:
        counts = importance(token, profile)
        if not counts:
            continue
        share = counts / len(token.stems)
        fields = _telling(("body_stem", profile.stem)) if token.function else by_stem
        for stem in token.stems:
            for field, weight in fields:
                yield Boost(Term(field, stem), weight * share)
        if not token.function:
            for field, weight in by_word:
                yield Boost(Term(field, token.word), weight * counts)
            if profile.exact:
                yield Boost(exact_row("body", (token.exact,)), profile.exact * counts)


def importance(token: AnalyzedToken, profile: RankingProfile) -> float:
    """What a word counts, by what kind of word it is."""
    if token.function:
        return profile.function
    kind = token.stems[0]
    if kind.endswith("/V"):
        return profile.verb
    return 1.0 if "/" in kind else profile.unlisted


def _presence(
    tokens: Sequence[AnalyzedToken], profile: RankingProfile, counts: Mapping[str, int], documents: int
) -> Iterator[Clause]:
    if not profile.presence:
        return
    for token in tokens:
        if not token.function:
            idf = math.log(1 + documents / (counts[token.stems[0]] + 0.5))
            yield Constant(Term("body_stem", token.stems[0]), profile.presence * idf)


def _pairs(
    tokens: Sequence[AnalyzedToken], profile: RankingProfile, counts: Mapping[str, int], documents: int
) -> Iterator[Clause]:
    for name, weight in _telling(("body", profile.pair), ("title", profile.title_pair)):
        for first, second in pairwise(token.word for token in tokens):
            if first != second:
                yield Boost(word_row(name, (first, second)), weight)
    if not profile.near:
        return
    rare = profile.common * documents
    for one, other in pairwise(token for token in tokens if not token.function):
        if one.word != other.word and min(counts[one.stems[0]], counts[other.stems[0]]) <= rare:
            yield Boost(word_row("body", (one.word, other.word), slop=profile.near_slop), profile.near)


def _telling(*weighted: tuple[str, float]) -> list[tuple[str, float]]:
    """Those whose weight is not 0."""
    return [(name, weight) for name, weight in weighted if weight]
