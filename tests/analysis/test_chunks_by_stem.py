"""The map from stems to chunks: it finds every chunk of a text to which the analyser gives one of the stems."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import chunks_by_stem as module
from search.analysis.analyzer import Analyzer
from search.analysis.chunks_by_stem import ChunksByStem

ANALYZER = Analyzer.default()
WRITTEN = "وزير، الوزراء «وللوزير» لِلوُزراءِ النفط،الغاز COVID-19 3,650 نيسان سبق كتب الكتب مكتبة … ـ لبنان بلبنان x2"
CHUNKS = st.sets(st.sampled_from(WRITTEN.split()))
ASKED = ("وزير", "كتب", "سبق", "لبنان", "نفط")
STEMS = st.sets(st.sampled_from([key for word in ASKED for key in ANALYZER.keys(word)]))


def having(chunks: set[str], stems: set[str]) -> set[str]:
    """The same by looking at each token."""
    return {chunk for chunk in chunks if any(stem in stems for token in ANALYZER.tokens(chunk) for stem in token.stems)}


@given(st.lists(st.tuples(CHUNKS, STEMS), min_size=1, max_size=4), st.integers(0, 8))
def test_no_chunk_with_a_stem_is_missed_whatever_was_asked_before(
    asked: list[tuple[set[str], set[str]]], most: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_CHUNKS", most)
        by_stem = ChunksByStem(ANALYZER.chunk_stems)
        for chunks, stems in asked:
            found = by_stem.with_any(chunks, stems)
            assert having(chunks, stems) <= found <= having(chunks, stems) | {"نيسان"}


def test_what_is_too_long_to_be_kept_may_always_be_meant() -> None:
    long = "هه" * 100
    assert ChunksByStem(ANALYZER.chunk_stems).with_any({long, "وزير"}, ANALYZER.keys("وزراء")) == {long, "وزير"}


@given(CHUNKS)
def test_the_stems_of_a_chunk_are_those_of_its_levels(chunks: set[str]) -> None:
    assert [ANALYZER.chunk_stems(chunk) for chunk in chunks] == [stem for _, _, stem in ANALYZER.levels([*chunks])]
