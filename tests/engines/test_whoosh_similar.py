"""Which words are a few letters away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.whoosh_similar import similar_words
from tests.contracts.reference import levenshtein

_word = st.text("ابتك", max_size=6) | st.text(max_size=4)


@given(words=st.sets(_word, max_size=30).map(sorted), word=_word, distance=st.integers(0, 2))
def test_the_words_found_are_those_within_the_distance(words: list[str], word: str, distance: int) -> None:
    expected = [other for other in words if levenshtein(word, other) <= distance]
    assert list(similar_words(words, word, distance=distance)) == expected


@pytest.mark.parametrize(
    ("other", "distance"),
    [("كتاب", 0), ("كتابه", 1), ("كتب", 1), ("كباب", 1), ("اكتب", 2), ("كتبا", 2), ("تكاب", 2), ("قطار", 3)],
)
def test_an_exchange_of_two_letters_is_two_edits(other: str, distance: int) -> None:
    found = [limit for limit in range(4) if list(similar_words([other], "كتاب", distance=limit))]
    assert found == list(range(distance, 4))
