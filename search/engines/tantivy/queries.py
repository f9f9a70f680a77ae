"""A clause → the query of Tantivy that matches and scores the same. Called by `engine.py` and `order.py`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product
from typing import Any

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
    all_of,
    any_of,
)
from search.schema import Detail, Kind

_FEW = 16  # terms, whose encodings are remembered; more than so many would only drive out those of other queries
_TEXT = frozenset((Kind.TERMS, Kind.KEYWORD))
_TERMS = {field.name for field in schema.FIELDS if field.kind is Kind.TERMS}
# What is read of the postings of a term that is scored: of a field without frequencies only where it is.
_FREQUENCY = "freq"
_OPTIONS = {
    field.name: "basic" if field.detail is Detail.PRESENCE else _FREQUENCY
    for field in schema.FIELDS
    if field.kind is Kind.TERMS
}
_WORTH_A_UNION = 3  # terms
_BODY = "body_"  # how the fields of bodies begin
# Terms of a set that are looked up one by one. A set of Tantivy's is an automaton that reads the dictionary of each
# segment, 0.1 ms for the smallest; a term costs 1 µs, and as much again to ask for.
_LOOKED_UP = 96
_MUST, _SHOULD, _MUST_NOT = Occur.Must, Occur.Should, Occur.MustNot
_Parts = list[tuple[Occur, Query]]
_term_query, _boost_query = Query.term_query, Query.boost_query  # looked up once: a query asks for dozens of each


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


def translate(clause: Clause, fields: tantivy.Schema) -> Query:
    """Return the query of Tantivy; `fields` is the schema of the index."""
    return _TRANSLATIONS[type(clause)](clause, fields)


def _term(clause: Term, fields: tantivy.Schema) -> Query:
    option = _OPTIONS.get(clause.field)
    if option is None:
        return _constant(Constant(clause, 1.0), fields)
    return Query.term_query(fields, clause.field, encode_term(clause.text), option)


def _term_set(clause: TermSet, fields: tantivy.Schema) -> Query:
    field, terms = clause.field, index_terms(clause.field, clause.texts)
    if len(terms) > _LOOKED_UP:
        return Query.const_score_query(Query.term_set_query(fields, field, terms), 1.0)
    found = [_term_query(fields, field, term, "basic") for term in terms]
    one = found[0] if len(found) == 1 else Query.boolean_query([(_SHOULD, query) for query in found])
    return Query.const_score_query(one, 1.0)


def _phrase(clause: PhraseClause, fields: tantivy.Schema) -> Query:
    terms = map(encode_term, clause.texts)
    words: list[str | tuple[int, str]] = [*zip(clause.positions, terms, strict=True)] if clause.positions else [*terms]
    return Query.phrase_query(fields, clause.field, words, clause.slop)


def _similar(clause: Similar, fields: tantivy.Schema) -> Query:
    text = index_term(clause.field, clause.text)
    found = Query.fuzzy_term_query(fields, clause.field, text, distance=clause.distance, transposition_cost_one=False)
    return Query.const_score_query(found, 1.0)


def _between(clause: Between, fields: tantivy.Schema) -> Query:
    field, low, high = clause.field, clause.low, clause.high
    if low is None and high is None:
        found = Query.exists_query(field)
    elif low == high and field == "group":  # the one indexed number: a posting list instead of a scan
        found = Query.term_query(fields, field, low)
    else:
        found = Query.range_query(fields, field, FieldType.Integer, low, high)
    return Query.const_score_query(found, 1.0)


def _combine(clause: Combine, fields: tantivy.Schema) -> Query:
    if not clause.must and not clause.should:
        return Query.empty_query()
    least = clause.least if clause.must else max(1, clause.least)
    parts = [(_MUST, translate(c, fields)) for c in clause.must]
    parts += [(_MUST_NOT, translate(c, fields)) for c in clause.must_not]
    if least > 1:
        parts += [(_SHOULD, translate(c, fields)) for c in clause.should]
        return Query.boolean_query(parts, minimum_number_should_match=least)
    terms, others = _optional(clause.should, fields)
    if len(terms) < _WORTH_A_UNION or not others:
        parts += terms + others
    elif least:
        parts += [(_SHOULD, Query.boolean_query(terms)), *others]
    else:  # the terms are read beside the matches alone, and the others beside both
        by_terms = Query.boolean_query([*parts, (_SHOULD, Query.boolean_query(terms))])
        parts = [(_MUST, by_terms), (_SHOULD, Query.boolean_query(others))]
    if least and clause.must:
        return Query.boolean_query(parts, minimum_number_should_match=least)
    return Query.boolean_query(parts)


def _optional(clauses: Sequence[Clause], fields: tantivy.Schema) -> tuple[_Parts, _Parts]:
    """Return queries that match and score what each of these clauses does: of the scored terms, and of the others.

    Tantivy reads the postings of a union of terms alone in half the time that those of any other union take.
    """
    terms, others = _Parts(), _Parts()
    for clause in clauses:
        inner, factor = (clause.clause, clause.factor) if type(clause) is Boost else (clause, 1.0)
        if type(inner) is Term and _OPTIONS.get(inner.field) == _FREQUENCY:
            query = _term_query(fields, inner.field, encode_term(inner.text), _FREQUENCY)
            terms.append((_SHOULD, query if factor == 1.0 else _boost_query(query, factor)))
        else:
            query = _TRANSLATIONS[type(inner)](inner, fields)
            others.append((_SHOULD, query if factor == 1.0 else _boost_query(query, factor)))
    return terms, others


def _boost(clause: Boost, fields: tantivy.Schema) -> Query:
    return _boost_query(translate(clause.clause, fields), clause.factor)


def _constant(clause: Constant, fields: tantivy.Schema) -> Query:
    inner = _each_way(clause.clause)
    if type(inner) is not Term:
        return Query.const_score_query(translate(inner, fields), clause.score)
    term = _term_query(fields, inner.field, index_term(inner.field, inner.text), "basic")
    return Query.const_score_query(term, clause.score)


def _each_way(clause: Clause) -> Clause:
    """Return a clause that matches the same, whatever it scores.

    Where two words may be in bodies or elsewhere, articles match in four ways, nearly all of them in bodies alone.
    Tantivy jumps from one article that has two terms to the next, but reads all postings of a union.
    """
    if type(clause) is not Combine or clause.should or clause.least or not clause.must:
        return clause
    if len(clause.must) == 2 and not clause.must_not:
        ways = [_in_bodies_and_elsewhere(part) for part in clause.must]
        if all(ways):
            return any_of(*(all_of(*way) for way in product(*ways)))
    return Combine(must=tuple(map(_each_way, clause.must)), must_not=clause.must_not)


def _in_bodies_and_elsewhere(part: Clause) -> tuple[Clause, ...]:
    """Return the one term of bodies among alternatives, and all others; () where there are not both."""
    if type(part) is not Combine or part.must or part.must_not or part.least > 1:
        return ()
    bodies = [each for each in part.should if type(each) is Term and each.field.startswith(_BODY)]
    others = [each for each in part.should if each not in bodies]
    return (bodies[0], any_of(*others)) if len(bodies) == 1 and others else ()


def _everything(clause: Everything, fields: tantivy.Schema) -> Query:
    return Query.const_score_query(Query.all_query(), 1.0)  # bare, two of them in one union would count once


def _nothing(clause: Nothing, fields: tantivy.Schema) -> Query:
    return Query.empty_query()


# Looked up by the type, since a query of a few words has fifty clauses: a `match` looks at one case after another.
_TRANSLATIONS: dict[type[Clause], Callable[[Any, tantivy.Schema], Query]] = {
    Term: _term,
    TermSet: _term_set,
    PhraseClause: _phrase,
    Similar: _similar,
    Between: _between,
    Combine: _combine,
    Boost: _boost,
    Constant: _constant,
    Everything: _everything,
    Nothing: _nothing,
}
