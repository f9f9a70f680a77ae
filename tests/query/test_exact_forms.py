"""A query whose word is replaced by exact forms of it, and is read as otherwise the same."""

from __future__ import annotations

from datetime import date

import pytest

from search.query.exact_forms import in_exact_forms
from search.query.lone_words import only_word
from search.query.parser import parse

TODAY = date(2026, 11, 27)


def offered(query: str, *forms: str) -> str | None:
    tree = parse(query, today=TODAY).tree
    word = only_word(tree)
    assert word
    return in_exact_forms(query, tree, word, forms=forms, today=TODAY)


@pytest.mark.parametrize(
    ("query", "forms", "expected"),
    [
        ("خبر", ("الخبر",), "=الخبر"),
        ("رسالة", ("رسالة", "الرسالة", "رسالة"), "=رسالة أو =الرسالة"),
        ("رسالة تاريخ:2015", ("رسالة", "الرسالة"), "(=رسالة أو =الرسالة) تاريخ:2015"),
        ("(رسالة) -مصدر:النهار", ("الرسالة",), "(=الرسالة) -مصدر:النهار"),
        ("(رسالة", ("الرسالة",), "(=الرسالة"),
        ("مصدر:الوئام الوئام", ("الوئام",), "مصدر:الوئام =الوئام"),  # the second is the word, the first a name
        ("الوئام مصدر:الوئام", ("الوئام",), "=الوئام مصدر:الوئام"),
        ("-الوئام الوئام", ("الوئام",), "-الوئام =الوئام"),
        ("رسالة؟", ("الرسالة",), "=الرسالة"),
        ("رسالة رسالة", ("الرسالة",), None),
        ("رسالة", ("كتب أو",), None),
    ],
)
def test_the_word_alone_is_replaced(query: str, forms: tuple[str, ...], expected: str | None) -> None:
    assert offered(query, *forms) == expected


@pytest.mark.parametrize(
    "query",
    [
        "", "=خبر", '"خبر"', "عنوان:خبر", "خبر*", "خبر~", "-خبر", "خبر قصير", "خبر في", "خبر أو نبأ", "مصدر:خبر",
        "تاريخ:2015",
    ],
)  # fmt: skip
def test_no_word_is_the_only_one_beside_others_or_with_an_operator(query: str) -> None:
    assert only_word(parse(query, today=TODAY).tree) is None
