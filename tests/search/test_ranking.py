"""Which clauses score articles by the words of a query, and with which weight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from search.analysis.analyzed_token import Reading
from search.analysis.analyzer import AnalyzedToken, Analyzer
from search.query.clauses import Boost, Clause, Constant, Term
from search.ranking import NEWS, Frequency, signals


def frequencies(counts: dict[str, int]) -> Frequency:
    return lambda field, texts: [counts.get(text, 10) for text in texts]


def scored(token: AnalyzedToken, counts: dict[str, int]) -> tuple[Clause, ...]:
    return signals([token], profile=NEWS, frequency=frequencies(counts), documents=1_000)


def boosts(clauses: Sequence[Clause], text: str) -> list[float]:
    """The factors with which the term scores in the body, at level stem."""
    return [c.factor for c in clauses if isinstance(c, Boost) and c.clause == Term("body_stem", text)]


def word() -> AnalyzedToken:
    token = Analyzer.default().tokens("وزير")[0]
    return replace(token, readings=(Reading("زير/N", 0.25, "test"),))


def test_a_further_reading_scores_its_probability_of_what_the_word_scores() -> None:
    token = word()
    found = scored(token, {})
    [own], [other] = boosts(found, token.stems[0]), boosts(found, "زير/N")
    assert other == 0.25 * own


def test_a_rare_further_reading_scores_no_more_than_a_common_one() -> None:
    token = word()
    [common] = boosts(scored(token, {token.stems[0]: 500, "زير/N": 500}), "زير/N")
    [rare] = boosts(scored(token, {token.stems[0]: 500, "زير/N": 1}), "زير/N")
    assert rare < common / 4


def test_having_the_word_scores_for_its_likeliest_stem_only() -> None:
    token = word()
    assert [c.clause for c in scored(token, {}) if isinstance(c, Constant)] == [Term("body_stem", token.stems[0])]


def test_a_reading_as_one_written_form_scores_in_the_fields_of_words() -> None:
    token = replace(word(), readings=(Reading("زير", 0.25, "test", level="word"),))
    found = {c.clause for c in scored(token, {}) if isinstance(c, Boost)}
    assert {Term("body_word", "زير"), Term("title_word", "زير")} <= found
    assert Term("body_stem", "زير") not in found
