"""Sketches of texts estimate the similarity of their five-word shingles, and share bands as often as computed."""

from __future__ import annotations

import random
from hashlib import blake2b
from statistics import fmean

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.batch.hashing import Hashes
from search.analysis.term_encoding import decode_term, encode_terms
from search.index.minhash import BANDS, LONGEST, Sketch, Text, band_terms, similarity, sketches, text_of

WORDS = st.lists(
    st.sampled_from(["وزير", "خارجية", "زار", "مدينة", "بيان", "اتفاق", "١٢", "kashaf", "😀"]), max_size=40
)


def hashed(text: str) -> Hashes:
    """A hash for each word."""
    digests = (blake2b(word.encode(), digest_size=8).digest() for word in text.split())
    return np.array([int.from_bytes(digest) for digest in digests], np.uint64)


def sketch(words: str, *, whole: bool = False) -> Sketch:
    """The sketch of one text that is long enough."""
    (made,) = sketches([Text(hashed(words), whole)])
    assert made
    return made


def jaccard(one: list[str], other: list[str]) -> float:
    """The similarity by definition."""
    first, second = (set(zip(*(words[start:] for start in range(5)), strict=False)) for words in (one, other))
    return len(first & second) / len(first | second)


def copies(count: int, *, words: int, kept: float, seed: int) -> list[tuple[list[str], list[str]]]:
    """Pairs of texts of random words, where the second keeps a share of the first and goes on with other words."""
    draw = random.Random(seed)
    pairs = []
    for _ in range(count):
        one = [str(draw.random()) for _ in range(words)]
        pairs.append((one, one[: int(words * kept)] + [str(draw.random()) for _ in range(words - int(words * kept))]))
    return pairs


@given(WORDS, WORDS)
def test_similarity_is_the_jaccard_similarity_of_shingles(one: list[str], other: list[str]) -> None:
    first, second = sketches([Text(hashed(" ".join(one))), Text(hashed(" ".join(other)))])
    assert (first is None) == (len(one) < 5)
    if first and second:
        assert similarity(first, second) == similarity(second, first) == pytest.approx(jaccard(one, other))


@given(st.lists(WORDS, max_size=5))
def test_a_sketch_does_not_depend_on_the_texts_beside_it(texts: list[list[str]]) -> None:
    together = sketches([Text(hashed(" ".join(words))) for words in texts])
    alone = [sketches([Text(hashed(" ".join(words)))])[0] for words in texts]
    assert [(s.bands, s.key, s.low) if s else None for s in together] == [
        (s.bands, s.key, s.low) if s else None for s in alone
    ]


def test_the_order_of_words_matters() -> None:
    assert similarity(sketch("أعلن وزير الخارجية أمس عن"), sketch("أعلن أمس وزير الخارجية عن")) == 0


def test_similarity_of_long_texts_is_near_the_true_one() -> None:
    for one, other in copies(20, words=5_000, kept=0.8, seed=1):
        assert similarity(sketch(" ".join(one)), sketch(" ".join(other))) == pytest.approx(jaccard(one, other), abs=0.1)


def test_a_text_within_one_five_times_as_long_has_a_fifth_of_its_shingles() -> None:
    texts = [one for one, _ in copies(20, words=1_000, kept=1, seed=3)]
    measured = [similarity(sketch(" ".join(words)), sketch(" ".join(words[:204]))) for words in texts]
    assert fmean(measured) == pytest.approx(200 / 996, abs=0.02)


@pytest.mark.parametrize("length", [10, 40, 300, 2_000])
def test_equal_texts_share_all_bands_and_others_none(length: int) -> None:
    ((one, other),) = copies(1, words=length, kept=0, seed=2)
    assert sketch(" ".join(one)).bands == sketch(" ".join(one)).bands
    assert not {*sketch(" ".join(one)).bands} & {*sketch(" ".join(other)).bands}


def test_each_band_is_a_short_term_of_its_own_that_engines_leave_as_it_is() -> None:
    bands = (0, 1, 2**36 - 1, 2**35, 2**6, 0xFBEFBEFBE, 0x123456789, 65)
    terms = band_terms(Sketch(bands, key=0, low=b"", cut=False))
    assert [len(term) for term in terms] == [6] * 8
    assert len({*terms}) == 8
    assert tuple(map(encode_terms, terms)) == tuple(map(decode_term, terms)) == terms
    assert " ".join(terms).split() == [*terms]


@pytest.mark.parametrize("length", [10, 300])
def test_the_bands_of_a_text_fit_in_their_terms(length: int) -> None:
    ((one, _),) = copies(1, words=length, kept=0, seed=2)
    bands = sketch(" ".join(one)).bands
    assert len({*band_terms(sketch(" ".join(one)))}) == len({*bands})
    assert all(0 <= band < 2**36 for band in bands)


@pytest.mark.parametrize("length", [60, 300, 2_000])
def test_bands_agree_as_often_as_the_square_of_the_similarity(length: int) -> None:
    shared, expected = 0, 0.0
    for one, other in copies(200, words=length, kept=0.85, seed=length):
        first, second = sketch(" ".join(one)), sketch(" ".join(other))
        shared += len({*first.bands} & {*second.bands})
        expected += BANDS * jaccard(one, other) ** 2
    assert shared == pytest.approx(expected, rel=0.1)


def test_a_short_text_taken_whole_equals_only_itself() -> None:
    one = sketch("خادم الحرمين الشريفين يهنئ رئيس مالي", whole=True)
    other = sketch("خادم الحرمين الشريفين يهنئ رئيس النيجر", whole=True)
    assert similarity(one, one) == 1
    assert similarity(one, other) == 0
    assert not {*one.bands} & {*other.bands}
    assert sketches([Text(hashed("خادم الحرمين الشريفين يهنئ"), whole=True)]) == [None]


def test_a_text_without_end_counts_by_its_beginning() -> None:
    long = "أعلن وزير الخارجية أمس عن اتفاق " * (LONGEST // 6 + 1)
    assert sketch(long).key == sketch(long + "ثم سافر إلى مدينة أخرى بعيدة").key


@pytest.mark.parametrize("words", [19, 20])
def test_a_short_body_is_compared_with_its_title_and_as_a_whole(words: int) -> None:
    title, body = hashed("خادم الحرمين"), hashed("نص " * words)
    text = text_of(title, np.append(body, np.uint64(0)))
    assert text.whole == (words < 20)
    assert len(text.words) == (words + 2 if words < 20 else words)
