"""Counts of the values of a field, as Tantivy is asked for them and as it answers. Called by `engine.py`."""

from __future__ import annotations

from typing import Any

from search import schema
from search.engines.base import MOST_COUNTED
from search.schema import Kind


def terms_aggregation(field: str, limit: int, least: int) -> dict[str, dict[str, Any]]:
    """Return the request for the commonest values of a field, each in at least so many articles."""
    size = MOST_COUNTED if schema.BY_NAME[field].kind is Kind.NUMBER else limit
    return commonest(field, size, least)


def commonest(column: str, size: int, least: int) -> dict[str, dict[str, Any]]:
    """Return the request for so many values of a column. Each segment gives all that it has: what is common in all may
    be rare in one."""
    return {"terms": {"field": column, "size": size, "segment_size": MOST_COUNTED, "min_doc_count": least}}


def buckets(aggregation: Any, kind: Kind) -> dict[str | int, int]:
    """Return the values of an answer, each with its number of articles."""
    rows = aggregation["buckets"]
    return {(int(row["key"]) if kind is Kind.NUMBER else row["key"]): row["doc_count"] for row in rows}
