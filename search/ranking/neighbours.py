"""The clauses that score articles by words of a query that stand beside or near one another there.

In: the analysed words of a query, in order, what each of them scores (`words.py`), and a profile. Out: clauses over
phrases of headlines and bodies. Called by `signals.py`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import Final

from search.analysis.analyzed_token import AnalyzedToken
from search.query.clauses import Boost, Clause, Constant, any_of
from search.query.field_clauses import word_phrase
from search.ranking.profile import RankingProfile, with_weight
from search.ranking.words import RankedWord

LONGEST_ROW: Final = 6  # words of a short query
_MOST_COMMON_PAIRS: Final = 3  # of one query
Names = Sequence[tuple[str, ...]]


def neighbours(
    tokens: Sequence[AnalyzedToken], profile: RankingProfile, named: Collection[tuple[str, str]]
) -> Iterator[Clause]:
    """Yield the clauses of neighbouring words, but for those within a name: HSBC ends like بي بي سي, the BBC.

    named: the pairs of neighbours within names, as word-level terms
    """
    pairs = [(one.word, other.word) for one, other in pairwise(tokens) if one.word != other.word]
    for name, weight in with_weight(("body", profile.pair), ("title", profile.title_pair)):
        for pair in pairs:
            if pair not in named:
                yield Boost(word_phrase(name, pair), weight)


def near(
    tokens: Sequence[AnalyzedToken], ranked: Sequence[RankedWord], profile: RankingProfile, *, long: bool
) -> Iterator[Clause]:
    """Yield the clauses of neighbouring content words near each other in the body.

    ranked: what each word scores. long: whether the query has more than LONGEST_ROW words
    """
    left = _MOST_COMMON_PAIRS
    content = ((token.word, word) for token, word in zip(tokens, ranked, strict=True) if not token.function)
    for (one, first), (other, second) in pairwise(content) if profile.near else ():
        if one == other or (first.common and second.common) or (long and first.often and second.often):
            continue
        common = first.too_common_for_nearness and second.too_common_for_nearness
        if left or not common:
            left -= common
            yield Boost(word_phrase("body", (one, other), slop=profile.near_slop), profile.near)


def named(names: Names, profile: RankingProfile) -> Iterator[Clause]:
    """Yield the clauses of names: a constant for each, and BM25 in the headline as of neighbouring words."""
    for name in names:
        in_title, in_body = word_phrase("title", name), word_phrase("body", name)
        if profile.named:
            yield Constant(any_of(in_title, in_body), profile.named)
        if profile.title_pair:
            yield Boost(in_title, profile.title_pair)


def rows(tokens: Sequence[AnalyzedToken], profile: RankingProfile) -> Iterator[Clause]:
    """Yield the constants for a short query in a row; one of mostly function words is a name (ما وراء النهر)."""
    words = tuple(token.word for token in tokens)
    mostly = 0 < 2 * sum(not token.function for token in tokens) <= len(words) != 2  # function words
    if 1 < len(words) <= LONGEST_ROW and len(set(words)) == len(words):
        for name, weight in with_weight(("title", profile.title_row), ("body", profile.body_row)):
            yield Constant(word_phrase(name, words), weight + profile.named * mostly)
