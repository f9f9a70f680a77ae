"""A clause → the query of OpenSearch that matches the same and scores as BM25 does. Called by `view.py` and `order.py`.

What does not score is put into filter context, where the server may keep and reorder it. Phrases whose terms follow one
another are phrases of Lucene, the others spans, whose gaps are positions of any term. A phrase with slop scores as one
that occurs once: the pairs that other engines count are not to be had from Lucene, which counts nearer ones for more.
What an article's length does to that score is taken from a column with lengths, in steps.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import log
from typing import Any, Final, Protocol

from search.engines.opensearch.mapping import K1, TEXTS, B, index_term, length_column
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

Query = dict[str, Any]
_MOST_TERMS: Final = 65_536  # values of one query for terms
_STEP: Final = 1.35  # between two lengths for which different factors are taken: 2 % of a score at most, mostly
_STEPS: Final = 9  # on each side of the mean length
_NOTHING: Final[Query] = {"match_none": {}}


class Statistics(Protocol):
    """What scores of phrases depend on, asked for where there are any."""

    def rarity(self, field: str, texts: Sequence[str]) -> list[float]:
        """The idf of each of these terms."""

    def mean_length(self, field: str) -> float:
        """The mean number of terms that articles have in this field."""


def idf(frequency: int, documents: int) -> float:
    """Return the idf of BM25 of a term that so many of the articles have."""
    return log(1 + (documents - frequency + 0.5) / (frequency + 0.5))


def translate(clause: Clause, statistics: Statistics, boost: float = 1.0, *, scored: bool = True) -> Query:
    """Return the query, whose scores are multiplied by `boost`. scored: False where nobody looks at its scores."""
    match clause:
        case Boost(inner, factor):
            return translate(inner, statistics, boost * factor, scored=scored)
        case Term(field, text) if field in TEXTS:
            return {"term": {field: {"value": index_term(field, text), "boost": boost}}}
        case Constant(inner, score):
            return _constant(translate(inner, statistics, scored=False), score * boost)
        case PhraseClause():
            return _phrase(clause, statistics, boost, scored=scored)
        case Combine():
            return _combined(clause, statistics, boost, scored=scored)
        case Everything():
            return {"match_all": {"boost": boost}}
        case Nothing():
            return _NOTHING
    return _constant(_unscored(clause), boost)


def _constant(query: Query, score: float) -> Query:
    return query if query is _NOTHING else {"constant_score": {"filter": query, "boost": score}}


def _unscored(clause: Term | TermSet | Similar | Between) -> Query:
    """The query of a leaf that scores 1."""
    match clause:
        case Term(field, text):
            return {"term": {field: index_term(field, text)}}
        case TermSet(field, texts):
            return _any_of(field, texts)
        case Similar(field, text, distance):
            term = index_term(field, text)
            options = {"fuzziness": distance, "transpositions": False, "rewrite": "constant_score"}
            return {"fuzzy": {field: {"value": term, "max_expansions": 1024, **options}}}
        case Between(field, None, None):
            return {"exists": {"field": field}}
        case Between(field, low, high) if low == high:
            return {"term": {field: low}}
        case Between(field, low, high):
            bounds = {name: bound for name, bound in (("gte", low), ("lte", high)) if bound is not None}
            return {"range": {field: bounds}}


def _any_of(field: str, texts: Sequence[str]) -> Query:
    values = [index_term(field, text) for text in texts]
    parts = [{"terms": {field: values[start : start + _MOST_TERMS]}} for start in range(0, len(values), _MOST_TERMS)]
    return parts[0] if len(parts) == 1 else {"bool": {"should": parts}} if parts else _NOTHING


def _combined(clause: Combine, statistics: Statistics, boost: float, *, scored: bool) -> Query:
    if not clause.must and not clause.should:
        return _NOTHING
    least = clause.least if clause.must else max(1, clause.least)
    if least > len(clause.should):
        return _NOTHING
    filters = [part for part in clause.must if not scored or (isinstance(part, Constant) and not part.score)]
    parts = {
        "must": [translate(part, statistics) for part in clause.must if part not in filters],
        "filter": [translate(_inner(part), statistics, scored=False) for part in filters],
        "should": [translate(part, statistics, scored=scored) for part in clause.should],
        "must_not": [translate(part, statistics, scored=False) for part in clause.must_not],
    }
    made: dict[str, Any] = {name: queries for name, queries in parts.items() if queries}
    if clause.should:
        made["minimum_should_match"] = least
    return {"bool": {**made, "boost": boost}}


def _inner(clause: Clause) -> Clause:
    return clause.clause if isinstance(clause, Constant) else clause


def _phrase(clause: PhraseClause, statistics: Statistics, boost: float, *, scored: bool) -> Query:
    field, positions = clause.field, clause.term_positions
    if any(not text or len(text.split()) != 1 for text in clause.texts):
        return _NOTHING
    texts = [index_term(field, text) for text in clause.texts]
    if clause.slop:
        near = [_row(field, *each) for each in _near(texts, positions[1], clause.slop)]
        query = near[0] if len(near) == 1 else {"bool": {"should": near}}
        return _once(query, clause, statistics, boost) if scored else query
    if all(after - before == 1 for before, after in pairwise(positions)):
        return {"match_phrase": {field: {"query": " ".join(texts), "analyzer": "whitespace", "boost": boost}}}
    if scored and len(set(texts)) < len(texts):  # spans count the rarity of a term once, however often it is there
        distinct = list(dict.fromkeys(clause.texts))
        known = dict(zip(distinct, statistics.rarity(field, distinct), strict=True))
        once = sum(known.values())
        boost *= sum(known[text] for text in clause.texts) / once if once else 1.0
    row = _row(field, texts, [after - before for before, after in pairwise(positions)], 0)
    row["span_near"]["boost"] = boost
    return row


def _once(query: Query, clause: PhraseClause, statistics: Statistics, boost: float) -> Query:
    """The query of a phrase with slop, scored as one that occurs once in an article of this length."""
    rarity = sum(statistics.rarity(clause.field, clause.texts))
    mean = statistics.mean_length(clause.field)
    column = length_column(clause.field)
    functions: list[Query] = [
        {"filter": {"range": {column: {"lte": mean * _STEP ** (step + 0.5)}}}, "weight": _of_one(_STEP**step)}
        for step in range(-_STEPS, _STEPS)
    ]
    functions.append({"weight": _of_one(_STEP**_STEPS)})
    scored = {"query": _constant(query, rarity), "functions": functions, "score_mode": "first", "boost": boost}
    return {"function_score": {**scored, "boost_mode": "multiply"}}


def _of_one(length: float) -> float:
    """What BM25 makes of one occurrence where the field is so many times as long as the mean."""
    return (1 + K1) / (1 + K1 * (1 - B + B * length))


def _near(texts: list[str], distance: int, slop: int) -> Iterator[tuple[list[str], list[int], int]]:
    """The spans in which two terms stand at most `slop` places from where the second should be: terms, gap, slop."""
    nearest, farthest = max(1, distance - slop), distance + slop
    yield texts, [nearest], farthest - nearest
    if slop > distance:  # the second before the first
        yield texts[::-1], [1], slop - distance - 1


def _row(field: str, texts: Sequence[str], distances: Sequence[int], slop: int) -> Query:
    """The spans of these terms in order, each so many places after the one before, `slop` more in all."""
    clauses: list[Query] = [{"span_term": {field: texts[0]}}]
    for text, distance in zip(texts[1:], distances, strict=True):
        if distance > 1:
            clauses.append({"span_gap": {field: distance - 1}})
        clauses.append({"span_term": {field: text}})
    return {"span_near": {"clauses": clauses, "slop": slop, "in_order": True}}
