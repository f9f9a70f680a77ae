"""What speaks for an Arabic word as the meaning of a name in Latin letters."""

from __future__ import annotations

import pytest

from search.analysis.names.known_pairs import known_names
from search.analysis.names.latin_candidates import candidates


@pytest.mark.parametrize(
    ("name", "meant", "other"),
    [
        ("messi", "ميسي", "موسي"),
        ("ahmed", "احمد", "حميد"),
        ("halab", "حلب", "هلاب"),
        ("ronaldo", "رونالدو", "رونالد"),
        ("kerry", "كيري", "كاري"),
        ("elsisi", "سيسي", "سيس"),
    ],
)
def test_a_spelling_of_the_name_has_far_more_evidence_than_another_word(name: str, meant: str, other: str) -> None:
    evidence = candidates(name)
    assert evidence[meant] > evidence.get(other, -99.0)


@pytest.mark.parametrize(
    ("short", "unrelated"), [("cvd", "وفد"), ("covid", "وفد"), ("ms", "مس"), ("btc", "بطش"), ("people", "بول")]
)
def test_letters_that_merely_occur_in_a_word_are_little_evidence(short: str, unrelated: str) -> None:
    assert candidates(short).get(unrelated, -99.0) < candidates("ronaldo")["رونالدو"] / 2


def test_what_the_list_has_together_is_likelier_than_whatever_letters_suggest() -> None:
    for name in ("aleppo", "alexandria", "cairo"):
        evidence, listed = candidates(name), known_names().of_english[name]
        assert min(evidence[word] for word in listed) > max(
            value for word, value in evidence.items() if word not in listed
        )


def test_each_letter_of_a_name_must_be_accounted_for() -> None:
    assert candidates("nadal")["نادال"] > candidates("nadalia").get("نادال", -99.0)


def test_a_name_behind_al_is_found_with_the_article_and_without() -> None:
    evidence = candidates("almosul")
    assert {"موصل", "الموصل"} <= evidence.keys()
    assert candidates("abdulaziz")["عبدالعزيز"] > 0


def test_function_words_and_single_letters_are_no_names() -> None:
    assert not {"الذي", "هذا", "ا"} & candidates("allathi").keys()
    assert all(len(word) > 1 for word in candidates("aaa"))
