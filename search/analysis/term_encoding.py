"""Encodes index terms in ASCII, one capital for each Arabic letter that folding leaves, and decodes them.

In: terms, or terms joined by spaces. Out: the same, encoded or decoded. Only engines see encoded terms: `BatchAnalyzer`
encodes the terms that it returns, engines encode the terms of a query and decode those that they list. In ASCII a term
takes half the bytes, and passing a text of terms from Python to an engine needs no conversion, which was a tenth of the
time of indexing.

Other terms contain no ASCII capitals, because Latin words are lower-cased; only lemma keys do, and those contain a
slash and no Arabic letter (`AbriyqAn/N`). So no two terms have the same encoding, and the order of the letters is kept.
"""

from contextlib import suppress
from functools import lru_cache
from typing import Final

from search.analysis.letters import FOLDED_ALPHABET

_ENCODE: Final = {ord(letter): code for code, letter in enumerate(FOLDED_ALPHABET, ord("A"))}
_DECODE: Final = {code: letter for letter, code in _ENCODE.items()}
_KEY: Final = "/"  # every lemma key contains it, and no other term


# ISO 8859-6 has a byte for each letter of the alphabet. What it lacks, or has beside the alphabet, is left to _ENCODE.
_CODEC: Final = "iso8859-6"
_BYTES: Final = bytes.maketrans(FOLDED_ALPHABET.encode(_CODEC), bytes(_ENCODE.values()))
_LONG: Final = 32  # characters from which on the detour over bytes is quicker: by a factor of 27 for thousands


def encode_terms(terms: str) -> str:
    """Return a term, or terms joined by spaces, as they are indexed."""
    if terms.isascii():
        return terms
    if len(terms) >= _LONG:
        with suppress(UnicodeError):
            return terms.encode(_CODEC).translate(_BYTES).decode("ascii")
    return terms.translate(_ENCODE)


encode_term = lru_cache(maxsize=2**14)(encode_terms)
"""`encode_terms` of one term of a query, which is asked for in several fields, and so remembered."""


def decode_term(encoded: str) -> str:
    """Return the term that was encoded so."""
    return encoded if _KEY in encoded else encoded.translate(_DECODE)


def decode_terms(encoded: str) -> str:
    """Return the terms, joined by spaces, that were encoded so."""
    return " ".join(map(decode_term, encoded.split(" ")))
