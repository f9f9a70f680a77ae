"""Searches of one process run one after another, but none keeps the others waiting long."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from threading import Event, Thread
from time import monotonic

import pytest
from flask import Flask

from search.pages.records import IndexFacts, SearchPage, SearchRequest
from search.settings import Settings
from tests.web.fakes import FakeService
from web.app import create_app
from web.routes import turns

DEADLINE = 30  # seconds


class Slow(FakeService):
    """A search for «بطيء» ends when the test says so; `running` has what is searched now."""

    def __init__(self, engine: str = "tantivy") -> None:
        super().__init__()
        self.engine = engine
        self.begun, self.go_on = Event(), Event()
        self.running: list[str] = []
        self.beside: list[list[str]] = []  # what ran when each other search began

    def facts(self) -> IndexFacts:
        return replace(super().facts(), engine=self.engine)

    def search(self, request: SearchRequest) -> SearchPage:
        if request.query != "بطيء":
            self.beside.append(list(self.running))
            return super().search(request)
        self.running.append(request.query)
        self.begun.set()
        assert self.go_on.wait(DEADLINE)
        self.running.remove(request.query)
        return super().search(request)


@contextmanager
def slow_search(service: Slow) -> Iterator[Flask]:
    """An application while it answers a slow search."""
    app = create_app(Settings(threads=4), service)
    thread = Thread(target=lambda: app.test_client().get("/search", query_string={"q": "بطيء"}))
    thread.start()
    try:
        assert service.begun.wait(DEADLINE)
        yield app
    finally:
        service.go_on.set()
        thread.join()


def test_a_search_waits_for_the_one_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "_PATIENCE", DEADLINE)
    service = Slow()
    with slow_search(service) as app:
        Thread(target=lambda: Event().wait(0.05) or service.go_on.set()).start()
        assert app.test_client().get("/search", query_string={"q": "ميناء"}).status_code == 200
    assert service.beside == [[]]


def test_nobody_waits_long_for_a_slow_search() -> None:
    service = Slow()
    with slow_search(service) as app:
        began = monotonic()
        assert app.test_client().get("/search", query_string={"q": "ميناء"}).status_code == 200
        assert monotonic() - began >= turns._PATIENCE
    assert service.beside == [["بطيء"]]


@pytest.mark.parametrize("path", ["/healthz", "/help", "/robots.txt"])
def test_what_searches_nothing_does_not_wait(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "_PATIENCE", DEADLINE)
    with slow_search(Slow()) as app:
        began = monotonic()
        assert app.test_client().get(path).status_code == 200
        assert monotonic() - began < DEADLINE


def test_searches_of_an_index_on_other_machines_run_beside_one_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "_PATIENCE", DEADLINE)
    service = Slow("opensearch")
    with slow_search(service) as app:
        assert app.test_client().get("/search", query_string={"q": "ميناء"}).status_code == 200
    assert service.beside == [["بطيء"]]


def test_a_search_that_fails_gives_its_turn_back(monkeypatch: pytest.MonkeyPatch) -> None:
    class Failing(FakeService):
        def search(self, request: SearchRequest) -> SearchPage:
            raise RuntimeError

    app = create_app(Settings(threads=4), Failing())
    client = app.test_client()
    assert client.get("/search", query_string={"q": "ميناء"}).status_code == 500
    monkeypatch.setattr(turns, "_PATIENCE", DEADLINE)
    began = monotonic()
    assert client.get("/search", query_string={"q": "ميناء"}).status_code == 500
    assert monotonic() - began < DEADLINE
