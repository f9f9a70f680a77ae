"""What a clause scores, computed by brute force: BM25 with k1 = 1.2 and b = 0.75 over all documents.

Exact for documents whose fields have at most 40 terms: engines round the length of longer ones.
"""

from __future__ import annotations

from collections.abc import Sequence as Several
from math import log

from search.engines.base import Document
from search.query.clauses import Boost, Clause, Combine, Constant, Nothing, PhraseClause, Term
from search.schema import BY_NAME, Detail, Kind
from tests.contracts.reference import matches, runs, values_of

_K1 = 1.2
_B = 0.75


def score(clause: Clause, document: Document, documents: Several[Document]) -> float:
    """The score of a document that matches, 0 for one that does not. A PhraseClause must have no slop."""
    if not matches(clause, document):
        return 0.0
    match clause:
        case Term(field, text) if BY_NAME[field].kind is Kind.TERMS:
            times = values_of(document, field).count(text)
            return _bm25(field, (text,), 1 if BY_NAME[field].detail is Detail.PRESENCE else times, document, documents)
        case PhraseClause(field, texts):
            return _bm25(field, texts, runs(clause, document), document, documents)
        case Combine(must, should):
            return sum(score(each, document, documents) for each in (*must, *should))
        case Boost(inner, factor):
            return factor * score(inner, document, documents)
        case Constant(_, constant):
            return constant
        case Nothing():
            return 0.0
        case _:
            return 1.0


def _bm25(field: str, texts: Several[str], times: int, document: Document, documents: Several[Document]) -> float:
    lengths = [len(values_of(each, field)) for each in documents]
    mean = sum(lengths) / len(lengths)
    length = len(values_of(document, field))
    rarity = sum(_rarity(field, text, documents) for text in texts)
    return rarity * (1 + _K1) * times / (times + _K1 * (1 - _B + _B * length / mean))


def _rarity(field: str, text: str, documents: Several[Document]) -> float:
    frequency = sum(text in values_of(each, field) for each in documents)
    return log(1 + (len(documents) - frequency + 0.5) / (frequency + 0.5))
