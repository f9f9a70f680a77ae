"""The pages that people read: home, results, article. Thin: read the URL, ask the service, show.

Registered by `web/app.py`.
"""

from __future__ import annotations

from functools import partial

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from search.engines.base import Order
from search.pages.records import SearchRequest
from web.addresses.links import pairs
from web.addresses.requests import read_asked, read_offset
from web.routes.failures import NoSuchArticle
from web.site import links, public_links, site
from web.views.article_view import build_article_view, build_home_view
from web.views.citing import build_cite_view, hit_context
from web.views.copies_view import build_differences_view
from web.views.date_fields import around
from web.views.results_view import build_results_view

pages = Blueprint("pages", __name__)

LATEST = 6


@pages.get("/")
def home() -> str:
    """The search box and what is in the index."""
    service = site().service()
    facts = service.facts()
    newest = SearchRequest("", limit=LATEST, order=Order.NEWEST, facets=False)
    view = build_home_view(facts, site().search(newest), service.showcase(), links(), site().today())
    return render_template("home.html", view=view)


@pages.get("/search")
def results() -> str:
    """A page of results."""
    asked = read_asked(request.args, today=site().today())
    service = site().service()
    about = around(service.facts(), asked.refused)
    cited = partial(hit_context, public=public_links("ar"), archive=site().settings.title)
    view = build_results_view(site().search(asked.request), links(), site().today(), about, cited)
    return render_template("results.html", view=view)


@pages.get("/saved")
def saved() -> str:
    """The articles that a reader saved: the frame of a list that the browser alone knows."""
    return render_template("saved.html")


@pages.get("/article/")
def article_by_id() -> ResponseReturnValue:
    """An article whose id cannot stand in a path: `?id=`."""
    return article(request.args.get("id", ""))


@pages.get("/article/<path:id>")
def article(id: str) -> ResponseReturnValue:
    """One article, the query's words highlighted; with `?against=`, set against another."""
    other = request.args.get("against", "")
    if other:
        return _against(id, other)
    asked = read_asked(request.args, today=site().today()).request
    found = site().read(id, asked, at=read_offset(request.args))
    if found is None:
        raise NoSuchArticle
    came_from = asked if pairs(asked) else None  # what the address says of a search; of `utm_source` it says nothing
    today = site().today()
    view = build_article_view(found, came_from, links(), today)
    cite = build_cite_view(found.article, links(), public_links("ar"), site().settings.title, today)
    return render_template("article.html", view=view, cite=cite)


def _against(id: str, other: str) -> str:
    """Two articles, the words that differ marked."""
    service = site().service()
    one, two = service.article(id), service.article(other)
    if one is None or two is None:
        raise NoSuchArticle
    return render_template("against.html", view=build_differences_view(one, two, links(), site().today()), id=id)
