"""The worst queries that a reader can type, at 89,568 articles: each by itself, and four and eight at once on a server.

Prints the slowest. `search` is timed in process, by processor time, as if nothing else ran, and so is the whole page of
each, since a page does more than its search. Then `kashaf serve` is asked on loopback: for pages and JSON, and by four
and by eight readers at once, as many as it has threads, who send nothing but the slowest, while another asks for
/healthz and for a plain search.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from statistics import median
from threading import Event, Thread
from time import perf_counter, process_time, sleep
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import urlopen

from flask.testing import FlaskClient

from search.budget import Budget
from search.engines.base import Order
from search.pages.records import SearchPage, SearchRequest
from search.service import SearchService
from search.settings import Settings
from tests.bench.figures import Figure
from tests.bench.places import ALL_NEWS, index_of
from tests.bench.processes import ROOT
from tests.bench.worst_queries import Worst, worst_queries
from web.app import create_app

_TODAY = date(2016, 1, 1)
_WORDS = 60_000  # the commonest words of the index, of which the queries are made
_SHOWN = 8  # of the slowest that are printed
_SLOWEST = 24  # that are asked for in other ways too
_AT_ONCE = (4, 8)  # readers
_ROUNDS = 5
_PLAIN = "أسعار النفط"
_PATIENCE = 300  # seconds


def measure(rows: int) -> Iterator[Figure]:
    """The slowest, in process, as pages, and what others wait for while four of them run."""
    place = index_of(ALL_NEWS, rows)
    service = SearchService.open(Settings(index=place))
    service.index.warm()
    words = [word for word, _ in service.index.engine.terms("body_word", "", limit=_WORDS)]
    queries = worst_queries(words)
    assert len(queries) >= 200 or rows, f"only {len(queries)} queries"
    _assert_answered(service)
    ranked = _ranked(queries, lambda worst: _search(service, _request(worst)))
    for taken, worst in ranked[:_SHOWN]:
        yield Figure(f"  {worst.name}", taken, "ms", at_most=1500)
    yield Figure(f"the slowest of {len(queries)}", ranked[0][0], "ms", at_most=1500)
    yield Figure("their median", median(taken for taken, _ in ranked), "ms")
    slowest = [worst for _, worst in ranked[:_SLOWEST]]
    whole = _ranked(queries, _page_of(create_app(Settings(index=place), service).test_client()))
    for taken, worst in whole[:_SHOWN]:
        yield Figure(f"  as a page in process: {worst.name}", taken, "ms", at_most=1500)
    slowest = list(dict.fromkeys([*(worst for _, worst in whole[:_SLOWEST]), *slowest]))
    yield from _other_ways(service, slowest)
    with _served(place) as address:
        yield from _pages(address, slowest)
        for readers in _AT_ONCE:
            yield from _at_once(address, slowest[:readers])


def _request(worst: Worst) -> SearchRequest:
    return SearchRequest(worst.query, today=_TODAY)


def _timed(ask: Callable[[Worst], object], worst: Worst, clock: Callable[[], float]) -> float:
    started = clock()
    ask(worst)
    return (clock() - started) * 1000


def _page_of(client: FlaskClient) -> Callable[[Worst], None]:
    """Asks for the page of results, with all that a request costs but the way to the server and back."""

    def ask(worst: Worst) -> None:
        status = client.get("/search", query_string={"q": worst.query}).status_code
        assert status == 200, f"{worst.name}: {status}"

    return ask


def _search(service: SearchService, request: SearchRequest) -> SearchPage:
    return service.search(request, Budget(clock=process_time))


def _assert_answered(service: SearchService) -> None:
    page = _search(service, SearchRequest(_PLAIN, today=_TODAY))
    assert page.hits and page.facets and not page.notes, "a plain search is not answered in full"


def _ranked(
    queries: Sequence[Worst], ask: Callable[[Worst], object], clock: Callable[[], float] = process_time
) -> list[tuple[float, Worst]]:
    """Milliseconds of each; by processor time, which is what it takes where nothing else runs."""
    taken = [_timed(ask, worst, clock) for worst in queries]
    return sorted(zip(taken, queries, strict=True), key=lambda row: -row[0])


def _other_ways(service: SearchService, slowest: Sequence[Worst]) -> Iterator[Figure]:
    """The slowest by date, explained, a hundred a page, far down the list, and in the longest of the articles."""
    ways: dict[str, Callable[[SearchRequest], SearchRequest]] = {
        "newest first": lambda asked: replace(asked, order=Order.NEWEST),
        "a hundred hits, explained": lambda asked: replace(asked, limit=100, explain=True),
        "the hundredth page of a hundred": lambda asked: replace(asked, limit=100, page=100),
        "one by one": lambda asked: replace(asked, collapse=False),
        "of one source": lambda asked: replace(asked, filters=replace(asked.filters, sources=("khaleej",))),
    }
    for name, changed in ways.items():
        ((taken, worst), *_) = _ranked(
            slowest,
            lambda worst, changed=changed: _search(service, changed(_request(worst))),  # type: ignore[misc]
        )
        yield Figure(f"{name}: {worst.name}", taken, "ms", at_most=1500)
    longest = _longest(service)
    ((taken, worst), *_) = _ranked(slowest, lambda worst: service.read(longest, _request(worst)))
    yield Figure(f"a long article: {worst.name}", taken, "ms", at_most=1500)


def _longest(service: SearchService) -> str:
    """The longest article among those that a few common words find."""
    pages = [service.search(SearchRequest(word, limit=100, facets=False)) for word in ("قصة", "نص", "تقرير", "خطاب")]
    return max((hit.article for page in pages for hit in page.hits), key=lambda article: len(article.body)).id


def _pages(address: str, slowest: Sequence[Worst]) -> Iterator[Figure]:
    for name, path, more in (("page", "search", {}), ("JSON", "api/search", {"limit": "100", "explain": "1"})):
        ((taken, worst), *_) = _ranked(slowest, lambda worst: _get(address, path, q=worst.query, **more), perf_counter)  # noqa: B023
        yield Figure(f"as {name}: {worst.name}", taken, "ms", at_most=1500)


def _at_once(address: str, slowest: Sequence[Worst]) -> Iterator[Figure]:
    """What a look at the server's health and a plain search wait for meanwhile."""
    done = Event()
    waited: dict[str, list[float]] = {"healthz": [], "search": []}
    probes = [Thread(target=_probe, args=(address, path, waited[path], done)) for path in waited]
    readers = [Thread(target=_read, args=(address, slowest, n)) for n in range(len(slowest))]
    started = perf_counter()
    for thread in (*probes, *readers):
        thread.start()
    for thread in readers:
        thread.join()
    taken = perf_counter() - started
    done.set()
    for thread in probes:
        thread.join()
    name = f"{len(readers)} at once, {_ROUNDS} rounds"
    yield Figure(f"{name}: a round", taken / _ROUNDS * 1000, "ms")
    yield Figure(f"{name}: the longest wait for /healthz", max(waited["healthz"]), "ms", at_most=1000)
    yield Figure(f"{name}: the longest wait for a plain search", max(waited["search"]), "ms", at_most=1000)
    yield Figure(f"{name}: the median wait for a plain search", median(waited["search"]), "ms")


