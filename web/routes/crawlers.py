"""What programs that crawl the web are told: robots.txt, and where the setting `crawling` says so, a sitemap.

An archive may be private, so nothing may be crawled unless the setting is "articles": then articles may be, and the
sitemap lists them; endless pages of results may not. Registered by `web/app.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from xml.sax.saxutils import escape

from flask import Blueprint, Response, abort, request, stream_with_context

from search.article_list import articles_of_part, number_of_parts
from web.addresses.links import Links
from web.site import public_links, site

crawlers = Blueprint("crawlers", __name__)

ARTICLES: Final = "articles"
_ENDLESS: Final = ("/search", "/export", "/cite", "/compare", "/batch", "/feed", "/advanced", "/api/")
_LONGEST: Final = 2_048  # characters of an address: crawlers take no longer ones
_LINES: Final = 1_000  # sent at a time
_NAMESPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'


@crawlers.get("/robots.txt")
def robots() -> Response:
    """Who may crawl what."""
    here = public_links("ar")
    if site().settings.crawling == ARTICLES:
        root = request.script_root
        lines = [f"Disallow: {root}{path}" for path in _ENDLESS] + ["", f"Sitemap: {here.root}/sitemap.xml"]
    else:
        lines = ["Disallow: /"]
    return Response("\n".join(["User-agent: *", *lines]) + "\n", mimetype="text/plain")


@crawlers.get("/sitemap.xml")
def sitemap() -> Response:
    """The parts of the sitemap."""
    _check_allowed()
    service, here = site().service(), public_links("ar")
    updated = service.facts().updated
    when = f"<lastmod>{escape(updated)}</lastmod>" if updated else ""
    parts = range(1, number_of_parts(service.index) + 1)
    rows = [f"<sitemap><loc>{escape(here.root)}/sitemap-{number}.xml</loc>{when}</sitemap>\n" for number in parts]
    body = f'{_HEAD}<sitemapindex xmlns="{_NAMESPACE}">\n{"".join(rows)}</sitemapindex>\n'
    return Response(body, mimetype="application/xml")


@crawlers.get("/sitemap-<int:number>.xml")
def sitemap_part(number: int) -> Response:
    """One part, sent while it is read."""
    _check_allowed()
    index, here = site().service().index, public_links("ar")
    if not 1 <= number <= number_of_parts(index):
        abort(404)
    lines = (_line(here, each.id, each.published) for each in articles_of_part(index, number))
    return Response(stream_with_context(_part(lines)), mimetype="application/xml")


def _part(lines: Iterator[str]) -> Iterator[str]:
    yield f'{_HEAD}<urlset xmlns="{_NAMESPACE}">\n'
    gathered: list[str] = []
    for line in lines:
        gathered.append(line)
        if len(gathered) >= _LINES:
            yield "".join(gathered)
            gathered.clear()
    yield "".join(gathered) + "</urlset>\n"


def _line(here: Links, id: str, published: str | None) -> str:
    address = escape(here.alone(id))
    if len(address) > _LONGEST:
        return ""
    day = f"<lastmod>{published[:10]}</lastmod>" if published else ""
    return f"<url><loc>{address}</loc>{day}</url>\n"


def _check_allowed() -> None:
    if site().settings.crawling != ARTICLES:
        abort(404)
