"""How matching articles are ranked: each signal is a clause with a score, and a profile holds the weight of each.

In: the analysed words of a query, in order, and their document frequencies. Out: clauses whose scores an engine adds
up. Called by `search/answering.py` for searches and, through `search/evaluation/ranking.py`, for evaluation.
ARCHITECTURE.md says how much each signal improves the ranking.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Annotated

from msgspec import Meta

from search.analysis.analyzed_token import Reading
from search.analysis.analyzer import AnalyzedToken
from search.checking import checked, read_toml
from search.query.amounts import amounts
from search.query.clauses import Between, Boost, Clause, Constant, Term, any_of
from search.query.field_clauses import exact_phrase, form_typed, word_phrase

_RECENCY_STEPS = 6
_COMMON = 0.05  # share of the articles; `near` costs much for two words that are both in more of them
_MOST_COMMON_PAIRS = 3  # of one query
_LONGEST_ROW, _RARE_FORM = 6, 5  # words of a short query; times as many articles have the lemma of a rare form
Weight = Annotated[float, Meta(ge=0, le=1000, description="a number from 0 to 1000")]
Share = Annotated[float, Meta(ge=0, le=1, description="a number from 0 to 1")]
Positions = Annotated[int, Meta(ge=1, le=50, description="a whole number from 1 to 50 (near = 0 leaves nearness out)")]
Days = Annotated[float, Meta(ge=1, le=36_500, description="days from 1 to 36500 (recency = 0 leaves age out)")]
Names = Sequence[tuple[str, ...]]
Frequency = Callable[[str, Sequence[str]], list[int]]


@dataclass(frozen=True, slots=True)
class RankingProfile:
    """The weight of each signal; a signal of weight 0 is left out.

    stem, word, exact    BM25 of the body at each level of exactness
    lead                 BM25 of the article's first words, at level stem: news states its subject first
    title, title_word    BM25 of the headline at levels stem and word
    title_exact          BM25 of the headline at level exact, of a short query: the form typed before other forms
    lone_form            BM25 of the body at level word, of a query of one word, a rare form of a verb, in no headline
    presence             the idf of each content word that an article has, however often it has it
    pair                 BM25 of two neighbouring query words, function words too, that are neighbours in the body
    near, near_slop      BM25 of two neighbouring content words at most so many positions apart in the body
    common               `near` leaves out pairs whose words are both in a larger share of the articles than this, and
                         all but three of those whose words are both in more than 0.05
    often, often_stem    of a query of more than six words those in a larger share of the articles than `often` have no
                         nearness to one another, and in place of presence this factor of their BM25 at level stem
    title_pair           BM25 of two neighbouring query words that are neighbours in the headline
    title_row, body_row  constants added if all words of a short query stand in a row in the headline, in the body
    everywhere           a function word that a larger share of the articles has than this is left out
    function             factor of a function word's weight; a content word's is 1
    verb, unlisted       factor of a verb's weight, and of a word's that the lexicon does not have (mostly names)
    name                 BM25 of another spelling of a foreign name, at level word in body and headline
    named                score added to an article that has a name of the query as it is typed (أم القرى), a constant
    vocalised            score added to an article whose harakat agree with those of the query, a constant
    amount, title_amount  score added to an article whose body, or headline, has a number beside the query's word for it
    recency, half_life   score of an article of today (0: age does not matter), and the days in which it halves
    """

    stem: Weight = 1.0
    word: Weight = 0.4
    exact: Weight = 0.0
    lead: Weight = 0.35
    title: Weight = 0.8
    title_word: Weight = 0.0
    title_exact: Weight = 0.4
    lone_form: Weight = 4.0
    presence: Weight = 0.6
    pair: Weight = 0.0
    near: Weight = 0.35
    near_slop: Positions = 3
    common: Share = 0.2
    often: Share = 0.1
    often_stem: Weight = 1.6
    title_pair: Weight = 1.5
    title_row: Weight = 10.0
    body_row: Weight = 5.0
    function: Weight = 0.4
    everywhere: Share = 0.3
    verb: Weight = 0.6
    unlisted: Weight = 1.3
    name: Weight = 0.3
    named: Weight = 10.0
    vocalised: Weight = 3.0
    amount: Weight = 16.0
    title_amount: Weight = 12.0
    recency: Weight = 0.0
    half_life: Days = 365.0


NEWS = RankingProfile()


def load_profile(name: str) -> RankingProfile:
    """Return the profile called "news", or that of the TOML file at this path, whose weights replace those of "news".

    Raises SettingsError for a file that cannot be read, an unknown weight and a value out of bounds.
    """
    if name == "news":
        return NEWS
    weights = read_toml(Path(name), "ranking profile", remedy="name a TOML file or news")
    return replace(NEWS, **checked(weights, RankingProfile, f"ranking profile {name}"))


def signals(
    tokens: Sequence[AnalyzedToken], *, profile: RankingProfile, frequency: Frequency, documents: int, names: Names = ()
) -> tuple[Clause, ...]:
    """Return the clauses that score articles by a query's words.

    tokens: the words in their order in the query. frequency: gives the document frequencies of terms of a field.
    documents: the number of articles in the index, for idf. names: names with function words, as word-level terms.
    """
    counts = _stem_frequencies(tokens, frequency)
    everywhere = profile.everywhere * documents
    scored = [token for token in tokens if not token.function or counts[token.stems[0]] <= everywhere]
    idf = {term: _idf(count, documents) for term, count in counts.items()}
    often = {stem for stem, count in counts.items() if len(tokens) > _LONGEST_ROW and count > profile.often * documents}
    found = list(_words(scored, profile, often))
    if all(token.function for token in tokens):
        found += _forms_typed(scored, profile)
    if len(tokens) == 1:
        found += _lone_form(tokens[0], counts[tokens[0].stems[0]], profile, frequency)
    found += _readings(scored, profile, idf, _reading_idf(scored, frequency, documents))
    # The idf of the likeliest stem of each content word: an article with more of the words ranks higher.
    present = (token.stems[0] for token in tokens if profile.presence and not token.function)
    found += (Constant(Term("body_stem", stem), profile.presence * idf[stem]) for stem in present if stem not in often)
    found += _pairs(tokens, profile, counts, documents, often, {pair for name in names for pair in pairwise(name)})
    found += _named(names, profile)
    found += _rows(tokens, profile)
    for name, weight in _with_weight(("body", profile.amount), ("title", profile.title_amount)):
        found += (Constant(clause, weight * share) for clause, share in amounts(tokens, name))
    return tuple(found)


def _stem_frequencies(tokens: Sequence[AnalyzedToken], frequency: Frequency) -> dict[str, int]:
    """Return the document frequency in bodies of each word's first stem."""
    stems = list(dict.fromkeys(token.stems[0] for token in tokens))
    return dict(zip(stems, frequency("body_stem", stems), strict=True)) if stems else {}


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


