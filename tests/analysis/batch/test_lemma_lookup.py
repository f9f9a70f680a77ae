"""The look-up of many words in the lemma table: it gives each word the terms that the analyser gives it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.analyzer import Analyzer
from search.analysis.batch.chunking import PAD, chunk_offsets, chunk_texts
from search.analysis.batch.hashing import hash_lines
from search.analysis.batch.lemma_lookup import lemma_lookup
from search.analysis.lexicon.frequencies import FrequencyTable
from search.analysis.lexicon.lemmas import LemmaTable
from search.analysis.term_encoding import decode_term
from search.analysis.vocalisation import INNER_MARKS
from tests.examples import examples

ANALYZER = Analyzer.default()
LEMMAS = LemmaTable.load()
_LETTERS = st.text(alphabet=st.sampled_from("ءاأإآؤئىةبتجدرزسعفقكلمنهويڤ"), min_size=1, max_size=5)
_WORDS = (
    st.sampled_from(
        ["وزير", "والوزير", "للوزراء", "مسؤول", "شؤون", "مائة", "لله", "نيسان", "تموز", "قطر", "مدرسة", "مستشفى"]
    )
    | _LETTERS
)
_MARKS = st.text(alphabet=st.sampled_from("ًَُِّْـ\u200f\u0670"), max_size=2)


@st.composite
def marked_words(draw: st.DrawFn) -> str:
    """Words with marks anywhere."""
    return draw(_MARKS) + "".join(letter + draw(_MARKS) for letter in draw(_WORDS))


def found(text: str) -> dict[str, tuple[str, str, str, int, bool]]:
    """chunk → exact, word and stem, hash of the word, whether it is vocalised: of the chunks that are found."""
    units = np.frombuffer((PAD + text + PAD).encode("utf-16-le"), np.dtype("<u2"))
    begins, ends = chunk_offsets(units)
    known = lemma_lookup(LEMMAS).find(units, begins, ends)
    chunks = chunk_texts(units, begins[known.chunks], ends[known.chunks])
    rows = zip(known.starts, known.ends, known.particles, known.sets, known.words, known.vocalised, strict=True)
    return {
        chunk: (
            decode_term(known.letters[start:end].tobytes().decode()),
            decode_term(known.letters[start + particles : end].tobytes().decode()),
            ANALYZER.stems_of_sets([int(reading)])[0],
            int(word),
            bool(vocalised),
        )
        for chunk, (start, end, particles, reading, word, vocalised) in zip(chunks, rows, strict=True)
    }


def expected(chunk: str) -> tuple[str, str, str, int, bool]:
    exact, word, stem = ANALYZER.chunk_levels(chunk)
    bare = chunk.lstrip("ًَُِّْـ\u200f\u0670")
    return exact, word, stem, int(hash_lines([word])[0]), INNER_MARKS.search(bare) is not None


def test_words_of_the_table_are_found_with_their_particles_and_marks() -> None:
    text = "قال وزير والوزيرِ لِلوُزراءِ"
    assert [*found(text)] == text.split()
    assert found("والوزيرِ")["والوزيرِ"][:3] == ("والوزير", "وزير", "waziyr/N")
    assert found("والوزيرِ")["والوزيرِ"][4] is False, "a mark on the last letter shows the case, not the word"
    assert found("لِلوُزراءِ")["لِلوُزراءِ"][4] is True


@pytest.mark.parametrize("word", ["مائة", "لله", "تموز", "وتموز", "نيسان", "لبنان", "لاجئ", "هيأة"])
def test_words_with_terms_of_their_own_are_left_to_the_analyser(word: str) -> None:
    assert word in LEMMAS
    assert not found(word)


@pytest.mark.parametrize("word", ["زغفلنبت", "CNN", "٢٠١٧", "وزير2", "ـ", "ﻻ"])
def test_what_is_no_word_of_the_table_is_not_found(word: str) -> None:
    assert not found(word)


def test_words_found_have_the_terms_that_the_analyser_gives_each() -> None:
    sample = [word for word in FrequencyTable.load().words()[::31] if word in LEMMAS]
    assert len(sample) > 2000
    known = found(" ".join(sample))
    assert len(known) > 0.98 * len(sample)
    assert known == {word: expected(word) for word in known}


@examples(100)
@given(st.lists(marked_words(), min_size=1, max_size=6))
def test_any_marks_around_and_inside_words(words: list[str]) -> None:
    known = found(" ".join(words))
    assert known == {chunk: expected(chunk) for chunk in known}
