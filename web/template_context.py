"""What every template may use: the functions, the sentences, and the macros and fixed parts of pages.

`web/app.py` calls `register`. All that depends on the language and the place of the site alone is made once for them:
the same head, masthead and footer stand on every page, and a macro costs more to import than to call.
"""

from __future__ import annotations

import re
from functools import lru_cache, partial
from typing import Any
from urllib.parse import urlencode, urljoin

from flask import Flask, request
from werkzeug.sansio.utils import get_current_url
from werkzeug.urls import iri_to_uri

from search.pages.dates_in_words import day_text
from search.pages.plurals import counted
from web.addresses.links import Links
from web.messages.table import say, say_html
from web.pieces.articles import untitled
from web.pieces.facet_values import facet_sections
from web.pieces.hits import hit_items
from web.site import Site, language
from web.text.bidi import showable
from web.views.savable_article import MOST_SAVED

LONGEST_ECHO = 30_000  # a longer query string is refused anyway: the page need not carry it along
# A query as forms and links write it, which is printed as it stands: to decode and encode it again would give the same.
_USUAL_QUERY = re.compile(rb"(?=.{1,2000}\Z)[A-Za-z][a-z]*=(?:[A-Za-z0-9_.+=&-]|%(?:20|D[89AB]%[89AB][0-9A-F]))*")
_KEPT = 16  # languages and places of the site for which pages are prepared
_PREPARED = ("frame", "parts", "filters")  # in this order: each may use those before it


def register(app: Flask, served: Site) -> None:
    """Give the templates of the application what they may use."""
    prepared = lru_cache(maxsize=_KEPT)(partial(_prepared, app, served))

    def context() -> dict[str, Any]:
        spoken = language()
        return prepared(spoken, request.script_root) | {
            "other_language": _other_language(spoken),
            "address": _address,
        }

    app.context_processor(context)


def _prepared(app: Flask, served: Site, spoken: str, root: str) -> dict[str, Any]:
    """What pages in this language share where the site is mounted here. `frame`, `parts` and the like are templates:
    their macros and fixed parts are attributes."""
    shared: dict[str, Any] = {
        "lang": spoken,
        "dir": "rtl" if spoken == "ar" else "ltr",
        "links": Links(root, spoken),
        "site_title": served.settings.title,
        "asset": lambda name: f"{root}/static/{name}?v={served.versions[name]}",
        "most_saved": MOST_SAVED,
        "t": partial(say, spoken),
        "th": partial(say_html, spoken),
        "counted": partial(counted, language=spoken),
        "untitled": partial(untitled, language=spoken),
        "hit_items": partial(hit_items, language=spoken),
        "facet_sections": partial(facet_sections, language=spoken),
        "day_text": partial(day_text, language=spoken),
    }
    for name in _PREPARED:
        shared[name] = app.jinja_env.get_template(f"{name}.html").make_module(shared)
        if name == "parts":  # the fields of dates are empty on nearly every page, and the same
            shared["date_fields"] = lru_cache(maxsize=_KEPT)(shared[name].date_fields)
    return shared


def _address(path: str = "") -> str:
    """The address as it is printed, to be typed or scanned: percent-encoded, of this page or of a path of the site."""
    if not path and _USUAL_QUERY.fullmatch(request.query_string):
        bare = _bare_address(request.scheme, request.host, request.root_path, request.path)
        return f"{bare}?{request.query_string.decode()}"
    here = request.url if len(request.query_string) <= LONGEST_ECHO else request.base_url
    return iri_to_uri(showable(urljoin(here, path)))


@lru_cache(maxsize=64)
def _bare_address(scheme: str, host: str, root: str, path: str) -> str:
    return iri_to_uri(showable(get_current_url(scheme, host, root, path)))


def _other_language(spoken: str) -> tuple[str, str]:
    """The other language's code, and this page in it, relative to this page."""
    other = "en" if spoken == "ar" else "ar"
    if len(request.query_string) > LONGEST_ECHO:
        return other, Links(request.script_root, other).home()
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != "lang"]
    return other, "?" + urlencode([*kept, ("lang", other)] if other != "ar" else kept, errors="replace")
