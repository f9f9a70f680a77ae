"""What a clause scores, computed by brute force: BM25 with k1 = 1.2 and b = 0.75 over all documents.

Exact for documents whose fields have at most 40 terms: engines round the length of longer ones.
"""

from __future__ import annotations

from collections.abc import Sequence as Several
from dataclasses import dataclass
from math import log

from search.engines.base import Document
from search.query.clauses import Boost, Clause, Combine, Constant, Nothing, PhraseClause, Term
from search.schema import BY_NAME, Detail, Kind
from tests.contracts.reference import matches, runs, values_of

_K1 = 1.2
_B = 0.75


@dataclass(frozen=True)
class Lengths:
    """How an engine takes the length of a field, in terms: that of a field without terms, for the mean, as this many;
    where a posting only says that a term occurs, a repeated one as often as it does, or (`distinct_presence`) once."""

    of_no_terms: int = 0
    distinct_presence: bool = False

    def length(self, field: str, document: Document) -> int:
        terms = values_of(document, field)
        return len(set(terms) if self.distinct_presence and BY_NAME[field].detail is Detail.PRESENCE else terms)

    def mean(self, field: str, documents: Several[Document]) -> float:
        return sum(max(self.of_no_terms, self.length(field, each)) for each in documents) / len(documents)


EXACT = Lengths()


def score(clause: Clause, document: Document, documents: Several[Document], lengths: Lengths = EXACT) -> float:
    """The score of a document that matches, 0 for one that does not. A PhraseClause must have no slop."""
    if not matches(clause, document):
        return 0.0
    match clause:
        case Term(field, text) if BY_NAME[field].kind is Kind.TERMS:
            times = values_of(document, field).count(text)
            times = 1 if BY_NAME[field].detail is Detail.PRESENCE else times
            return _bm25(field, (text,), times, document, documents, lengths)
        case PhraseClause(field, texts):
            return _bm25(field, texts, runs(clause, document), document, documents, lengths)
        case Combine(must, should):
            return sum(score(each, document, documents, lengths) for each in (*must, *should))
        case Boost(inner, factor):
            return factor * score(inner, document, documents, lengths)
        case Constant(_, constant):
            return constant
        case Nothing():
            return 0.0
        case _:
            return 1.0


def _bm25(
    field: str, texts: Several[str], times: int, document: Document, documents: Several[Document], lengths: Lengths
) -> float:
    length, mean = lengths.length(field, document), lengths.mean(field, documents)
    rarity = sum(_rarity(field, text, documents) for text in texts)
    return rarity * (1 + _K1) * times / (times + _K1 * (1 - _B + _B * length / mean))


def _rarity(field: str, text: str, documents: Several[Document]) -> float:
    frequency = sum(text in values_of(each, field) for each in documents)
    return log(1 + (len(documents) - frequency + 0.5) / (frequency + 0.5))
