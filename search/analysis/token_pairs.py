"""Token pairs: how one index field holds the levels word and exact of a text, as two terms for each token.

In: the terms of the tokens at both levels. Out: the terms of the field, joined by spaces: `word $` for a token whose
two terms are the same, `word =exact` for one whose terms differ, because particles were taken off or a month has one
name in the index. The words stand at the even positions of the field, what was written at the odd ones. Two of three
tokens have the same term twice; a field of exact terms of its own would repeat them all, a tenth of the time of
indexing. Called by `batch/`; `search/query/field_clauses.py` makes the clauses that search such a field.
"""

from collections.abc import Iterable
from functools import lru_cache
from itertools import starmap
from typing import Final

from search.analysis.term_encoding import encode_terms

OTHER_FORM: Final = "="  # the first character of the exact term of a token whose two terms differ
TERMS_PER_TOKEN: Final = 2  # positions in the field from one token to the next

# The second term of a token whose two terms are the same is one of these signs, chosen by the first letter of the word:
# one sign for all would have a posting for two of three tokens, all of which a search for an exact word would read. No
# token contains any of the signs, nor "=".
SAME_FORM_SIGNS: Final = '!"#$%(*+:;<>?@`~'


def same_form(word: str) -> str:
    """Return the second term of a token whose exact term is the word itself."""
    return _sign(word[0])


def other_form(exact: str) -> str:
    """Return the second term of a token whose exact term is this, and not its word."""
    return OTHER_FORM + exact


def pair_terms(words: Iterable[str], exacts: Iterable[str]) -> str:
    """Return the terms of the field for tokens with these words and exact terms, joined by spaces."""
    return " ".join(starmap(pair, zip(words, exacts, strict=True)))


def pair(word: str, exact: str) -> str:
    """Return the two terms of the field for one token."""
    return f"{word} {same_form(word) if word == exact else other_form(exact)}"


def word_terms(pairs: str) -> list[str]:
    """Return the terms at the level word of the tokens of such a field."""
    return pairs.split()[::TERMS_PER_TOKEN]


def exact_terms(pairs: str) -> list[str]:
    """Return the terms at the level exact of the tokens of such a field."""
    terms = pairs.split()
    rows = zip(terms[::TERMS_PER_TOKEN], terms[1::TERMS_PER_TOKEN], strict=True)
    return [written[1:] if written[0] == OTHER_FORM else word for word, written in rows]


def is_word_term(term: str) -> bool:
    """Return whether a term of such a field is one of the level word."""
    return not term.startswith((OTHER_FORM, *SAME_FORM_SIGNS))


@lru_cache(maxsize=2**10)
def _sign(letter: str) -> str:
    return SAME_FORM_SIGNS[ord(encode_terms(letter)) % len(SAME_FORM_SIGNS)]
