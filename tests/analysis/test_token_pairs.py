"""Token pairs: both levels can be read from the field, and no sign of it is a term of a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.analyzer import Analyzer
from search.analysis.term_encoding import encode_terms
from search.analysis.token_pairs import (
    OTHER_FORM,
    SAME_FORM_SIGNS,
    exact_terms,
    is_word_term,
    other_form,
    pair_terms,
    same_form,
    word_terms,
)

ANALYZER = Analyzer.default()
TEXTS = st.text(st.sampled_from("وبالكتبأإةىي ءgé7.,") | st.characters())


def test_a_token_stands_beside_its_word() -> None:
    assert pair_terms(["عراق", "عراق"], ["والعراق", "عراق"]) == f"عراق =والعراق عراق {same_form('عراق')}"


@given(TEXTS)
def test_both_levels_can_be_read_from_pairs(text: str) -> None:
    tokens = ANALYZER.tokens(text)
    words, exacts = [token.word for token in tokens], [token.exact for token in tokens]
    pairs = pair_terms(words, exacts)
    assert (word_terms(pairs), exact_terms(pairs)) == (words, exacts)
    assert len(pairs.split()) == 2 * len(tokens)


@given(TEXTS)
def test_no_term_of_a_text_is_taken_for_a_sign(text: str) -> None:
    for token in ANALYZER.tokens(text):
        assert is_word_term(token.word)
        assert not is_word_term(other_form(token.exact))
        assert not is_word_term(same_form(token.word))


def test_the_sign_of_a_word_depends_on_its_first_letter_alike_before_and_after_encoding() -> None:
    signs = {same_form(letter) for letter in "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"}
    assert signs == set(SAME_FORM_SIGNS)
    assert encode_terms("".join(signs)) == "".join(signs)
    assert same_form(encode_terms("عراق")) == same_form("عراق")


@pytest.mark.parametrize("sign", [OTHER_FORM, *SAME_FORM_SIGNS])
def test_signs_are_single_characters_that_no_term_holds(sign: str) -> None:
    assert len(sign) == 1
    assert ANALYZER.tokens(f"3{sign}4") == [*ANALYZER.tokens("3"), *ANALYZER.tokens(f" {sign}4")]
