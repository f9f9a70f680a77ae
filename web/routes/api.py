"""The same answers as JSON: /api/search, /api/article/<id>, /api/suggest. Thin; registered by `web/app.py`.

`/api/search` gives `search.pages.as_json.page_object`, the object that `kashaf search --json` prints.
"""

from __future__ import annotations

from flask import Blueprint, Response, abort, jsonify, request

from search.pages.as_json import article_object, highlighted_html, page_object
from web.addresses.requests import read_query, read_request
from web.site import site

api = Blueprint("api", __name__, url_prefix="/api")

MOST_SUGGESTIONS = 8


@api.get("/search")
def search() -> Response:
    """A page of results; the parameters are those of the page /search, and `explain=1` says why each matched."""
    return jsonify(page_object(site().service().search(read_request(request.args, today=site().today()))))


@api.get("/article/")
def article_by_id() -> Response:
    """An article whose id cannot stand in a path: `?id=`."""
    return article(request.args.get("id", ""))


@api.get("/article/<path:id>")
def article(id: str) -> Response:
    """One article: its facts, body, and both with the words of `q` highlighted."""
    found = site().service().read(id, read_request(request.args, today=site().today()))
    if found is None:
        abort(404)
    return jsonify(
        article_object(found.article)
        | {
            "body": found.article.body,
            "title_html": highlighted_html(found.title),
            "body_html": highlighted_html(found.body),
            "related": [article_object(other) for other in found.related],
        }
    )


@api.get("/suggest")
def suggest() -> Response:
    """Completions of `q`; `form=opensearch` gives them as browsers' search boxes want them."""
    typed = read_query(request.args)
    completions = site().service().suggest(typed, limit=MOST_SUGGESTIONS) if typed else ()
    if request.args.get("form") == "opensearch":
        response = jsonify([typed, list(completions)])
        response.mimetype = "application/x-suggestions+json"
        return response
    return jsonify(query=typed, suggestions=list(completions))
