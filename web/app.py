"""Settings → the Flask application: Kashaf's web front end.

`create_app` is called by `web/commands.py`, by tests, and by any WSGI server (`web.app:create_app()`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from flask.json.provider import DefaultJSONProvider
from flask.typing import ResponseReturnValue
from werkzeug.routing import BaseConverter

from search.pages.plurals import number
from search.settings import Settings, load_settings
from web import template_context
from web.pieces.articles import byline_text, coins, headed, star, when
from web.pieces.periods import bars, rows, ticks
from web.pieces.ways import order_links, page_items
from web.routes import (
    advanced,
    api,
    api_page,
    caching,
    compression,
    crawlers,
    failures,
    feeds,
    headers,
    health,
    help,
    lists,
    long_query_limit,
    metrics,
    pages,
    public_address,
    rate_limit,
    sharing,
    turns,
)
from web.routes import over_time as time_pages
from web.routes import taking_along as take_pages
from web.routes.access_log import AccessLogMiddleware
from web.site import Searcher, Site, attach_site
from web.text.bidi import isolate, isolate_marked, isolate_quotes, showable
from web.text.code_spans import coded
from web.text.shortening import shortened

_PIECES = (headed, star, coins, when, byline_text, bars, ticks, rows, order_links, page_items)
_BLUEPRINTS = (
    pages.pages,
    time_pages.time_pages,
    lists.lists,
    advanced.advanced,
    help.help,
    api.api,
    api_page.api_page,
    feeds.feeds,
    health.health,
    crawlers.crawlers,
    take_pages.taking_along,
)
LONGEST_BODY = 1 << 20  # bytes: nothing here takes one


class _Application(Flask):
    """Flask, which fails one request where more than an Exception is raised, such as a panic of a library in Rust."""

    def preprocess_request(self) -> ResponseReturnValue | None:
        with _failing_one_request():
            return super().preprocess_request()

    def dispatch_request(self) -> ResponseReturnValue:
        with _failing_one_request():
            return super().dispatch_request()


@contextmanager
def _failing_one_request() -> Iterator[None]:
    try:
        yield
    except (Exception, SystemExit, KeyboardInterrupt, GeneratorExit):
        raise
    except BaseException as error:
        raise RuntimeError(f"the request was broken off by {type(error).__name__}") from error


class _Anything(BaseConverter):
    """The rest of a path, whatever slashes are in it: an article's id."""

    part_isolating = False
    regex = ".+"
    weight = 300  # after all that is written out


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
    app.url_map.converters["anything"] = _Anything
    app.url_map.merge_slashes = False  # an article's id may be its address, with "//" in it
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters |= {"bidi": isolate, "highlighted": isolate_marked, "showable": showable}
    app.jinja_env.filters |= {"number": number, "coded": coded, "short": shortened, "sentence": isolate_quotes}
    app.jinja_env.globals |= {piece.__name__: piece for piece in _PIECES}
    served = Site(settings, _opener(service))
    attach_site(app.extensions, served)
    template_context.register(app, served)
    app.after_request(headers.add_headers)  # runs last: the functions below run from the last to the first
    failures.register(app)
    public_address.register(app)
    compression.register(app)
    sharing.register(app, settings)
    rate_limit.register(app, settings)
    figures = metrics.register(app, served)
    caching.register(app, served)
    long_query_limit.register(app, threads=settings.threads)
    turns.register(app, served)
    for blueprint in _BLUEPRINTS:
        app.register_blueprint(blueprint)
    logged = AccessLogMiddleware(
        app.wsgi_app, addresses=settings.access_log_addresses, observe=figures.observe if figures else None
    )
    app.wsgi_app = public_address.wrapped(logged, settings)  # type: ignore[method-assign]
    return app


def _opener(service: Searcher | None) -> Any:
    if service is not None:
        return lambda settings: service
    from search.service import SearchService  # opens engines and tables: not before it is needed

    return SearchService.follow
