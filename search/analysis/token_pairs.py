"""How one index field holds two levels of a text: each token's word and, beside it, how the token is written.

In: the terms of the levels word and exact. Out: pairs: `word $` where the two are one, `word =exact` where particles
(or the other name of a month) tell them apart. So a text's tokens stand at every second place. Two of three tokens are
written like their word, and a field of exact terms would say all of those again: a tenth of the time of indexing.
Called by `vocabulary.py` and `bulk.py`; `search/query/written.py` asks for what stands in such a field.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from search.analysis.term_encoding import encode_terms

OTHER_FORM: Final = "="  # begins the exact term of a token that is not written like its word
TERMS_PER_TOKEN: Final = 2  # places from one token to the next

# One sign says that a token is written like its word. Which of these it is hangs on the word's first letter, so that a
# search for one word as it is written passes over the places of few others. No token holds any of them, nor "=".
SAME_FORM_SIGNS: Final = '!"#$%(*+:;<>?@`~'


def same_form(word: str) -> str:
    """Return the term beside a word that is written just so."""
    return _likewise(word[0])


def other_form(exact: str) -> str:
    """Return the term beside the word of a token that is written so, unlike its word."""
    return OTHER_FORM + exact


def pair_terms(words: Iterable[str], exacts: Iterable[str]) -> str:
    """Return the pairs of tokens, joined by spaces."""
    rows = zip(words, exacts, strict=True)
    return " ".join(f"{word} {same_form(word) if word == exact else other_form(exact)}" for word, exact in rows)


def word_terms(pairs: str) -> list[str]:
    """Return the terms of the level word."""
    return pairs.split()[::TERMS_PER_TOKEN]


def exact_terms(pairs: str) -> list[str]:
    """Return the terms of the level exact."""
    terms = pairs.split()
    rows = zip(terms[::TERMS_PER_TOKEN], terms[1::TERMS_PER_TOKEN], strict=True)
    return [written[1:] if written[0] == OTHER_FORM else word for word, written in rows]


def is_word_term(term: str) -> bool:
    """Whether a term of such a field is one of the level word."""
    return not term.startswith((OTHER_FORM, *SAME_FORM_SIGNS))


@lru_cache(maxsize=2**10)
def _likewise(letter: str) -> str:
    return SAME_FORM_SIGNS[ord(encode_terms(letter)) % len(SAME_FORM_SIGNS)]
