"""Which words are a few letters away from one of several."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.edit_distance import indices_within_distance
from tests.contracts.reference import levenshtein

_word = st.text("ابتك", max_size=6) | st.text(max_size=4)


@given(words=st.lists(_word, max_size=30), asked=st.lists(st.tuples(_word, st.integers(0, 2)), max_size=4))
def test_the_words_found_are_those_within_the_distance(words: list[str], asked: list[tuple[str, int]]) -> None:
    expected = [
        place
        for place, word in enumerate(words)
        if any(levenshtein(word, text) <= distance for text, distance in asked)
    ]
    assert indices_within_distance(words, asked) == expected


@pytest.mark.parametrize(
    ("other", "distance"),
    [("كتاب", 0), ("كتابه", 1), ("كتب", 1), ("كباب", 1), ("اكتب", 2), ("كتبا", 2), ("تكاب", 2), ("قطار", 3)],
)
def test_an_exchange_of_two_letters_is_two_edits(other: str, distance: int) -> None:
    found = [limit for limit in range(4) if indices_within_distance([other], [("كتاب", limit)])]
    assert found == list(range(distance, 4))


def test_words_of_a_thousand_letters() -> None:
    assert indices_within_distance(["ا" * 1000, "ا" * 997, ""], [("ا" * 999, 2)]) == [0, 1]
