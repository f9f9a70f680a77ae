"""The alphabet that index terms are written in: one ASCII letter for each Arabic letter that folding leaves.

In: terms, or terms joined by spaces. Out: the same in the other alphabet. Only engines see coded terms. In ASCII a term
takes half the bytes, and a text of such terms goes from Python to an engine without being converted: a tenth of the
time of indexing. `BulkAnalyzer` codes what it hands out, engines code what they are asked and decode what they list.

Terms hold no ASCII capitals of their own, for Latin words are lower-cased; lemma keys do, but those hold a slash and
no Arabic letter (`AbriyqAn/N`). So each term has one coded form, no two have the same, and letters stay in order.
"""

from functools import lru_cache
from typing import Final

from search.analysis.letters import FOLDED_ALPHABET

_ENCODE: Final = {ord(letter): code for code, letter in enumerate(FOLDED_ALPHABET, ord("A"))}
_DECODE: Final = {code: letter for letter, code in _ENCODE.items()}
_KEY: Final = "/"


def encode_terms(terms: str) -> str:
    """Return terms as they are indexed."""
    return terms if terms.isascii() else terms.translate(_ENCODE)


encode_term = lru_cache(maxsize=2**14)(encode_terms)
"""One term of a query, which asks for it in several fields."""


def decode_term(coded: str) -> str:
    """Return an indexed term as it was."""
    return coded if _KEY in coded else coded.translate(_DECODE)


def decode_terms(coded: str) -> str:
    """Return indexed terms, joined by spaces, as they were."""
    return " ".join(map(decode_term, coded.split(" ")))
