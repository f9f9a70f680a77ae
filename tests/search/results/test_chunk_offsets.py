"""Chunks stand where white space leaves them, however much of it there is."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.results.chunk_offsets import Chunks, blocks

TEXTS = st.text(st.sampled_from("وزير أ.  \n\t\u00a0\u2003\x1c"), max_size=40)


@given(TEXTS)
def test_places_are_those_of_what_is_no_white_space(text: str) -> None:
    chunks = Chunks(text)
    expected = [found.span() for found in re.finditer(r"\S+", text)]
    assert [(chunks.start(number), chunks.end(number)) for number in range(len(chunks))] == expected
    assert chunks.texts == [text[start:end] for start, end in expected]


@given(TEXTS, st.sampled_from(["و", "زي", "أ."]))
def test_letters_are_found_in_each_chunk_that_has_them(text: str, letters: str) -> None:
    expected = {number for number, chunk in enumerate(text.split()) if letters in chunk}
    assert Chunks(text).numbers_with(letters) == expected


@given(TEXTS, st.data())
def test_a_place_has_the_number_of_the_chunk_that_begins_at_or_before_it(text: str, data: st.DataObject) -> None:
    chunks = Chunks(text)
    starts = [found.start() for found in re.finditer(r"\S+", text)]
    place = data.draw(st.integers(0, len(text)))
    assert chunks.number_at(place) == sum(start <= place for start in starts) - 1


@pytest.mark.parametrize("text", ["", " ", "\n\n"])
def test_a_text_without_words_has_no_chunks(text: str) -> None:
    assert len(Chunks(text)) == 0


@given(st.text(st.sampled_from("اب \n\u00a0"), max_size=60), st.integers(5, 20))
def test_blocks_are_the_whole_text_and_begin_at_white_space(text: str, longest: int) -> None:
    found = list(blocks(text, longest))
    assert "".join(text[start:end] for start, end in found) == text
    assert all(end - start <= longest for start, end in found)
    for start, end in found[1:]:
        before = next(begin for begin, stop in found if stop == start)
        assert text[start].isspace() or not any(letter.isspace() for letter in text[before + 1 : start]), (start, end)