def _words(tokens: Sequence[AnalyzedToken], profile: RankingProfile, often: Collection[str]) -> Iterator[Clause]:
    """Yield the BM25 clauses of each word in the body, the lead and the headline, at the levels that have a weight."""
    elsewhere = _with_weight(("lead", profile.lead), ("title_stem", profile.title))
    by_word = _with_weight(("body_word", profile.word), ("title_word", profile.title_word))
    for token in tokens:
        counts = importance(token, profile)
        if not counts:
            continue
        share = counts / len(token.stems)
        in_body = profile.stem * (profile.often_stem if token.stems[0] in often and not token.function else 1.0)
        fields = _with_weight(("body_stem", in_body), *(() if token.function else elsewhere))
        for stem in token.stems:
            for field, weight in fields:
                yield Boost(Term(field, stem), weight * share)
        if not token.function:
            for field, weight in by_word:
                yield Boost(Term(field, token.word), weight * counts)
            if profile.title_exact and len(tokens) <= _LONGEST_ROW:
                yield Boost(Term("title_exact", token.exact), profile.title_exact * counts)
            if profile.exact:
                yield Boost(exact_phrase("body", (token.exact,)), profile.exact * counts)


def _reading_idf(tokens: Sequence[AnalyzedToken], frequency: Frequency, documents: int) -> dict[Reading, float]:
    """Return the idf in bodies of each further reading."""
    found: dict[Reading, float] = {}
    for level in ("stem", "word"):
        readings = [reading for token in tokens for reading in token.readings if reading.level == level]
        counts = frequency(f"body_{level}", [reading.term for reading in readings]) if readings else []
        found |= {each: _idf(count, documents) for each, count in zip(readings, counts, strict=True)}
    return found


