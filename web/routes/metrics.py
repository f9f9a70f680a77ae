"""Figures about the running site as Prometheus reads them, at /metrics, where the setting `metrics` says so.

Registered by `web/app.py`. Requests are counted by the rule of their address, never by the address, so no word of a
reader is in a label and labels stay few. Several processes add up by files in the folder PROMETHEUS_MULTIPROC_DIR, a
passing one where it is not set. What the index holds is told as the process at hand has it open.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, Flask, Response, abort, current_app, g, request

from search.errors import KashafError
from search.extras import library
from web.site import Site

if TYPE_CHECKING:
    from prometheus_client import Metric

metrics = Blueprint("metrics", __name__)

ROUTE: Final = "kashaf.route"  # in the environment of a request: the rule that its address follows
_KEY: Final = "kashaf.metrics"
_NO_ROUTE: Final = "none"
_METHODS: Final = {"GET", "HEAD", "OPTIONS"}
_SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_SEARCHING: Final = {
    "pages.results",
    "api.search",
    "feeds.feed",
    "time_pages.compare",
    "api.compare",
    "taking_along.export",
}


class Figures:
    """The counters of one process."""

    def __init__(self, served: Site) -> None:
        self._prometheus = prometheus = library("prometheus_client", extra="metrics", purpose="metrics = true")
        self._served = served
        self._registry = registry = prometheus.CollectorRegistry()
        self._requests = prometheus.Counter(
            "kashaf_requests", "Answers.", ("route", "method", "status"), registry=registry
        )
        self._seconds = prometheus.Histogram(
            "kashaf_request_seconds",
            "From a request to its last byte.",
            ("route",),
            buckets=_SECONDS,
            registry=registry,
        )
        self._searches = prometheus.Counter("kashaf_searches", "Searches and comparisons.", registry=registry)
        self._cut = prometheus.Counter("kashaf_searches_cut", "Those of them that time cut short.", registry=registry)
        self._connections = prometheus.Gauge(
            "kashaf_open_connections", "Connections.", registry=registry, multiprocess_mode="livesum"
        )

    def observe(self, environ: dict[str, Any], status: str, seconds: float) -> None:
        """Count an answer whose last byte was sent, or whose connection is gone."""
        route, method = environ.get(ROUTE, _NO_ROUTE), environ.get("REQUEST_METHOD", "")
        self._requests.labels(route, method if method in _METHODS else "other", status).inc()
        self._seconds.labels(route).observe(seconds)
        if self._served.connections:
            self._connections.set(self._served.connections())

    def searched(self, *, cut: bool) -> None:
        """Count a search that was answered."""
        self._searches.inc()
        if cut:
            self._cut.inc()

    def text(self) -> bytes:
        """All figures in the text format."""
        prometheus, registry = self._prometheus, self._registry
        if "PROMETHEUS_MULTIPROC_DIR" in os.environ:  # by which the library itself decides
            from prometheus_client.multiprocess import MultiProcessCollector

            registry = prometheus.CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        index = prometheus.CollectorRegistry()
        index.register(_IndexFigures(self._served))
        return bytes(prometheus.generate_latest(registry) + prometheus.generate_latest(index))


class _IndexFigures:
    """What the index holds; gathered when it is asked for."""

    def __init__(self, served: Site) -> None:
        self._served = served

    def collect(self) -> Iterator[Metric]:
        from prometheus_client.core import GaugeMetricFamily

        program = GaugeMetricFamily("kashaf_info", "The program.", labels=("version",))
        program.add_metric((version("kashaf"),), 1)
        yield program
        try:
            facts = self._served.service().facts()
        except KashafError:
            yield GaugeMetricFamily("kashaf_index_open", "Whether there is an index to search.", value=0)
            return
        yield GaugeMetricFamily("kashaf_index_open", "Whether there is an index to search.", value=1)
        yield GaugeMetricFamily("kashaf_index_articles", "Articles in the index.", value=facts.articles)
        if facts.updated:
            moment = datetime.fromisoformat(facts.updated).timestamp()
            said = "When the index was last committed; its age is time() less this."
            yield GaugeMetricFamily("kashaf_index_commit_timestamp_seconds", said, value=moment)


def register(app: Flask, served: Site) -> Figures | None:
    """Counts the requests of the application where the settings say so. Raises LibraryMissing."""
    app.register_blueprint(metrics)
    if not served.settings.metrics:
        return None
    figures = app.extensions[_KEY] = Figures(served)

    def note_route() -> None:
        request.environ[ROUTE] = str(request.url_rule) if request.url_rule else _NO_ROUTE

    def count_search(response: Response) -> Response:
        if request.endpoint in _SEARCHING and response.status_code == 200 and request.method == "GET":
            figures.searched(cut=bool(g.get("cut_short")))
        return response

    app.before_request(note_route)
    app.after_request(count_search)
    return figures


@metrics.get("/metrics")
def exposition() -> Response:
    """The figures of this site; 404 where the setting does not say so."""
    figures = current_app.extensions.get(_KEY)
    if figures is None:
        abort(404)
    response = Response(figures.text())
    response.headers["Content-Type"] = "text/plain; version=0.0.4; charset=utf-8"
    response.headers["Cache-Control"] = "no-store"
    return response
