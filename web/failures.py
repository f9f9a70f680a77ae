"""Exceptions → pages in the site's style, or JSON below /api; the answer always says what to do.

`web/app.py` registers the handlers. Users see sentences; what broke goes to the application's log.
"""

from __future__ import annotations

from flask import Flask, Response, current_app, jsonify, make_response, render_template, request
from markupsafe import Markup
from werkzeug.exceptions import HTTPException

from search.errors import IndexStateError, KashafError, RequestError
from web.messages import say, say_html
from web.requests import Refusal
from web.site import language

KNOWN = {400, 404, 405, 500, 503}


def register(app: Flask) -> None:
    """Makes the application answer failures by the functions below."""
    app.register_error_handler(RequestError, refused)
    app.register_error_handler(IndexStateError, no_index)
    app.register_error_handler(KashafError, broken)
    app.register_error_handler(HTTPException, stopped)
    app.register_error_handler(Exception, broken)


def refused(error: RequestError) -> Response:
    """A value of the URL cannot be used."""
    if isinstance(error, Refusal):
        values = {"value": error.value, "limit": error.limit}
        return answer(400, say(language(), error.key, **values), html=say_html(language(), error.key, **values))
    return answer(400, say(language(), "refused_request"), detail=str(error))


def no_index(error: IndexStateError) -> Response:
    """The index is missing, outdated or damaged: the error's own sentence names the remedy."""
    response = answer(503, say(language(), "error_503_text"), detail=str(error))
    response.headers["Retry-After"] = "30"
    return response


def stopped(error: HTTPException) -> Response:
    """Flask's own refusals: no such page, wrong method, bad request line."""
    status = error.code or 500
    if status in range(300, 400):
        return make_response(error.get_response())
    text = say(language(), f"error_{status}_text") if status in {404, 500} else ""
    response = answer(status, text)
    if status == 405 and (allowed := error.get_response().headers.get("Allow")):
        response.headers["Allow"] = allowed
    return response


def broken(error: Exception) -> Response:
    """Our own mistake: logged with its traceback, told without it."""
    current_app.logger.error("%s %s failed", request.method, request.path, exc_info=error)
    return answer(500, say(language(), "error_500_text"))


def answer(status: int, text: str, *, detail: str = "", html: Markup | None = None) -> Response:
    """The failure as an object below /api, else as a page, which shows `html` where it is given."""
    title = say(language(), f"error_{status}" if status in KNOWN else "error_other")
    if request.path.startswith("/api/"):
        told = {"status": status, "title": title, "text": text or title, "detail": detail or None}
        response = jsonify(error=told)
    else:
        response = make_response(
            render_template("failure.html", status=status, title=title, text=html or text, detail=detail)
        )
    response.status_code = status
    return response
