"""The same answers as JSON: searches, articles, completions, comparisons, coverage, what is in the index.

Thin; registered by `web/app.py`. `web/api/operations.py` has the table of these addresses, by which requests are
checked before anything is searched. `/api/search` gives `search.pages.as_json.page_object`, the object that
`kashaf search --json` prints.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from importlib.metadata import version
from typing import ParamSpec

import msgspec
from flask import Blueprint, Response, jsonify, request

from search import limits
from search.over_time.as_json import comparison_object, coverage_object
from search.pages.as_json import article_page_object, page_object
from web.addresses import parameters
from web.addresses.over_time_requests import read_comparison, read_coverage
from web.addresses.requests import Refusal, read_choice, read_number, read_query, read_request
from web.addresses.strict import check_parameters
from web.api import operations
from web.api.answers import FacetValue, InfoAnswer, Limits
from web.api.cursor_answers import cursor_object
from web.api.openapi import openapi_document
from web.api.operations import Operation
from web.routes.failures import NoSuchArticle
from web.site import language, public_links, site

api = Blueprint("api", __name__, url_prefix="/api")

MOST_NAMED = 1000  # sources and sections that /api/info lists
_P = ParamSpec("_P")
View = Callable[_P, Response]


def _checked(operation: Operation) -> Callable[[View[_P]], View[_P]]:
    """Has a view refuse what its row in the table of operations does not take."""

    def checking(view: View[_P]) -> View[_P]:
        @wraps(view)
        def answer(*given: _P.args, **named: _P.kwargs) -> Response:
            check_parameters(request.args, operation.parameters, needed=operation.needs)
            return view(*given, **named)

        return answer

    return checking


@api.get("/search")
@_checked(operations.SEARCH)
def search() -> Response:
    """A page of results; the parameters are those of the page /search, and `explain=1` says why each matched. With
    `cursor`, hits from that place on."""
    today = site().today()
    text = request.args.get(parameters.CURSOR.name, "").strip()
    if not text:
        return jsonify(page_object(site().search(read_request(request.args, today=today))))
    for name in (parameters.PAGE.name, parameters.FACETS.name):
        if request.args.get(name, "").strip() not in {"", "0"}:
            raise Refusal("refused_beside_cursor", name, parameter=name, code="contradiction")
    return jsonify(cursor_object(site(), request.args, text, today=today))


@api.get("/article/")
@api.get("/articles")
@api.get("/articles/")
@_checked(operations.ARTICLE_BY_ID)
def article_by_id() -> Response:
    """An article whose id cannot stand in a path: `?id=`."""
    return _article(request.args.get(parameters.ID.name, ""))


@api.get("/article/<anything:id>")
@api.get("/articles/<anything:id>")
@_checked(operations.ARTICLE)
def article(id: str) -> Response:
    """One article: its facts, body, and both with the words of `q` highlighted."""
    return _article(id)


def _article(id: str) -> Response:
    found = site().read(id, read_request(request.args, today=site().today()))
    if found is None:
        raise NoSuchArticle
    return jsonify(article_page_object(found))


@api.get("/suggest")
@_checked(operations.SUGGEST)
def suggest() -> Response:
    """Completions of `q`; `form=opensearch` gives them as browsers' search boxes want them."""
    typed = read_query(request.args)
    most = read_number(request.args, parameters.SUGGESTED, refusal="refused_suggested")
    completions, incomplete = site().suggest(typed, limit=most) if typed else ((), False)
    if read_choice(request.args, parameters.FORM) == "opensearch":
        response = jsonify([typed, list(completions)])
        response.mimetype = "application/x-suggestions+json"
        return response
    return jsonify(query=typed, suggestions=list(completions), incomplete=incomplete)


@api.get("/compare")
@_checked(operations.COMPARE)
def compare() -> Response:
    """The object that `kashaf compare --json` prints."""
    asked = read_comparison(request.args, today=site().today())
    for refusal in asked.refused.values():
        raise refusal
    return jsonify(comparison_object(site().compare(asked.request)))


@api.get("/coverage")
@_checked(operations.COVERAGE)
def coverage() -> Response:
    """The object that `kashaf coverage --json` prints."""
    asked = read_coverage(request.args, today=site().today())
    for refusal in asked.refused.values():
        raise refusal
    return jsonify(coverage_object(site().service().coverage(asked.filters.sources)))


@api.get("/info")
@_checked(operations.INFO)
def info() -> Response:
    """What is in the index, without where it lies, and what can be asked for."""
    facts = site().service().facts()
    answer = InfoAnswer(
        title=site().settings.title,
        version=version("kashaf"),
        engine=facts.engine,
        analyser=facts.analyser,
        articles=facts.articles,
        sources=[FacetValue(*row) for row in facts.sources[:MOST_NAMED]],
        sections=[FacetValue(*row) for row in facts.sections[:MOST_NAMED]],
        first=facts.first.isoformat() if facts.first else None,
        last=facts.last.isoformat() if facts.last else None,
        updated=facts.updated,
        commit=site().service().state(),
        limits=Limits(
            hits_a_page=limits.LARGEST_PAGE,
            last_hit_of_pages=limits.DEEPEST_HIT,
            last_hit_of_cursors=limits.MOST_LISTED,
            query_characters=limits.LONGEST_QUERY,
            filter_values=limits.MOST_FILTER_VALUES,
            compared_queries=limits.MOST_COMPARED,
        ),
    )
    return jsonify(msgspec.to_builtins(answer))


@api.get("/openapi.json")
@_checked(operations.OPENAPI)
def openapi() -> Response:
    """The OpenAPI document of these addresses."""
    return jsonify(openapi_document(public_links().root, language(), title=site().settings.title))
