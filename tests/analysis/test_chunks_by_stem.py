"""Every chunk of a text to which the analyser gives one of the stems is found, with arrays and without."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import chunks_by_stem as module
from search.analysis.chunk_letters import lettered
from search.analysis.chunks_by_stem import ChunksByStem
from search.results.chunk_offsets import Chunks
from tests.analysis.test_stem_letters import ANALYZER, LETTERS

CHUNKS = (
    "وزير، الوزراء «وللوزير» لِلوُزراءِ النفط،الغاز COVID-19 3,650 نيسان سبق كتب الكتب مكتبة … ـ لبنان بلبنان x2 50 خمسين "
    "ريال ر.س SAR $ دولار هيئة والهيئات پاريس ﷲ کتاب 😀وزير وزارةالصحة شباط فيفري المئة 3%"
)
WRITTEN = CHUNKS.split()
GAPS = st.sampled_from((" ", "\n", "  ", "\u00a0", "\x1c", " \u2003"))
TEXTS = st.lists(st.tuples(st.sampled_from(WRITTEN), GAPS)).map(lambda row: "".join(map("".join, row)))
ASKED = st.sets(st.sampled_from([key for word in WRITTEN for key in ANALYZER.keys(word)]))


def having(chunks: Chunks, stems: set[str]) -> set[int]:
    """The same by looking at each token."""
    tokens = ((number, token) for number, chunk in enumerate(chunks.texts) for token in ANALYZER.tokens(chunk))
    return {number for number, token in tokens if not stems.isdisjoint(token.stems)}


@given(st.lists(st.tuples(TEXTS, ASKED, st.booleans()), min_size=1, max_size=3), st.sampled_from((0, 2)))
def test_no_chunk_with_a_stem_is_missed_and_few_others_are_found(
    asked: list[tuple[str, set[str], bool]], few: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_FEW", few)
        by_stem = ChunksByStem(ANALYZER.chunk_stems, lambda: LETTERS)
        for text, stems, by_letters in asked:
            chunks = Chunks(text)
            found = by_stem.having(stems, by_letters=by_letters).numbers(chunks)
            others = set(found) - having(chunks, stems)
            assert sorted(having(chunks, stems)) == [number for number in found if number not in others]
            assert {chunks.texts[number] for number in others} <= {"نيسان", "شباط", "المئة", "ر.س"}


def test_what_is_too_long_to_be_kept_may_always_be_meant() -> None:
    long = Chunks(f"{'هه' * 100} سعر وزير")
    assert ChunksByStem(ANALYZER.chunk_stems).having(ANALYZER.keys("وزراء"), by_letters=True).numbers(long) == [0, 2]


def test_chunks_without_the_letters_of_a_stem_are_not_analysed() -> None:
    read: list[str] = []

    def stems(chunk: str) -> str:
        read.append(chunk)
        return ANALYZER.chunk_stems(chunk)

    by_stem = ChunksByStem(stems, lambda: LETTERS)
    by_stem.warm()
    asked = by_stem.having(ANALYZER.keys("كتاب"), by_letters=True)
    assert asked.numbers(Chunks("قالت الوزارة إن كتبهم في المدينة كما تكتب")) == [3]
    assert read == ["كتبهم", "تكتب"]


@given(st.lists(TEXTS, max_size=4), ASKED, st.booleans())
def test_texts_looked_at_together_have_what_each_has_by_itself(texts: list[str], stems: set[str], arrays: bool) -> None:
    by_stem = ChunksByStem(ANALYZER.chunk_stems, lambda: LETTERS)
    if arrays:
        by_stem.warm()
    asked, together = by_stem.having(stems, by_letters=True), [*map(Chunks, texts)]
    assert asked.in_each(together) == [asked.numbers(Chunks(text)) for text in texts]
    assert [[*map(chunks.chunk, range(len(chunks)))] for chunks in together] == [text.split() for text in texts]


@given(TEXTS)
def test_arrays_find_the_chunks_that_white_space_parts(text: str) -> None:
    found = lettered(text)
    assert [text[start:end] for start, end in zip(found.starts, found.ends, strict=True)] == text.split()


@given(st.sets(st.sampled_from(WRITTEN)))
def test_the_stems_of_a_chunk_are_those_of_its_levels(chunks: set[str]) -> None:
    assert [ANALYZER.chunk_stems(chunk) for chunk in chunks] == [stem for _, _, stem in ANALYZER.levels([*chunks])]
