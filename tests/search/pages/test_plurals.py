"""Counted nouns follow the plural rules of Arabic."""

from __future__ import annotations

import pytest

from search.pages.plurals import NOUNS, counted


@pytest.mark.parametrize(
    ("n", "text"),
    [
        (0, "لا نتائج"),
        (1, "نتيجة واحدة"),
        (2, "نتيجتان"),
        (3, "3 نتائج"),
        (10, "10 نتائج"),
        (11, "11 نتيجة"),
        (99, "99 نتيجة"),
        (100, "100 نتيجة"),
        (102, "102 نتيجة"),
        (103, "103 نتائج"),
        (111, "111 نتيجة"),
        (31_030, "31,030 نتيجة"),
    ],
)
def test_a_count_of_results_takes_the_noun_that_arabic_wants(n: int, text: str) -> None:
    assert counted(n, "result", "ar") == text


@pytest.mark.parametrize(
    ("n", "text"), [(2, "مقالان"), (5, "5 مقالات"), (88, "88 مقالا"), (100, "100 مقال"), (1_101, "1,101 مقال")]
)
def test_a_count_of_articles_takes_the_accusative_after_eleven(n: int, text: str) -> None:
    assert counted(n, "article", "ar") == text


@pytest.mark.parametrize(
    ("n", "text"), [(1, "فترة أخرى"), (2, "فترتان أخريان"), (3, "3 فترات أخرى"), (11, "11 فترة أخرى")]
)
def test_an_adjective_is_dual_where_its_noun_is(n: int, text: str) -> None:
    assert counted(n, "more gaps", "ar") == text


def test_english_counts_have_a_singular() -> None:
    assert [counted(n, "result", "en") for n in (0, 1, 2)] == ["0 results", "1 result", "2 results"]


@pytest.mark.parametrize("noun", NOUNS)
def test_every_noun_has_a_form_for_every_number(noun: str) -> None:
    for n in (0, 1, 2, 3, 11, 100, 1000):
        assert counted(n, noun, "ar").strip()
        assert "{" not in counted(n, noun, "ar") + counted(n, noun, "en")
