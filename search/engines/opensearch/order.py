"""Sorts matches by date, those of one moment and those without a date by their ids.

In: a query and how many matches are wanted. Out: rows in order. The contract of engines has crowds of articles of one
moment sorted by the numbers of their ids (`search/engines/id_order.py`): a cluster could sort them by id, but all
engines give the same lists. Called by `engine.py`.
"""

from __future__ import annotations

from itertools import groupby
from typing import Any, Final

from search.engines import id_order
from search.engines.base import Order
from search.engines.opensearch.mapping import ID_NUMBER
from search.engines.opensearch.matching import Row, Rows, Sort, first_rows
from search.engines.opensearch.queries import Query
from search.engines.opensearch.view import View

_DATED: Final[Query] = {"exists": {"field": "moment"}}
_UNDATED: Final = {"undated": {"missing": {"field": "moment"}}}
_BY_ID: Final[Sort] = [{"id": "asc"}]
_BY_NUMBER: Final[Sort] = [{ID_NUMBER: "asc"}]


def dated_rows(view: View, query: Query, limit: int, order: Order, *, total: bool) -> Rows:
    """Return the first `limit` matches, those without a date last."""
    dated = _by_moment(view, query, limit, order)
    undated = dated.aggregations["undated"]["doc_count"]
    rows = dated.rows
    if len(rows) < limit and undated:
        without = {"bool": {"filter": [query], "must_not": [_DATED]}}
        rows = rows + _by_id(view, without, limit - len(rows), undated).rows
    return Rows(dated.total + undated if total else -1, rows)


def _by_moment(view: View, query: Query, limit: int, order: Order) -> Rows:
    """The first matches that have a date; its aggregation counts the others."""
    sort: Sort = [{"moment": "desc" if order is Order.NEWEST else "asc"}, *_BY_ID]
    more: dict[str, Any] = {"post_filter": _DATED, "aggs": _UNDATED}
    found = first_rows(view, {"bool": {"filter": [query]}}, limit, sort, total=True, more=more)
    if found.total <= id_order.MOST_BY_ID:  # no moment has more
        return found
    rows: list[Row] = []
    for moment, group in groupby(found.rows, key=lambda row: row.keys[0]):
        alike = list(group)
        of_moment = {"bool": {"filter": [query, {"term": {"moment": moment}}]}}
        reaches_the_end = len(rows) + len(alike) == limit
        count = view.count(of_moment) if reaches_the_end else len(alike)
        rows += _by_id(view, of_moment, len(alike), count).rows if count > id_order.MOST_BY_ID else alike
    return Rows(found.total, rows, found.aggregations)


def _by_id(view: View, query: Query, limit: int, count: int) -> Rows:
    """The first of these `count` matches by id, or of very many by its number."""
    return first_rows(view, query, limit, _BY_NUMBER if count > id_order.MOST_BY_ID else _BY_ID, total=False)
