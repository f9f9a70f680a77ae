"""A search from the place of a cursor on → the object that /api/search answers, with the cursor of the next answer."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Protocol

from werkzeug.datastructures import MultiDict

from search.all_hits import AllHits
from search.budget import Budget
from search.limits import MOST_LISTED
from search.pages.as_json import hit_object, note_object
from search.pages.positions import Position, search_key
from search.pages.records import SearchRequest
from web.addresses.parameters import CURSOR
from web.addresses.requests import Refusal, read_request
from web.api.cursors import read_cursor, write_cursor

SECONDS = 5.0  # of processor that an answer may take


class Lister(Protocol):
    """What lists the hits of a search: `web.site.Site`."""

    def all_hits(
        self,
        request: SearchRequest,
        *,
        after: Position | None = None,
        limit: int = ...,
        snippets: bool = False,
        budget: Budget | None = None,
    ) -> AllHits:
        """The hits behind a position."""


def cursor_object(service: Lister, args: MultiDict[str, str], text: str, *, today: date) -> Mapping[str, Any]:
    """The hits behind the place that a cursor's text names; "*" for the first. Raises Refusal."""
    started = time.perf_counter()
    cursor = read_cursor(text, today=today)
    asked = replace(read_request(args, today=cursor.today), today=cursor.today, facets=False)
    if cursor.after is not None and cursor.after.search != search_key(asked):
        raise Refusal("refused_foreign_cursor", text, parameter=CURSOR.name, code="foreign_cursor")
    found = service.all_hits(asked, after=cursor.after, limit=asked.limit, snippets=True, budget=Budget(SECONDS))
    rows = list(found)
    more = found.truncated and bool(rows) and rows[-1].position.rank < MOST_LISTED
    return {
        "query": asked.query,
        "total": found.total,
        "first": found.first,
        "truncated": found.truncated and not more,
        "cut": found.cut,
        "moved": found.moved,
        "sort": found.order.value,
        "took_ms": round((time.perf_counter() - started) * 1000, 3),
        "notes": [note_object(note) for note in found.notes],
        "hits": [hit_object(row.hit, explain=asked.explain) for row in rows],
        "next_cursor": write_cursor(rows[-1].position, cursor.today) if more else None,
    }
