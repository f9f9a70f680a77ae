"""A limit on long queries that are answered at the same time, so that other readers are still answered.

A query of very many words may hold a thread of the server for a second, a list of queries for several. Two threads are
kept for all else, of two threads one, and of a single one none; a long query that comes while all others are at work on
such is answered 503, to be tried again in seconds. Registered by `web/app.py`.
"""

from __future__ import annotations

from itertools import chain, islice
from threading import BoundedSemaphore
from typing import Final

from flask import Flask, Response, g, request

from search.analysis.tokens import spans
from web.messages.table import say
from web.routes.failures import failure_response
from web.site import language

MANY_WORDS: Final = 16  # a longer query is held to the limit
_RESERVED: Final = 2  # threads for all other requests
_RETRY_AFTER: Final = "5"  # seconds


def register(app: Flask, *, threads: int) -> None:
    """Limits how many long queries the application answers at the same time; threads: those of the server."""
    places = BoundedSemaphore(max(1, threads - _RESERVED))

    def take_place() -> Response | None:
        if not _is_long():
            return None
        g.long_query = places.acquire(blocking=False)
        return None if g.long_query else _refusal()

    def give_place_back(error: BaseException | None) -> None:
        if g.pop("long_query", False):
            places.release()

    app.before_request(take_place)
    app.teardown_request(give_place_back)


def _is_long() -> bool:
    """Whether this is a list of queries, or the queries have too many words together, counted as the parser finds them,
    whatever joins them."""
    if (request.endpoint or "").startswith("lists.") and (request.method == "POST" or request.args.get("list")):
        return True
    words = chain.from_iterable(spans(query) for query in request.args.getlist("q"))
    return len(tuple(islice(words, MANY_WORDS + 1))) > MANY_WORDS


def _refusal() -> Response:
    """The answer to a long query that comes while all others are being answered: 503, to be tried again soon."""
    response = failure_response(503, say(language(), "error_503_busy_text"), code="busy")
    response.headers["Retry-After"] = _RETRY_AFTER
    return response
