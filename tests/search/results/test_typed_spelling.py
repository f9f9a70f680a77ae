"""Which words of a query are looked for as they are typed, since their lemma does not tell them from another word."""

from __future__ import annotations

import pytest

from search.analysis.analyzer import Analyzer
from search.results.typed_spelling import doubtful_spellings

ANALYZER = Analyzer.default()


def doubtful(query: str) -> tuple[str, ...]:
    return doubtful_spellings(ANALYZER.query_tokens(query), ANALYZER.lemmas)


@pytest.mark.parametrize(
    ("query", "words"), [("إب", ("إب",)), ("محافظة إب", ("إب",)), ("آب", ("آب",)), ("وبإب", ("إب",))]
)
def test_a_word_that_only_its_hamza_tells_from_another_is_doubtful(query: str, words: tuple[str, ...]) -> None:
    assert doubtful(query) == words


@pytest.mark.parametrize("query", ["أسعار النفط", "آثار مصر", "اب", "إلى أين", "أعلن", "رئيس", "إيران", "iPhone 7"])
def test_words_that_the_lexicon_knows_as_they_are_typed_are_not(query: str) -> None:
    assert doubtful(query) == ()


def test_without_a_lexicon_nothing_is_doubtful() -> None:
    assert doubtful_spellings(ANALYZER.query_tokens("إب"), None) == ()
