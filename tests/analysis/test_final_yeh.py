"""Words of a query in ى: which surely stand for the word in ي, as Egypt writes it, and which may be meant as typed."""

from __future__ import annotations

import pytest

from search.analysis.analyzed_token import AnalyzedToken
from search.analysis.analyzer import Analyzer
from search.analysis.readings import with_readings

ANALYZER = Analyzer.default()


def read(word: str) -> AnalyzedToken:
    [token] = ANALYZER.query_tokens(word)
    return with_readings(token, ANALYZER.reading_sources)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("حسنى", "حسني"),  # the list; the lemma table has it as the feminine of أحسن
        ("وحسنى", "وحسني"),
        ("بالسكرى", "بالسكري"),
        ("سيلفى", "سيلفي"),
        ("مشارى", "مشاري"),  # one stem in both spellings, but ي has another reading (my advisers)
        ("عدلى", "عدلي"),  # likewise ى (my justice)
        ("داخلى", "داخلي"),
    ],
)
def test_a_word_in_maksura_is_read_as_the_word_in_yeh(typed: str, meant: str) -> None:
    assert read(typed) == read(meant)


@pytest.mark.parametrize(
    "typed",
    [
        *("على", "مصطفى", "موسى", "يحيى", "ليلى", "مستشفى", "بشرى", "نادى", "القوى", "مرسى", "منى"),
        *("سمى", "أعطى", "فصحى", "كبرى", "أخرى", "قرى"),  # فصحى is no ف before صحى, كبرى no ك before برى
    ],
)
def test_a_word_of_its_own_in_maksura_is_read_as_typed(typed: str) -> None:
    [token] = ANALYZER.tokens(typed)
    assert ANALYZER.query_tokens(typed) == [token]


def test_a_name_beside_a_verb_keeps_both() -> None:
    typed = read("زكى")
    assert typed.stems == ("zak~aY/V",)
    assert ("zakiy~/N", "final yeh") in {(reading.term, reading.source) for reading in typed.readings}


def test_harakat_stay_and_marks_at_the_end_leave_a_word_as_typed() -> None:
    assert read("حُسنى").text == "حُسني"
    assert read("حُسنىٰ").stems == (">aHosan/N",)


def test_without_a_lemma_table_a_word_is_read_as_typed() -> None:
    rules = Analyzer.default("none")
    assert rules.query_tokens("حسنى") == rules.tokens("حسنى")
