"""Phrases are found by reading a few chunks, and are those that reading the whole text finds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.analyzer import Analyzer
from search.results.chunk_offsets import Chunks
from search.results.passages import positions
from search.results.phrase_places import PhrasePlaces

ANALYZER = Analyzer.default()
CHUNKS = (
    "أبو ظبي، أبي لأبا محمد بن ابن سلمان آل سعود الملك سلمان، كَتَبَ الكتاب… في المئة 15 نيسان أبريل فبراير شباط 5 % "
    "دولار $ عبدالله الله — سـلمان پاريس باريس ؛ وفي والملك"
)
WORDS = CHUNKS.split()
TEXTS = st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)


@given(TEXTS, st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join), st.booleans())
def test_every_place_of_a_phrase_is_among_those_that_are_read(text: str, typed: str, exact: bool) -> None:
    row = tuple(token.exact if exact else token.word for token in ANALYZER.tokens(typed))
    if not row:
        return
    chunks = Chunks(text)
    places = PhrasePlaces(ANALYZER, () if exact else (row,), (row,) if exact else ()).of(chunks)
    tokens = ANALYZER.tokens(text)
    for at in positions([token.exact if exact else token.word for token in tokens], row):
        first, last = (chunks.number_at(tokens[i].start) for i in (at, at + len(row) - 1))
        assert any(begin <= first and last <= end for begin, end in places)


def test_a_sign_that_stands_by_itself_parts_no_phrase() -> None:
    assert PhrasePlaces(ANALYZER, (("ملك", "سلمان"),), ()).of(Chunks("قال ملك — سلمان")) == {(1, 3)}


@pytest.mark.parametrize(("typed", "read"), [("الملك سلمان", {(2, 3)}), ("الملك فهد", set()), ("قال الملك", {(1, 2)})])
def test_only_places_with_the_phrase_are_read(typed: str, read: set[tuple[int, int]]) -> None:
    row = tuple(token.word for token in ANALYZER.tokens(typed))
    assert PhrasePlaces(ANALYZER, (row,), ()).of(Chunks("وقد قال الملك سلمان إن الملك عبدالعزيز وسلمان")) == read
