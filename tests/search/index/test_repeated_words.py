"""The forms in which lines that publishers repeat have a word of a query."""

from __future__ import annotations

import pytest

from search.analysis.analyzed_token import AnalyzedToken, Reading
from search.analysis.analyzer import Analyzer
from search.index.repeated_words import RepeatedWords

ANALYZER = Analyzer.default()
LINES = ("رابط الخبر بصحيفة الوئام", "للتواصل مع الكاتب ارسل رسالة SMS")


def token(word: str) -> AnalyzedToken:
    (found,) = ANALYZER.query_tokens(word)
    return found


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("الخبر", ("خبر",)),
        ("وصحيفة", ("صحيفه",)),
        ("صحف", ("صحيفه",)),
        ("رسائل", ("رساله",)),
        ("sms", ("sms",)),
        ("مع", ("مع",)),  # a function word, which may be all of a query
        ("وزير", ()),
        ("17", ()),
    ],
)
def test_a_word_in_any_form_has_those_of_the_lines(word: str, forms: tuple[str, ...]) -> None:
    assert RepeatedWords(LINES, ANALYZER)(token(word)) == forms


def test_a_reading_is_looked_for_too_but_for_those_that_are_one_form() -> None:
    found = RepeatedWords(LINES, ANALYZER)
    stem, other = token("الخبر").stems[0], token("رسالة").stems[0]
    read = (Reading(stem, 0.5, "test"), Reading(other, 0.5, "test", level="word"))
    strange = AnalyzedToken(0, 4, "غريب", "غريب", "غريب", ("غريب/U",), function=False, readings=read)
    assert found(strange) == ("خبر",)


def test_a_number_may_stand_where_lines_have_others() -> None:
    """«18:35 ت م» is one line with «17:20 ت م»: of them all one is remembered."""
    found = RepeatedWords(("18:35 ت م",), ANALYZER)
    assert found(token("17")) == ("17",) and found(token("٣٥")) == ("35",)
    assert found(token("وزير")) == ()


def test_without_repeated_lines_there_is_nothing() -> None:
    assert RepeatedWords((), ANALYZER)(token("رابط")) == ()
