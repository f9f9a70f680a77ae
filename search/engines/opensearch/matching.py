"""Searches of a view: the first matches in an order, however many, in parts of bounded size.

In: a query and how many matches are wanted. Out: rows, which are matches with what sorts them. A part begins behind the
last row of the part before (`search_after`), so deep lists cost the server no more memory than short ones. Called by
`engine.py`, `order.py` and `writer.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from search.engines.opensearch.mapping import ID_NUMBER
from search.engines.opensearch.queries import Query
from search.engines.opensearch.view import LARGEST, View

_AT_ONCE: Final = 50  # searches of one request: what one takes is little beside that
Sort = list[dict[str, Any]]
BY_SCORE: Final[Sort] = [{"_score": "desc"}, {ID_NUMBER: "asc"}]


class Row(NamedTuple):
    """One match: the article's id and near-duplicate group, its score, and the values that it is sorted by."""

    id: str
    group: int | None
    score: float
    keys: list[Any]


@dataclass(frozen=True, slots=True)
class Rows:
    """The first matches. total: of all matches, -1 where it was not asked for."""

    total: int
    rows: list[Row]
    aggregations: dict[str, Any] = field(default_factory=dict)


def first_rows(
    view: View, query: Query, limit: int, sort: Sort, *, total: bool, more: dict[str, Any] | None = None
) -> Rows:
    """Return the first `limit` matches in this order. more: further parts of the request, for the first answer."""
    scored = "_score" in sort[0]
    rows: list[Row] = []
    count, aggregations = -1, dict[str, Any]()
    body: dict[str, Any] = {"query": query, "sort": sort, **_COLUMNS, **(more or {})}
    while True:
        size = min(LARGEST, limit - len(rows))
        asked = {**body, "size": size, "track_total_hits": total and not rows}
        if rows:
            asked = {**{name: each for name, each in asked.items() if name != "aggs"}, "search_after": rows[-1].keys}
        answer = view.ask(asked, scored=scored)
        if not rows:
            count = answer["hits"]["total"]["value"] if total else -1
            aggregations = answer.get("aggregations", {})
        got = [_row(hit) for hit in answer["hits"]["hits"]]
        rows += got
        if len(rows) >= limit or len(got) < size:
            return Rows(count, rows, aggregations)


def best_rows(view: View, queries: Sequence[Query], limit: int) -> list[list[Row]]:
    """Return the `limit` best matches of each query, LARGEST at most, asked for together."""
    bodies = [
        {"query": each, "sort": BY_SCORE, "size": limit, "track_total_hits": False, **_COLUMNS} for each in queries
    ]
    found: list[list[Row]] = []
    for start in range(0, len(bodies), _AT_ONCE):
        answers = view.ask_each(bodies[start : start + _AT_ONCE], scored=True)
        found += [[_row(hit) for hit in answer["hits"]["hits"]] for answer in answers]
    return found


_COLUMNS: Final = {"_source": False, "stored_fields": "_none_", "docvalue_fields": ["id", "group"]}


def _row(hit: dict[str, Any]) -> Row:
    fields = hit["fields"]
    groups: Sequence[int] = fields.get("group", ())
    return Row(fields["id"][0], groups[0] if groups else None, hit["_score"] or 0.0, hit["sort"])
