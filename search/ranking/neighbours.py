"""The clauses that score articles by words of a query that stand beside or near one another there.

In: the analysed words of a query, in order, what each of them scores (`words.py`), and a profile. Out: clauses over
phrases of headlines and bodies. Called by `signals.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from itertools import chain, pairwise
from typing import Final

from search.analysis.analyzed_token import AnalyzedToken
from search.analysis.token_pairs import other_form
from search.analysis.written_words import written_words
from search.query.clauses import Boost, Clause, Constant, any_of
from search.query.field_clauses import TokenTerm, near_terms, word_phrase
from search.ranking.profile import RankingProfile, with_weight
from search.ranking.words import RankedWord, has_function_letters

LONGEST_ROW: Final = 6  # words of a short query
_MOST_COMMON_PAIRS: Final = 3  # of one query
Names = Sequence[tuple[str, ...]]


def neighbours(
    tokens: Sequence[AnalyzedToken], profile: RankingProfile, named: Set[tuple[str, str]]
) -> Iterator[Clause]:
    """Yield the clauses of neighbouring words, but for those within a name: HSBC ends like بي بي سي, the BBC.

    A word of two tokens is whole in them (كريم عبدالعزيز), for كريم stands before many names with عبد; of a query that
    is one such word they are its own tokens. named: the pairs of neighbours within names, as word-level terms
    """
    words = _terms(tokens)
    pairs = [(*one, *other) for one, other in pairwise(words) if one != other] if len(words) > 1 else words
    for name, weight in with_weight(("body", profile.pair), ("title", profile.title_pair)):
        for pair in pairs:
            if len(pair) > 1 and not named >= set(pairwise(pair)):
                yield Boost(word_phrase(name, pair), weight)


def near(
    tokens: Sequence[AnalyzedToken], ranked: Sequence[RankedWord], profile: RankingProfile, *, long: bool
) -> Iterator[Clause]:
    """Yield the clauses of neighbouring content words near each other in the body.

    ranked: what each word scores. long: whether the query has more than LONGEST_ROW words
    """
    left = _MOST_COMMON_PAIRS
    content = ((_term(token), word) for token, word in zip(tokens, ranked, strict=True) if not token.function)
    for (one, first), (other, second) in pairwise(content) if profile.near else ():
        if one == other or (first.common and second.common) or (long and first.often and second.often):
            continue
        common = first.too_common_for_nearness and second.too_common_for_nearness
        if left or not common:
            left -= common
            yield Boost(near_terms(one, other, profile.near_slop), profile.near)


def _term(token: AnalyzedToken) -> TokenTerm:
    """The term of a content word: mostly its word, but the form typed where another word has the term of its word."""
    return (1, other_form(token.exact)) if has_function_letters(token) else (0, token.word)


def named(names: Names, profile: RankingProfile) -> Iterator[Clause]:
    """Yield the clauses of names: a constant for each, and BM25 in the headline as of neighbouring words."""
    for name in names:
        in_title, in_body = word_phrase("title", name), word_phrase("body", name)
        if profile.named:
            yield Constant(any_of(in_title, in_body), profile.named)
        if profile.title_pair:
            yield Boost(in_title, profile.title_pair)


def rows(tokens: Sequence[AnalyzedToken], profile: RankingProfile) -> Iterator[Clause]:
    """Yield the constants for a short query in a row; one of mostly function words is a name (ما وراء النهر).

    They grow with the tokens, as what these score apart from one another does. A name of two tokens is one word.
    """
    if len(tokens) > 2 * LONGEST_ROW:  # of words of two tokens too these are more
        return
    words = _terms(tokens)
    row = tuple(chain.from_iterable(words))
    mostly = 0 < 2 * sum(not token.function for token in tokens) <= len(row) != 2  # function words
    if len(row) > 1 and len(words) <= LONGEST_ROW and len(set(words)) == len(words):
        for name, weight in with_weight(("title", profile.title_row), ("body", profile.body_row)):
            yield Constant(word_phrase(name, row), weight * (len(row) - 1) + profile.named * mostly)


def _terms(tokens: Sequence[AnalyzedToken]) -> list[tuple[str, ...]]:
    """Return the terms of each word at the level word: of a name (عبدالله, عبد الله) both of its tokens."""
    words = [token.word for token in tokens]
    return [tuple(words[places.start : places.stop]) for places in written_words(tokens)]
