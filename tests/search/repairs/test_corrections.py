"""Corrections come from the index's own words and prefer what people really mistype."""

from collections.abc import Sequence

import pytest

from search.repairs.corrections import corrections, far_commoner, split_in_two
from tests.contracts.reference import levenshtein

WORDS = {"قمح": 40, "قمر": 60, "حكومه": 300, "رئيس": 500, "وزراء": 400, "ظلام": 30, "government": 20, "كتاب": 90}


def frequencies(words: Sequence[str]) -> list[int]:
    return [WORDS.get(word, 0) for word in words]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("قمخ", "قمح"),  # letters that differ by a dot come before commoner words
        ("ضلام", "ظلام"),
        ("حكوومه", "حكومه"),
        ("حكمه", "حكومه"),
        ("حوكمه", "حكومه"),
        ("goverment", "government"),
    ],
)
def test_one_letter_away(typed: str, meant: str) -> None:
    assert corrections(typed, frequencies)[0].word == meant


def test_a_word_that_nothing_is_near_has_no_correction() -> None:
    assert corrections("زنجبيل", frequencies) == []


def test_words_too_short_or_too_long_are_left_alone() -> None:
    assert corrections("قم", frequencies) == []
    assert corrections("ق" * 25, frequencies) == []


def test_only_a_rare_form_gives_way_and_only_to_a_far_commoner_one() -> None:
    assert far_commoner(0, 10)
    assert not far_commoner(0, 9)
    assert not far_commoner(4, 10_000)


def test_a_lost_space_is_found_again() -> None:
    assert split_in_two("رئيسوزراء", frequencies) == ("رئيس", "وزراء")
    assert split_in_two("رئيسكتبت", frequencies) is None


def test_every_correction_is_one_edit_or_one_swap_away() -> None:
    everything = corrections("حكوم", lambda words: [1] * len(words), most=10_000)
    assert all(levenshtein("حكوم", found.word) <= 2 for found in everything)
    assert "حكوم" not in {found.word for found in everything}
