"""Documents for machines: a search as an Atom feed, OpenSearch, the icon.

Thin; registered by `web/app.py`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import quote

from flask import Blueprint, Response, current_app, make_response, render_template, request
from werkzeug.datastructures import MultiDict

from search.engines.base import Order
from search.limits import HITS_A_PAGE
from search.pages.as_json import highlighted_html
from search.pages.display_title import display_title
from web.addresses import parameters
from web.addresses.links import web_address
from web.addresses.requests import read_request
from web.site import public_links, site
from web.text.bidi import showable

feeds = Blueprint("feeds", __name__)

ENTRIES = 20
_OF_PAGES = (parameters.SORT, parameters.PAGE, parameters.LIMIT, parameters.EXPLAIN, parameters.FACETS)
_UNREAD = {each.name for each in _OF_PAGES}
_NOT_IN_AN_IRI = re.compile(r'[\s<>"{}|\\^`\[\]]')


@feeds.get("/feed")
def feed() -> Response:
    """The newest articles that match, as Atom. A feed has an order and a length of its own, so that what an address
    says of a page of results is not read."""
    args = MultiDict((name, value) for name, value in request.args.items(multi=True) if name not in _UNREAD)
    asked = replace(read_request(args, today=site().today()), order=Order.NEWEST, limit=ENTRIES, facets=False)
    service = site().service()
    page = site().search_whole(asked)
    here = public_links()
    lasting = public_links("ar")  # an id is the same whatever language the feed was asked in
    indexed = moment(service.facts().updated) or datetime.now(UTC).isoformat(timespec="seconds")
    entries = [
        {
            "title": showable(display_title(hit.article)).strip(),
            "id": lasting.article(hit.article.id),
            "url": here.article(hit.article.id),
            "original": _as_iri(web_address(hit.article.url)),
            "published": moment(hit.article.published),
            "updated": moment(hit.article.published) or indexed,  # Atom wants it; of the undated that much is known
            "authors": _named(hit.article.writers or hit.article.agencies or hit.article.source),
            "section": hit.article.section,
            "summary": showable(" … ".join(highlighted_html(snippet) for snippet in hit.snippets)),
        }
        for hit in page.hits
    ]
    updated = max((str(entry["published"]) for entry in entries if entry["published"]), default=indexed)
    values = {
        "page": page,
        "entries": entries,
        "updated": updated,
        "here": here,
        "asked": replace(asked, limit=HITS_A_PAGE),
    }
    return _xml("feed.xml", "application/atom+xml", id=lasting.feed(asked), **values)


@feeds.get("/opensearch.xml")
def opensearch() -> Response:
    """How browsers add this site to their search box."""
    return _xml("opensearch.xml", "application/opensearchdescription+xml", here=public_links())


@feeds.get("/favicon.ico")
def favicon() -> Response:
    """The icon, for whoever asks at the old address."""
    return current_app.send_static_file("favicon.svg")


def _named(names: tuple[str, ...]) -> list[str]:
    return [name for name in names if showable(name).strip()]


def _as_iri(address: str | None) -> str | None:
    """The address as Atom wants it: a browser takes what no IRI may have, a reader of feeds need not."""
    return address and _NOT_IN_AN_IRI.sub(lambda found: quote(found[0]), address)


def moment(published: str | None) -> str | None:
    """A date as RFC 3339 wants it: a day begins at midnight, a moment without a zone is UTC; None for none."""
    if published is None:
        return None
    if len(published) == 10:
        return f"{published}T00:00:00Z"
    has_zone = published.endswith("Z") or "+" in published or "-" in published[10:]
    return published if has_zone else f"{published}Z"


def _xml(template: str, mimetype: str, **values: object) -> Response:
    response = make_response(render_template(template, **values))
    response.headers["Content-Type"] = f"{mimetype}; charset=utf-8"
    return response
