"""Settings → the Flask application: Kashaf's web front end.

`create_app` is called by `web/commands.py`, by tests, and by any WSGI server (`web.app:create_app()`).
"""

from __future__ import annotations

from functools import partial
from typing import Any
from urllib.parse import urlencode, urljoin

from flask import Flask, request
from flask.json.provider import DefaultJSONProvider
from flask.typing import ResponseReturnValue
from werkzeug.urls import iri_to_uri

from search.pages.dates_in_words import day_text
from search.pages.plurals import counted, number
from search.settings import Settings, load_settings
from web.addresses.links import Links
from web.messages.table import say, say_html
from web.pieces.articles import byline_text, headed, star, untitled, when
from web.pieces.facet_values import value_items
from web.pieces.hits import hit_items
from web.pieces.periods import bars, rows, ticks
from web.routes import advanced, api, crowding, failures, feeds, headers, help, pages
from web.routes import over_time as time_pages
from web.routes.access_log import AccessLogMiddleware
from web.site import Searcher, Site, attach_site, language, links, site
from web.text.bidi import isolate, isolate_marked, showable
from web.text.code_spans import coded
from web.text.shortening import shortened
from web.views.savable_article import MOST_SAVED

LONGEST_BODY = 1 << 20  # bytes: nothing here takes one
LONGEST_ECHO = 30_000  # a longer query string is refused anyway: the page need not carry it along


class _Application(Flask):
    """Flask, which fails one request where more than an Exception is raised, such as a panic of a library in Rust."""

    def dispatch_request(self) -> ResponseReturnValue:
        try:
            return super().dispatch_request()
        except (Exception, SystemExit, KeyboardInterrupt, GeneratorExit):
            raise
        except BaseException as error:
            raise RuntimeError(f"the request was broken off by {type(error).__name__}") from error


class _Json(DefaultJSONProvider):
    """Arabic stays readable, keys stay in the order of the contract."""

    ensure_ascii = False
    sort_keys = False
    mimetype = "application/json; charset=utf-8"


def create_app(settings: Settings | None = None, service: Searcher | None = None) -> Flask:
    """The application; `service` in place of the one that the settings name, for tests and other front ends."""
    settings = settings or load_settings()
    app = _Application("web", static_folder="static", template_folder="templates")
    app.config["MAX_CONTENT_LENGTH"] = LONGEST_BODY
    app.json = _Json(app)
    app.url_map.merge_slashes = False  # an article's id may be its address, with "//" in it
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters |= {"bidi": isolate, "highlighted": isolate_marked, "showable": showable}
    app.jinja_env.filters |= {"number": number, "coded": coded, "short": shortened}
    app.jinja_env.globals |= {
        piece.__name__: piece for piece in (headed, star, when, byline_text, value_items, bars, ticks, rows)
    }
    attach_site(app.extensions, Site(settings, _opener(service)))
    app.context_processor(_template_context)
    app.after_request(headers.add_headers)
    failures.register(app)
    crowding.register(app, threads=settings.threads)
    for blueprint in (pages.pages, time_pages.time_pages, advanced.advanced, help.help, api.api, feeds.feeds):
        app.register_blueprint(blueprint)
    app.wsgi_app = AccessLogMiddleware(app.wsgi_app)  # type: ignore[method-assign]
    return app


def _opener(service: Searcher | None) -> Any:
    if service is not None:
        return lambda settings: service
    from search.service import SearchService  # opens engines and tables: not before it is needed

    return SearchService.follow


def _template_context() -> dict[str, Any]:
    spoken = language()
    return {
        "lang": spoken,
        "dir": "rtl" if spoken == "ar" else "ltr",
        "other_language": _other_language(spoken),
        "links": links(),
        "site_title": site().settings.title,
        "asset": _asset,
        "most_saved": MOST_SAVED,
        "t": partial(say, spoken),
        "th": partial(say_html, spoken),
        "address": _address,
        "counted": partial(counted, language=spoken),
        "untitled": partial(untitled, language=spoken),
        "hit_items": partial(hit_items, language=spoken),
        "day_text": partial(day_text, language=spoken),
    }


def _address(path: str = "") -> str:
    """The address as it is printed, to be typed or scanned: percent-encoded, of this page or of a path of the site."""
    here = request.url if len(request.query_string) <= LONGEST_ECHO else request.base_url
    return iri_to_uri(showable(urljoin(here, path)))


def _asset(name: str) -> str:
    return f"{request.script_root}/static/{name}?v={site().versions[name]}"


def _other_language(spoken: str) -> tuple[str, str]:
    """The other language's code, and this page in it, relative to this page."""
    other = "en" if spoken == "ar" else "ar"
    if len(request.query_string) > LONGEST_ECHO:
        return other, Links(request.script_root, other).home()
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != "lang"]
    return other, "?" + urlencode([*kept, ("lang", other)] if other != "ar" else kept, errors="replace")
