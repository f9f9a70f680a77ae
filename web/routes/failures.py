"""Exceptions → pages in the site's style, or JSON below /api; the answer always says what to do.

`web/app.py` registers the handlers. Readers see what they can do, and the request's id to quote; where the index is,
what broke and what to run goes to the log.
"""

from __future__ import annotations

import logging

from flask import Flask, Response, jsonify, make_response, render_template, request
from markupsafe import Markup
from werkzeug.exceptions import HTTPException, NotFound

from search.errors import (
    ClusterRefused,
    ClusterTooOld,
    ClusterUnreachable,
    IndexDamaged,
    IndexStateError,
    KashafError,
    RequestError,
)
from search.limits import LONGEST_QUERY
from web.addresses.requests import Refusal
from web.api.error_codes import code_of
from web.messages.table import say, say_html
from web.routes.access_log import request_id
from web.site import language, site
from web.text.bidi import showable

_LOGGER = logging.getLogger("kashaf.web")
KNOWN = {400, 404, 405, 413, 429, 500, 503}
_UNAVAILABLE = (IndexStateError, ClusterUnreachable, ClusterRefused, ClusterTooOld)
_API = "/api/"
#: What says into which field of a form a value belongs → the same where no field is shown.
_WITHOUT_FIELDS = {"refused_no_first": "refused_from", "refused_no_last": "refused_to"}


class NoSuchArticle(NotFound):
    """No article has the id of the address."""


def register(app: Flask) -> None:
    """Makes the application answer failures by the functions below."""
    app.register_error_handler(RequestError, request_refused)
    app.register_error_handler(KashafError, search_failed)
    app.register_error_handler(HTTPException, http_refused)
    app.register_error_handler(Exception, internal_error)


def request_refused(error: RequestError) -> Response:
    """Answer 400, or 413 for a list that is too long: a value of the address or the form cannot be used."""
    if isinstance(error, Refusal):
        values = {"value": error.value, "limit": error.limit}
        key = _WITHOUT_FIELDS.get(error.key, error.key)
        sentence, html = say(language(), key, **values), say_html(language(), key, **values)
        return failure_response(error.status, sentence, html=html, code=error.code, parameter=error.parameter)
    return failure_response(400, say(language(), "refused_request"), detail=str(error))


def search_failed(error: KashafError) -> Response:
    """Answer 503 where there is no index to search or its cluster answers nobody, and 500 where only this request
    failed, as by damaged bytes."""
    unavailable = isinstance(error, _UNAVAILABLE) and not isinstance(error, IndexDamaged)
    if site().opened and not unavailable:
        return internal_error(error)
    if site().should_log(str(error)):
        _LOGGER.error("nothing can be searched: %s", error)
    response = failure_response(503, say(language(), "error_503_text"))
    response.headers["Retry-After"] = "30"
    return response


def http_refused(error: HTTPException) -> Response:
    """Answer what Flask itself refuses: no such page, a wrong method, a bad request line."""
    status = error.code or 500
    if status in range(300, 400):
        return make_response(error.get_response())
    text = say(language(), f"error_{status}_text") if status in {404, 413, 500} else ""
    code = code_of(status)
    if isinstance(error, NoSuchArticle):
        code, text = "no_such_article", say(language(), "error_404_article_text")
    if request.path.startswith(_API) and status == 404:
        text = say(language(), f"error_{code}")
    response = failure_response(status, text, code=code)
    if status == 405 and (allowed := error.get_response().headers.get("Allow")):
        response.headers["Allow"] = allowed
    return response


def internal_error(error: Exception) -> Response:
    """Answer 500 and log the error, with its traceback where no sentence says what to do."""
    trace = None if isinstance(error, KashafError) else error
    _LOGGER.error("%s %s failed (%s): %s", request.method, request.path, request_id(), error, exc_info=trace)
    return failure_response(500, say(language(), "error_500_text"))


def failure_response(
    status: int,
    text: str,
    *,
    detail: str = "",
    html: Markup | None = None,
    code: str | None = None,
    parameter: str | None = None,
) -> Response:
    """Return the failure as JSON below /api, else as a page, which shows `html` where it is given.

    code: one of `web/api/error_codes.py`, None for that of the status; parameter: the one at fault.
    """
    title = say(language(), f"error_{status}" if status in KNOWN else "error_other")
    if request.path.startswith(_API):
        failure = {
            "code": code or code_of(status),
            "message": detail or text or title,
            "parameter": parameter,
            "status": status,
            "title": title,
            "text": text or title,
            "detail": detail or None,
            "request": request_id(),
        }
        response = jsonify(error=failure)
    else:
        response = make_response(
            render_template(
                "failure.html",
                status=status,
                title=title,
                text=html or text,
                detail=detail,
                request_id=request_id(),
                query=showable(request.args.get("q", "")).strip()[:LONGEST_QUERY],
            )
        )
    response.status_code = status
    return response
