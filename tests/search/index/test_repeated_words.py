"""The lines that publishers repeat, by a word of a query that they have in whatever form."""

from __future__ import annotations

import pytest

from search.analysis.analyzed_token import AnalyzedToken
from search.analysis.analyzer import Analyzer
from search.index.repeated_words import LineWithWord, RepeatedWords

ANALYZER = Analyzer.default()
LINK = "رابط الخبر بصحيفة الوئام"
MESSAGE = "للتواصل ارسل رسالة SMS إلى editor@example.com"
NUMBER = "نص الرسالة (15) ثم مسافة"
FOUND = RepeatedWords((LINK, MESSAGE, NUMBER, LINK), ANALYZER)


def token(word: str) -> AnalyzedToken:
    (found,) = ANALYZER.query_tokens(word)
    return found


def lines(word: str, among: RepeatedWords = FOUND) -> list[tuple[str, str]]:
    """The lines that have a word, each with its form."""
    return [(line.text, line.form) for line in among.lines_with(token(word))]


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("رابط", [(LINK, "رابط")]),
        ("الرابط", [(LINK, "رابط")]),  # a noun with the letters of a verb: another lemma, the same word without ال
        ("خبر", [(LINK, "الخبر")]),
        ("وصحيفة", [(LINK, "بصحيفة")]),
        ("صحف", [(LINK, "بصحيفة")]),
        ("رسائل", [(MESSAGE, "رسالة"), (NUMBER, "الرسالة")]),
        ("sms", [(MESSAGE, "sms")]),
        ("ثم", [(NUMBER, "ثم")]),  # a function word, which may be all of a query
        ("وزير", []),
        ("15", []),  # other articles have another number there
        ("editor", []),
    ],
)
def test_a_word_in_any_form_finds_the_lines_that_have_it(word: str, found: list[tuple[str, str]]) -> None:
    assert lines(word) == found


def test_a_line_is_known_by_the_words_that_all_its_articles_have() -> None:
    (line,) = FOUND.lines_with(token("مسافة"))
    assert line == LineWithWord(NUMBER, ("نص", "رساله", "ثم", "مسافه"), "مسافة")


def test_the_form_is_without_harakat_by_which_an_exact_word_would_be_narrowed() -> None:
    assert lines("المزيد", RepeatedWords(("...المَزيـــد",), ANALYZER)) == [("...المَزيـــد", "المزيد")]


def test_without_repeated_lines_nothing_is_found() -> None:
    assert lines("رابط", RepeatedWords((), ANALYZER)) == []
