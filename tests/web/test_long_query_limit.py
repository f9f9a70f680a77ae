"""Long queries that come at the same moment leave threads for other readers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from time import monotonic

import pytest

from search.pages.records import SearchPage, SearchRequest
from search.settings import Settings
from tests.web.fakes import FakeService
from web.app import create_app
from web.routes.long_query_limit import MANY_WORDS

JOINTS = (" ", "،", ")(", "-", "|", "/", "_", "…")
WORDS = ["كلمة"] * (MANY_WORDS + 1)
LONG = " ".join(WORDS)
DEADLINE = 30  # seconds


class Waiting(FakeService):
    """Searches that end when the test says so."""

    def __init__(self) -> None:
        super().__init__()
        self.begun: list[str] = []
        self.go_on = Event()

    def search(self, request: SearchRequest) -> SearchPage:
        if request.query.count("كلمة") > MANY_WORDS:
            self.begun.append(request.query)
            assert self.go_on.wait(DEADLINE)
        return super().search(request)


@contextmanager
def at_work(
    readers: int, service: Waiting, path: str = "/search", *, query: str = LONG
) -> Iterator[tuple[object, list[int]]]:
    """An application of four threads, so many readers of which wait for a long query, and how they are answered."""
    app, statuses = create_app(Settings(threads=4), service), list[int]()

    def read() -> None:
        statuses.append(app.test_client().get(path, query_string={"q": query}).status_code)

    threads = [Thread(target=read) for _ in range(readers)]
    for thread in threads:
        thread.start()
    try:
        _all_begun(readers, lambda: len(service.begun) + len(statuses))
        yield app.test_client(), statuses
    finally:
        service.go_on.set()
        for thread in threads:
            thread.join()


def _all_begun(readers: int, begun: Callable[[], int]) -> None:
    deadline = monotonic() + DEADLINE
    while begun() < readers:
        assert monotonic() < deadline, f"{begun()} of {readers} readers are waiting or were answered"
        Event().wait(0.01)


@pytest.mark.parametrize("joint", JOINTS)
def test_words_are_counted_whatever_joins_them(joint: str) -> None:
    service = Waiting()
    with at_work(5, service, query=joint.join(WORDS)) as (client, statuses):
        assert (len(service.begun), statuses) == (2, [503] * 3)
        assert client.get("/search", query_string={"q": joint.join(WORDS[1:])}).status_code == 200  # type: ignore[attr-defined]
    assert sorted(statuses) == [200, 200, 503, 503, 503]


@pytest.mark.parametrize("path", ["/search", "/api/search"])
def test_a_long_query_too_many_is_asked_to_come_back(path: str) -> None:
    service = Waiting()
    with at_work(5, service, path) as (client, statuses):
        assert (len(service.begun), statuses) == (2, [503] * 3)
        refused = client.get(path, query_string={"q": LONG, "lang": "en"})  # type: ignore[attr-defined]
        assert (refused.status_code, refused.headers["Retry-After"]) == (503, "5")
        assert "many long searches" in refused.text
        for other in ("/healthz", f"{path}?q=القمح", f"{path}?q={'+'.join(LONG.split()[1:])}"):
            assert client.get(other).status_code == 200  # type: ignore[attr-defined]
    assert sorted(statuses) == [200, 200, 503, 503, 503]


def test_a_place_is_free_again_when_a_long_query_is_answered_or_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    service = FakeService()
    client = create_app(Settings(threads=1), service).test_client()
    asked = {"q": LONG}
    assert [client.get("/search", query_string=asked).status_code for _ in range(3)] == [200] * 3
    with monkeypatch.context() as patched:
        patched.setattr(service, "search", lambda request: 1 / 0)
        assert [client.get("/search", query_string=asked).status_code for _ in range(3)] == [500] * 3
    assert client.get("/search", query_string=asked).status_code == 200
