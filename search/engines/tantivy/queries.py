"""A clause → the query of Tantivy that matches and scores the same. Called by `engine.py` and `order.py`."""

from __future__ import annotations

from collections.abc import Sequence

import tantivy
from tantivy import FieldType, Occur, Query

from search import schema
from search.analysis.term_encoding import encode_term, encode_terms
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
from search.schema import Detail, Kind


def translate(clause: Clause, fields: tantivy.Schema) -> Query:
    """Return the query of Tantivy; `fields` is the schema of the index."""
    if isinstance(clause, Boost):  # nearly all clauses of a query are boosted terms
        return Query.boost_query(translate(clause.clause, fields), clause.factor)
    if isinstance(clause, Term):
        return _term(clause.field, clause.text, fields)
    match clause:
        case Constant(Term(field, text), score):
            return Query.const_score_query(Query.term_query(fields, field, index_term(field, text), "basic"), score)
        case Constant(inner, score):
            return Query.const_score_query(translate(inner, fields), score)
        case TermSet(field, texts):
            terms = [index_term(field, text) for text in texts]
            return Query.const_score_query(Query.term_set_query(fields, field, terms), 1.0)
        case PhraseClause(field, texts, slop):
            words: list[str | tuple[int, str]] = [
                (at, index_term(field, text)) for at, text in zip(clause.term_positions, texts, strict=True)
            ]
            return Query.phrase_query(fields, field, words, slop=slop)
        case Similar(field, text, distance):
            text = index_term(field, text)
            found = Query.fuzzy_term_query(fields, field, text, distance=distance, transposition_cost_one=False)
            return Query.const_score_query(found, 1.0)
        case Between(field, low, high):
            return Query.const_score_query(_between(field, low, high, fields), 1.0)
        case Combine():
            return _combine(clause, fields)
        case Everything():
            return Query.const_score_query(Query.all_query(), 1.0)  # bare, two of them in one union would count once
        case Nothing():
            return Query.empty_query()


_FEW = 16  # terms, whose encodings are remembered; more than so many would only drive out those of other queries
_TEXT = frozenset((Kind.TERMS, Kind.KEYWORD))
_TERMS = {field.name for field in schema.FIELDS if field.kind is Kind.TERMS}
_PRESENCE = {field.name for field in schema.FIELDS if field.kind is Kind.TERMS and field.detail is Detail.PRESENCE}


def lacking_fields(fields: tantivy.Schema) -> frozenset[str]:
    """Return the fields of text that an index with this schema, of an earlier format, does not have."""
    return frozenset(field.name for field in schema.FIELDS if field.kind in _TEXT and not _has(fields, field.name))


def _has(fields: tantivy.Schema, name: str) -> bool:
    try:
        Query.term_query(fields, name, "")
    except ValueError:
        return False
    return True


def without_fields(clause: Clause, lacking: frozenset[str]) -> Clause:
    """Return the clause with Nothing in place of what is asked of the fields that the index lacks."""
    match clause:
        case _ if not lacking:
            return clause
        case Term(field) | TermSet(field) | PhraseClause(field) | Similar(field) if field in lacking:
            return Nothing()
        case Constant(inner, score):
            return Constant(without_fields(inner, lacking), score)
        case Boost(inner, factor):
            return Boost(without_fields(inner, lacking), factor)
        case Combine(must, should, must_not, least):
            parts = [tuple(without_fields(part, lacking) for part in each) for each in (must, should, must_not)]
            return Combine(parts[0], parts[1], parts[2], least)
    return clause


def index_term(field: str, text: str) -> str:
    """Return a term or value as Tantivy's index holds it: terms encoded by term_encoding.py, values unchanged.

    Lone surrogates, which no value holds, are replaced: Tantivy takes none.
    """
    if field in _TERMS:
        return encode_term(text)
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def index_terms(field: str, texts: Sequence[str]) -> list[str]:
    """Return what `index_term` does for each of the texts, many of them in one step."""
    if field in _TERMS and len(texts) > _FEW:
        encoded = encode_terms("\n".join(texts)).split("\n")
        if len(encoded) == len(texts):  # no term has a line break, but a reader's text may
            return encoded
    return [index_term(field, text) for text in texts]


def _term(field: str, text: str, fields: tantivy.Schema) -> Query:
    if field not in _TERMS:
        return Query.const_score_query(Query.term_query(fields, field, index_term(field, text), "basic"), 1.0)
    return Query.term_query(fields, field, encode_term(text), "basic" if field in _PRESENCE else "freq")


def _between(field: str, low: int | None, high: int | None, fields: tantivy.Schema) -> Query:
    if low is None and high is None:
        return Query.exists_query(field)
    if low == high and field == "group":  # the one indexed number: a posting list instead of a scan
        return Query.term_query(fields, field, low)
    return Query.range_query(fields, field, FieldType.Integer, low, high)


def _combine(clause: Combine, fields: tantivy.Schema) -> Query:
    if not clause.must and not clause.should:
        return Query.empty_query()
    parts = [(Occur.Must, translate(c, fields)) for c in clause.must]
    parts += [(Occur.Should, translate(c, fields)) for c in clause.should]
    parts += [(Occur.MustNot, translate(c, fields)) for c in clause.must_not]
    least = clause.least if clause.must else max(1, clause.least)
    if least == 0 or (least == 1 and not clause.must):
        return Query.boolean_query(parts)
    return Query.boolean_query(parts, minimum_number_should_match=least)