def _readings(
    tokens: Sequence[AnalyzedToken],
    profile: RankingProfile,
    idf: Mapping[str, float],
    reading_idf: Mapping[Reading, float],
) -> Iterator[Clause]:
    """Yield the BM25 clauses of further readings, each with its probability times the weight of the word.

    Where a reading is rarer than the word, BM25 would make it count more than that: it is taken for as common.
    """
    for token in tokens:
        counts = importance(token, profile)
        for reading in token.readings:
            commoner = reading_idf[reading] <= idf[token.stems[0]]  # so in an empty index, where both are 0
            share = counts * reading.weight * (1.0 if commoner else idf[token.stems[0]] / reading_idf[reading])
            fields = _with_weight((f"body_{reading.level}", profile.stem), (f"title_{reading.level}", profile.title))
            for field, weight in fields if share else ():
                yield Boost(Term(field, reading.term), weight * share)


def _idf(count: int, documents: int) -> float:
    return math.log(1 + max(1, documents) / (count + 0.5))


def _forms_typed(tokens: Sequence[AnalyzedToken], profile: RankingProfile) -> Iterator[Clause]:
    """Yield the BM25 clauses of function words in the form typed, which is meant where they are the whole query."""
    for token in tokens:
        for name, weight in _with_weight(("body", profile.word), ("title", profile.title_exact)):
            yield Boost(form_typed(name, token.word, token.exact), weight)


def _lone_form(
    token: AnalyzedToken, stem_count: int, profile: RankingProfile, frequency: Frequency
) -> Iterator[Clause]:
    """Yield the BM25 clause of a rare form of a verb that no headline has: سلا, the town, comes before سيسل."""
    rare = token.stems[0].endswith("/V") and _RARE_FORM * frequency("body_word", [token.word])[0] <= stem_count
    if rare and profile.lone_form and not frequency("title_exact", [token.exact])[0]:
        yield Boost(Term("body_word", token.word), profile.lone_form)


def importance(token: AnalyzedToken, profile: RankingProfile) -> float:
    """Return the factor of a word's weight, by the part of speech that the key of its first stem shows (/N, /V, /U)."""
    if token.function:
        return profile.function
    kind = token.stems[0]
    if kind.endswith("/V"):
        return profile.verb
    return 1.0 if "/" in kind else profile.unlisted


def _pairs(
    tokens: Sequence[AnalyzedToken],
    profile: RankingProfile,
    counts: Mapping[str, int],
    documents: int,
    often: Collection[str],
    named: Collection[tuple[str, str]],
) -> Iterator[Clause]:
    """Yield the clauses of neighbouring words, but for those within a name: HSBC ends like بي بي سي, the BBC."""
    for name, weight in _with_weight(("body", profile.pair), ("title", profile.title_pair)):
        for first, second in pairwise(token.word for token in tokens):
            if first != second and (first, second) not in named:
                yield Boost(word_phrase(name, (first, second)), weight)
    if not profile.near:
        return
    left = _MOST_COMMON_PAIRS
    for one, other in pairwise(token for token in tokens if not token.function):
        rarer = min(counts[one.stems[0]], counts[other.stems[0]])
        common = rarer > _COMMON * documents
        wanted = rarer <= profile.common * documents and not (one.stems[0] in often and other.stems[0] in often)
        if one.word != other.word and wanted and (left or not common):
            left -= common
            yield Boost(word_phrase("body", (one.word, other.word), slop=profile.near_slop), profile.near)


def _named(names: Names, profile: RankingProfile) -> Iterator[Clause]:
    """Yield the clauses of names: a constant for each, and BM25 in the headline as of neighbouring words."""
    for name in names:
        in_title, in_body = word_phrase("title", name), word_phrase("body", name)
        if profile.named:
            yield Constant(any_of(in_title, in_body), profile.named)
        if profile.title_pair:
            yield Boost(in_title, profile.title_pair)


def _rows(tokens: Sequence[AnalyzedToken], profile: RankingProfile) -> Iterator[Clause]:
    """Yield the constants for a short query in a row; one of mostly function words is a name (ما وراء النهر)."""
    words = tuple(token.word for token in tokens)
    mostly = 0 < 2 * sum(not token.function for token in tokens) <= len(words) != 2  # function words
    if 1 < len(words) <= _LONGEST_ROW and len(set(words)) == len(words):
        for name, weight in _with_weight(("title", profile.title_row), ("body", profile.body_row)):
            yield Constant(word_phrase(name, words), weight + profile.named * mostly)


def _with_weight(*weighted: tuple[str, float]) -> list[tuple[str, float]]:
    """Return the fields whose weight is not 0, with their weights."""
    return [(name, weight) for name, weight in weighted if weight]
