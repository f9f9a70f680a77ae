"""The page /api: how programs read this site, with commands that work on its index. Registered by `web/app.py`."""

from __future__ import annotations

from flask import Blueprint, render_template

from search.engines.base import Order
from search.pages.records import SearchRequest
from web.addresses.parameters import Q
from web.site import public_links, site
from web.views.api_view import build_api_view

api_page = Blueprint("api_page", __name__)

_NEWEST = SearchRequest("", limit=1, order=Order.NEWEST, facets=False)


@api_page.get("/api")
@api_page.get("/api/")
def page() -> str:
    """The addresses of the API, from the table by which they are checked."""
    newest = site().search(_NEWEST).hits
    query = next(iter(site().service().showcase()), Q.example or "")
    article = newest[0].article.id if newest else None
    return render_template("api.html", view=build_api_view(public_links(), query=query, article=article))
