"""The page of results as HTML beside the same search as JSON, in process: what a page costs beyond its search.

Two words of each of 250 headlines, over 86,668 articles. One of the two is asked first for every other query, for the
second finds what the first has read; by processor time, so that what else the machine does is not counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from statistics import median
from time import process_time

from flask.testing import FlaskClient

from search.service import SearchService
from search.settings import Settings
from tests.bench.figures import Figure
from tests.bench.places import NEWS, index_of, topics, two_words
from web.app import create_app

_QUERIES = 250
_WARM = 50  # queries before the counting starts
_PATHS = ("/search", "/api/search")
_MOST = 1.3  # times as long as JSON


def measure(rows: int) -> Iterator[Figure]:
    """The median of each, and how they compare."""
    settings = Settings(index=index_of(NEWS, rows))
    client = create_app(settings, SearchService.open(settings)).test_client()
    every = max(1, len(topics()) // (_QUERIES + _WARM))
    queries = [two_words(topic.query) for topic in topics()[::every]][: _QUERIES + _WARM]
    taken = [_both(client, query, turn) for turn, query in enumerate(queries)][_WARM:]
    html, json = (median(row[path] for row in taken) for path in _PATHS)
    yield Figure("results as HTML, median", html, "ms")
    yield Figure("results as JSON, median", json, "ms")
    yield Figure("HTML : JSON", html / json, at_most=_MOST)


def _both(client: FlaskClient, query: str, turn: int) -> dict[str, float]:
    paths = _PATHS if turn % 2 else reversed(_PATHS)
    return {path: _taken(client, path, query) for path in paths}


def _taken(client: FlaskClient, path: str, query: str) -> float:
    """Milliseconds of the processor."""
    started = process_time()
    answer = client.get(path, query_string={"q": query})
    taken = (process_time() - started) * 1000
    assert answer.status_code == 200, f"{path}: {answer.status}"
    assert query in (answer.json["query"] if answer.is_json else unescape(answer.text)), (
        f"{path} does not answer {query}"
    )
    return taken
