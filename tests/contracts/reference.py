"""Which documents a clause matches, computed by brute force: the model that every engine is compared with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from search.analysis.term_encoding import decode_term
from search.engines.base import Document
from search.query.clauses import (
    Between,
    Boost,
    Clause,
    Combine,
    Constant,
    Everything,
    Nothing,
    PhraseClause,
    Similar,
    Term,
    TermSet,
)
from search.schema import BY_NAME, Kind


def matching(clause: Clause, documents: Iterable[Document]) -> set[str]:
    """The ids of the documents that match."""
    return {document.id for document in documents if matches(clause, document)}


def matches(clause: Clause, document: Document) -> bool:
    """Whether this document matches."""
    match clause:
        case Term(field, text):
            return text in values_of(document, field)
        case TermSet(field, texts):
            return not set(texts).isdisjoint(values_of(document, field))
        case PhraseClause():
            return runs(clause, document) > 0
        case Similar(field, text, distance):
            return any(levenshtein(text, other) <= distance for other in set(values_of(document, field)))
        case Between(field, low, high):
            number = document.numbers.get(field)
            return number is not None and (low is None or low <= number) and (high is None or number <= high)
        case Combine():
            return _combined(clause, document)
        case Boost(inner) | Constant(inner):
            return matches(inner, document)
        case Everything():
            return True
        case Nothing():
            return False


def _combined(clause: Combine, document: Document) -> bool:
    wanted = sum(matches(each, document) for each in clause.should)
    if not clause.must and not clause.should:
        return False
    if not all(matches(each, document) for each in clause.must):
        return False
    if any(matches(each, document) for each in clause.must_not):
        return False
    return wanted >= (clause.least if clause.must else max(1, clause.least))


def values_of(document: Document, field: str) -> list[str]:
    """The terms of a TERMS field, in order, or the values of a KEYWORD field."""
    if field == "id":
        return [document.id]
    if BY_NAME[field].kind is Kind.TERMS:
        return [decode_term(term) for term in document.terms.get(field, "").split(" ") if term]
    return list(document.keywords.get(field, ()))


def runs(clause: PhraseClause, document: Document) -> int:
    """At how many positions the terms stand as they should; with slop, how many pairs are near enough."""
    terms = values_of(document, clause.field)
    positions = clause.positions or tuple(range(len(clause.texts)))
    if clause.slop == 0:
        last = len(terms) - positions[-1]
        wanted = list(zip(positions, clause.texts, strict=True))
        return sum(all(terms[at + offset] == text for offset, text in wanted) for at in range(last))
    first, second = ([at for at, term in enumerate(terms) if term == text] for text in clause.texts)
    return sum(abs(other - one - positions[1]) <= clause.slop for one in first for other in second)


def counts(documents: Iterable[Document], field: str) -> dict[str | int, int]:
    """How many of these documents have each value of this field."""
    found: Counter[str | int] = Counter()
    for document in documents:
        if BY_NAME[field].kind is Kind.NUMBER:
            found.update([document.numbers[field]] if field in document.numbers else [])
        else:
            found.update(set(values_of(document, field)))
    return dict(found)


def commonest(documents: Iterable[Document], field: str, prefix: str, *, limit: int) -> list[tuple[str, int]]:
    """The terms with this beginning, commonest first, then alphabetical."""
    found = Counter(term for document in documents for term in set(values_of(document, field)))
    ranked = sorted(found.items(), key=lambda term: (-term[1], term[0]))
    return [(term, frequency) for term, frequency in ranked if term.startswith(prefix)][:limit]


def dated(documents: Iterable[Document]) -> list[int | None]:
    """The moments in order of time, the undated last."""
    moments = [document.numbers.get("moment") for document in documents]
    known = sorted(moment for moment in moments if moment is not None)
    return [*known, *(None for _ in range(len(moments) - len(known)))]


@lru_cache(maxsize=100_000)
def levenshtein(one: str, other: str) -> int:
    """The fewest letters to insert, delete or replace; written from the definition, for short words."""
    if not one or not other:
        return len(one) + len(other)
    if one[-1] == other[-1]:
        return levenshtein(one[:-1], other[:-1])
    return 1 + min(
        levenshtein(one[:-1], other),
        levenshtein(one, other[:-1]),
        levenshtein(one[:-1], other[:-1]),
    )
