"""Long queries at the same moment: only so many that other readers are still answered.

A query of very many words may hold a thread of the server for a second. Two threads are kept for all else, of two
threads one, and of a single one none; a long query that comes while all others are at work on such is answered 503, to
be tried again in seconds. Registered by `web/app.py`.
"""

from __future__ import annotations

from itertools import chain, islice
from threading import BoundedSemaphore
from typing import Final

from flask import Flask, Response, g, request

from search.analysis.tokens import spans
from web.messages.table import say
from web.routes import failures
from web.site import language

MANY_WORDS: Final = 16  # a longer query is held to the limit
_KEPT: Final = 2  # threads for others
_SECONDS: Final = "5"


def register(app: Flask, *, threads: int) -> None:
    """Limits the long queries that this application is at work on."""
    free = BoundedSemaphore(max(1, threads - _KEPT))

    def enter() -> Response | None:
        if not _long():
            return None
        g.long_query = free.acquire(blocking=False)
        return None if g.long_query else _busy()

    def leave(error: BaseException | None) -> None:
        if g.pop("long_query", False):
            free.release()

    app.before_request(enter)
    app.teardown_request(leave)


def _long() -> bool:
    """Whether the queries have too many words together, counted as the parser finds them, whatever joins them."""
    words = chain.from_iterable(spans(query) for query in request.args.getlist("q"))
    return len(tuple(islice(words, MANY_WORDS + 1))) > MANY_WORDS


def _busy() -> Response:
    response = failures.answer(503, say(language(), "error_503_busy_text"))
    response.headers["Retry-After"] = _SECONDS
    return response
