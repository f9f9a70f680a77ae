"""Names of several tokens are one written word, in one word or in two; other neighbours are words of their own."""

from __future__ import annotations

import pytest

from search.analysis.analyzer import Analyzer
from search.analysis.written_words import whole_spans, written_words

ANALYZER = Analyzer.default()


def words(text: str) -> list[str]:
    tokens = ANALYZER.tokens(text)
    return [" ".join(tokens[at].text for at in places) for places in written_words(tokens)]


def wholes(text: str) -> list[str]:
    return [text[start:end] for start, end in whole_spans(ANALYZER.tokens(text))]


@pytest.mark.parametrize("text", ["كريم عبدالعزيز أبوظبي", "كريم عبد العزيز أبو ظبي"])
def test_a_name_is_one_word_in_either_spelling(text: str) -> None:
    assert words(text) == ["كريم", "عبد العزيز", "أبو ظبي"]


def test_two_names_beside_each_other_are_two_words() -> None:
    assert words("عبدالله عبد العزيز") == ["عبد الله", "عبد العزيز"]


def test_words_whose_space_was_lost_are_words_of_their_own() -> None:
    assert words("وزارةالصحة عبد") == ["وزارة", "الصحة", "عبد"]


def test_each_token_of_a_name_in_one_word_has_the_offsets_of_the_word() -> None:
    assert wholes("قال عبدالله لأبوظبي") == ["قال", "عبدالله", "عبدالله", "لأبوظبي", "لأبوظبي"]


def test_a_name_of_three_tokens_is_whole() -> None:
    assert set(wholes("إنشاءالله،")) == {"إنشاءالله"}


@pytest.mark.parametrize("text", ["عبد الله", "وزارةالصحة", "عبد، الله", "شرم الشيخ"])
def test_what_is_no_name_in_one_word_keeps_the_offsets_of_its_tokens(text: str) -> None:
    assert wholes(text) == [token.text for token in ANALYZER.tokens(text)]
