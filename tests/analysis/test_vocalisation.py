"""Vocalisation: a query word typed with harakat against the words of a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.vocalisation import vocalisation_agrees
from tests.examples import examples


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("عِلْم", "علم"),  # a text without marks contradicts nothing
        ("علم", "عَلَم"),  # nor does a query without marks
        ("عِلْم", "عِلم"),
        ("عِلم", "عِلْمٌ"),  # the last mark is the case
        ("عِلْمٌ", "عِلْمٍ"),
        ("عِلْم", "العِلْم"),
        ("عِلْم", "وَالعِلْمُ"),
        ("عِلْم", "بِعِلْمٍ"),
        ("شَمس", "الشَّمسُ"),
        ("وَزِير", "لِلوَزِيرِ"),
        ("كَتَّبَ", "كتب"),
        ("أَكَلَ", "اَكَل"),  # hamza left out
        ("مِئَة", "مِائَة"),
        ("عِلـــْم", "عِلْم"),  # tatweel
    ],
)
def test_marks_that_do_not_contradict_agree(query: str, text: str) -> None:
    assert vocalisation_agrees(query, text)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("عِلْم", "عَلَم"),
        ("عَلَم", "والعِلْم"),
        ("كُتُب", "كَتَبَ"),
        ("مَلِك", "المُلْك"),
        ("عِلْم", "عالم"),  # other letters
        ("عِلْم", "معلم"),  # a prefix that is no particle
        ("عِلْم", ""),
        ("", "علم"),
        ("ِ", "ِ"),
    ],
)
def test_marks_that_contradict_and_other_letters_do_not_agree(query: str, text: str) -> None:
    assert not vocalisation_agrees(query, text)


@examples(100)
@given(st.text(max_size=12), st.text(max_size=12))
def test_any_two_strings_are_compared_without_an_error(query: str, text: str) -> None:
    assert vocalisation_agrees(query, text) in (True, False)
