"""Terms are encoded letter by letter, however many are encoded in one step."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from search.analysis.letters import FOLDED_ALPHABET
from search.analysis.term_encoding import decode_term, encode_terms

LETTERS = st.sampled_from([*FOLDED_ALPHABET, *"أةىڤ،؟٣é/=$aN0", "\u064e", "\u00a0", "\u0085", "\ud800"])
TERMS = st.lists(st.text(LETTERS, min_size=1, max_size=9), max_size=40).map(" ".join)


@given(TERMS)
def test_many_terms_in_one_step_are_encoded_as_each_by_itself(terms: str) -> None:
    assert encode_terms(terms) == "".join(map(encode_terms, terms))


@given(st.text(st.sampled_from(FOLDED_ALPHABET), min_size=1, max_size=60))
def test_what_was_encoded_is_decoded(term: str) -> None:
    encoded = encode_terms(term)
    assert encoded.isascii() and decode_term(encoded) == term
