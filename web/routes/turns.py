"""Requests that search are answered one after another, as long as nobody waits long for that.

Registered by `web/app.py`. Of several threads of Python one runs at a time, and they change every few milliseconds;
each change costs the next one what the last one had in the processor's caches. So a request waits for the one before it
to be done, and goes on beside it where that takes long. An index on other machines is waited for, not computed:
requests that ask it take no turns.
"""

from __future__ import annotations

from threading import Lock
from typing import Final

from flask import Flask, g, request

from search.engines.registry import EMBEDDED
from search.errors import KashafError
from web.site import Site

_PATIENCE: Final = 0.1  # seconds that a request waits for its turn: a dozen pages, or a slow one
_TAKE_TURNS: Final = {"pages", "api"}  # blueprints


def register(app: Flask, served: Site) -> None:
    """Has the application's requests that search an index on this machine take turns."""
    turn = Lock()

    def take_turn() -> None:
        if request.blueprint in _TAKE_TURNS and _searches_here(served):
            g.has_turn = turn.acquire(timeout=_PATIENCE)

    def give_turn_back(error: BaseException | None) -> None:
        if g.pop("has_turn", False):
            turn.release()

    app.before_request(take_turn)
    app.teardown_request(give_turn_back)


def _searches_here(served: Site) -> bool:
    try:
        return served.service().facts().engine in EMBEDDED
    except KashafError:  # there is no index: the request will say so
        return False
