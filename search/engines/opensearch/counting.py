"""Counts of the values of fields, and lists of the terms of a field, as aggregations.

In: a view. Out: values and terms with the number of articles that have them. Called by `engine.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import ceil
from typing import Any, Final

from search import schema
from search.analysis.term_encoding import decode_term
from search.engines.base import MOST_COUNTED
from search.engines.opensearch.mapping import NO_TERMS, TEXTS, column, index_term
from search.engines.opensearch.queries import Query
from search.engines.opensearch.view import View, is_whole
from search.schema import Kind

_MOST_BUCKETS: Final = 65_000  # of one answer: the cluster allows 65,535
_AT_ONCE: Final = 500  # terms whose frequencies one request asks for
_FEW: Final = 100  # of them are counted at once
_TOGETHER: Final = 20  # terms are looked for together
_FEW_OTHERS: Final = 5_000  # articles that have the terms that a list leaves out
_SAMPLED: Final = 64  # parts, of which one is looked at
_MARGIN: Final = 1.05  # parts are nearly of one size
_ORDER: Final = [{"_count": "desc"}, {"_key": "asc"}]
_SPECIAL: Final = frozenset('.?+*|{}[]()"\\#@&<>~^$-')

Counts = dict[str | int, int]


def counts(view: View, query: Query, fields: Sequence[str], *, limit: int, least: int) -> dict[str, Counts]:
    """Return the counts of each field; see `search.engines.base.Engine.counts`."""
    wanted = {name: _values(name, limit, least, view.shards) for name in fields}
    found: dict[str, Counts] = {}
    for request in _within_bounds(wanted):
        aggregations = view.ask({"query": query, "size": 0, "track_total_hits": False, "aggs": request})
        for name, answer in aggregations["aggregations"].items():
            found[name] = {row["key"]: row["doc_count"] for row in answer["buckets"]}
    return {name: found[name] for name in fields}


def _values(field: str, limit: int, least: int, shards: int) -> dict[str, Any]:
    size = MOST_COUNTED if schema.BY_NAME[field].kind is Kind.NUMBER else limit
    # What is rare in one shard may be common in all: each shard gives all that it has, within bounds.
    a_shard = MOST_COUNTED if shards > 1 else size
    return {"terms": {"field": field, "size": size, "shard_size": a_shard, "min_doc_count": least, "order": _ORDER}}


def _within_bounds(wanted: Mapping[str, dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The aggregations in as few requests as may have so many values together."""
    request: dict[str, Any] = {}
    size = 0
    for name, each in wanted.items():
        if request and size + each["terms"]["size"] > _MOST_BUCKETS:
            yield request
            request, size = {}, 0
        request[name] = each
        size += each["terms"]["size"]
    if request:
        yield request


def terms(view: View, field: str, prefix: str, limit: int) -> list[tuple[str, int]]:
    """Return the commonest terms or values of a field that begin with `prefix`; see `Engine.terms`.

    Among terms as common as the last of a long list, those are given that come first as the index encodes them.
    """
    if limit < 1:
        return []
    found = _beginning(view, field, index_term(field, prefix), limit + 1)  # one more, which may be NO_TERMS
    if field in TEXTS:
        found = [(decode_term(term), count) for term, count in found if term != NO_TERMS]
    return sorted(found, key=lambda row: (-row[1], row[0]))[:limit]


def frequencies(view: View, field: str, texts: Sequence[str]) -> tuple[list[int], bool]:
    """Return the document frequencies of these terms, and whether all parts of the index answered.

    Of many terms most occur nowhere, as of the bands of new articles: first it is asked which few of them have any that
    occurs, at a third of what it costs to count each.
    """
    values = [index_term(field, text) for text in texts]
    found, whole = dict.fromkeys(values, 0), True
    for start in range(0, len(values), _AT_ONCE):
        part = values[start : start + _AT_ONCE]
        if len(part) > _FEW:
            groups = [part[at : at + _TOGETHER] for at in range(0, len(part), _TOGETHER)]
            counted, answered = _having(view, field, groups)
            part = [value for group, count in zip(groups, counted, strict=True) if count for value in group]
            whole = whole and answered
        if part:
            counted, answered = _having(view, field, [[value] for value in part])
            found.update(zip(part, counted, strict=True))
            whole = whole and answered
    return [found[value] for value in values], whole


def _having(view: View, field: str, groups: Sequence[Sequence[str]]) -> tuple[list[int], bool]:
    """How many articles have a term of each group, and whether all parts of the index answered."""
    request = {"groups": {"filters": {"filters": [{"terms": {field: group}} for group in groups]}}}
    # Else each article of the archive would be held against each group.
    query = {"terms": {field: [value for group in groups for value in group]}}
    answer = view.ask({"query": query, "size": 0, "track_total_hits": False, "aggs": request})
    return [bucket["doc_count"] for bucket in answer["aggregations"]["groups"]["buckets"]], is_whole(answer)


def _beginning(view: View, field: str, prefix: str, limit: int) -> list[tuple[str, int]]:
    name = column(field)
    include = {"include": f"{_quoted(prefix)}.*"} if prefix else {}
    if limit <= _MOST_BUCKETS:
        found, others = _commonest(view, name, limit, include)
        if field in TEXTS and 0 < others <= _FEW_OTHERS:  # equally common ones may come first when they are decoded
            found, _ = _commonest(view, name, limit + others, include)
        return found
    parts = ceil(_distinct(view, name) * _MARGIN / _MOST_BUCKETS) or 1
    while (rows := _in_parts(view, name, parts)) is None:
        parts *= 2
    return [row for row in rows if row[0].startswith(prefix)]


def _in_parts(view: View, name: str, parts: int) -> list[tuple[str, int]] | None:
    """All terms, asked for in so many parts, of which each takes the cluster a look at all of them; None where a part
    is more than one answer holds."""
    found: list[tuple[str, int]] = []
    for part in range(parts):
        rows, others = _commonest(view, name, _MOST_BUCKETS, _part(part, parts))
        if others:
            return None
        found += rows
    return found


def _part(part: int, parts: int) -> dict[str, Any]:
    """What a request for terms includes: those of one part, by their hashes."""
    return {"include": {"partition": part, "num_partitions": parts}} if parts > 1 else {}


def _commonest(view: View, name: str, limit: int, include: Mapping[str, Any]) -> tuple[list[tuple[str, int]], int]:
    """The commonest terms, and how many articles those have together that are left out."""
    size = min(limit, _MOST_BUCKETS)
    a_shard = _MOST_BUCKETS if view.shards > 1 else size
    request = {"terms": {"field": name, "size": size, "shard_size": a_shard, "order": _ORDER, **include}}
    answer = view.ask({"size": 0, "track_total_hits": False, "aggs": {"terms": request}})["aggregations"]["terms"]
    return [(row["key"], row["doc_count"]) for row in answer["buckets"]], answer["sum_other_doc_count"]


def _distinct(view: View, name: str) -> int:
    """How many terms there are, about: by one part of them. To count them takes four times as long."""
    return _SAMPLED * len(_commonest(view, name, _MOST_BUCKETS, _part(0, _SAMPLED))[0])


def _quoted(prefix: str) -> str:
    """The prefix as a regular expression of Lucene."""
    return "".join(f"\\{letter}" if letter in _SPECIAL else letter for letter in prefix)