def _read(address: str, slowest: Sequence[Worst], number: int) -> None:
    for turn in range(_ROUNDS):
        _get(address, "search", q=slowest[(number + turn) % len(slowest)].query)


def _probe(address: str, path: str, waited: list[float], done: Event) -> None:
    while not done.is_set():
        started = perf_counter()
        _get(address, path, **({"q": _PLAIN} if path == "search" else {}))
        waited.append((perf_counter() - started) * 1000)
        sleep(0.02)


def _get(address: str, path: str, **asked: str) -> bytes:
    try:
        with urlopen(f"{address}{path}?{urlencode(asked)}", timeout=_PATIENCE) as response:
            return bytes(response.read())
    except HTTPError as error:
        assert error.code == 503 and asked.get("q") != _PLAIN, f"{path}: {error.code}"
        sleep(float(error.headers["Retry-After"]))  # many long queries at once are asked to come back
        return _get(address, path, **asked)


@contextmanager
def _served(place: Path) -> Iterator[str]:
    """`kashaf serve` over this index, warm, and its address."""
    command = [sys.executable, "-m", "kashaf", "serve", "--index", os.fspath(place), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT, text=True) as server:
        try:
            assert server.stdout is not None
            address = server.stdout.readline().strip()
            for _ in range(3):
                _get(address, "search", q=_PLAIN)
                sleep(1)
            yield address
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=60)
