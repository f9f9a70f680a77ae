"""Answers that have not changed are not made again: each has an ETag, and 304 is the answer to who has it already.

Registered by `web/app.py`. What is answered follows from the address, the open index with its file of names, the day,
the settings and the program, so the ETag is a digest of these, known before anything is searched. It is weak, for the
milliseconds on a page differ. What time cut short has none, nor has what was begun before a commit and ended behind it.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import Final

from flask import Flask, Response, g, request

from search.errors import KashafError
from web.site import Site

_BLUEPRINTS: Final = {
    "pages",
    "time_pages",
    "advanced",
    "help",
    "api",
    "api_page",
    "feeds",
    "crawlers",
    "lists",
    "taking_along",
}


def register(app: Flask, served: Site) -> None:
    """Gives the answers of the application ETags, and answers 304."""

    def answer_unchanged() -> Response | None:
        g.state = _state(served) if _may_be_kept() else None
        g.etag = _etag(served, g.state) if g.state else None
        if g.etag is None or not request.if_none_match.contains_weak(g.etag) or request.if_none_match.star_tag:
            return None
        unchanged = Response(status=304)
        unchanged.headers.remove("Content-Type")
        return unchanged

    def add_etag(response: Response) -> Response:
        etag = g.get("etag")
        if etag and response.status_code in {200, 304} and not g.get("cut_short") and g.state == _state(served):
            response.set_etag(etag, weak=True)
        return response

    app.before_request(answer_unchanged)
    app.after_request(add_etag)


def _may_be_kept() -> bool:
    return request.method in {"GET", "HEAD"} and request.blueprint in _BLUEPRINTS and request.routing_exception is None


def _state(served: Site) -> str | None:
    """What the open index is; None while there is none."""
    try:
        return served.service().state()
    except KashafError:
        return None


def _etag(served: Site, state: str) -> str:
    """The digest of all that the answer to this address follows from."""
    made_of = (
        state,
        served.release,
        served.today().isoformat(),
        request.url_root,
        request.path,
        request.query_string.decode("latin-1"),
    )
    return blake2b("\n".join(made_of).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
