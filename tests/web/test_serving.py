"""The server in this process: who waits, who is let go, and how it ends."""

from __future__ import annotations

import http.client
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from threading import Thread
from typing import Any

import pytest

from search.page import SearchPage, SearchRequest
from search.settings import Settings
from tests.web.fakes import FakeService
from web import serving
from web.app import create_app
from web.serving import Server

HALF = b"GET / HTTP/1.1\r\nHost: x\r\nX-Half: "


class Slow(FakeService):
    """Searches for as long as it is told."""

    seconds = 0.0

    def search(self, request: SearchRequest) -> SearchPage:
        time.sleep(self.seconds)
        return super().search(request)


class Running:
    """A server in a thread."""

    def __init__(self, app: Any) -> None:
        listening = socket.create_server(("127.0.0.1", 0))
        self.port = listening.getsockname()[1]
        self.server = Server(app, listening, threads=2)
        self.whole: bool | None = None
        self._opened: list[socket.socket] = []
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        self.whole = self.server.run()

    def get(self, path: str) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request("GET", path)
        status = connection.getresponse().status
        connection.close()
        return status

    def opened(self, sent: bytes) -> socket.socket:
        made = socket.create_connection(("127.0.0.1", self.port), timeout=5)
        self._opened.append(made)
        made.sendall(sent)
        return made

    def close(self) -> None:
        """Ends it, whatever runs."""
        for opened in self._opened:
            opened.close()
        self.server.stop()
        self.server.stop()
        self.ended(5)

    def ended(self, seconds: float) -> float:
        """How long the end takes; fails where it takes longer than this."""
        began = time.monotonic()
        self._thread.join(seconds)
        assert not self._thread.is_alive()
        return time.monotonic() - began


@contextmanager
def running(app: Any) -> Iterator[Running]:
    made = Running(app)
    with closing(made):
        yield made


@pytest.fixture
def service() -> Slow:
    return Slow()


@pytest.fixture
def site(service: Slow) -> Iterator[Running]:
    with running(create_app(Settings(), service)) as made:
        yield made


def closed(connection: socket.socket, *, within: float) -> bool:
    """Whether the server closes this connection in time."""
    connection.settimeout(within)
    with suppress(ConnectionError):
        try:
            return connection.recv(1) == b""
        except TimeoutError:
            return False
    return True


def asking(site: Running, path: str) -> Callable[[], int]:
    """A reader who asks now; called, gives the status that came."""
    statuses: list[int] = []
    thread = Thread(target=lambda: statuses.append(site.get(path)))
    thread.start()

    def answered() -> int:
        thread.join(20)
        return statuses[0]

    return answered


def test_who_waits_longest_makes_room_at_the_limit(
    service: Slow, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(serving, "MOST_CONNECTIONS", 30)
    with running(create_app(Settings(), service)) as site:
        half = [site.opened(HALF) for _ in range(100)]
        began = time.monotonic()
        assert site.get("/search?q=x") == 200
        assert time.monotonic() - began < 1
        assert closed(half[0], within=1) and not closed(half[-1], within=0.05)
    assert "that wait are closed" in caplog.text


def test_a_request_has_its_time_however_its_bytes_drip(site: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "ARRIVING_SECONDS", 0.5)
    dripping = site.opened(HALF)
    for _ in range(60):
        with suppress(OSError):
            dripping.send(b"x")
        if closed(dripping, within=0.1):
            return
    pytest.fail("a request that drips is waited for")


def test_an_idle_connection_is_closed_and_a_running_request_is_not(
    service: Slow, site: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "IDLE_SECONDS", 0.5)
    service.seconds = 4
    answered = asking(site, "/search?q=x")
    assert closed(site.opened(b""), within=5)
    assert answered() == 200


def test_readers_who_take_no_answers_hold_no_thread_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        start_response("200 OK", [("Content-Length", "1000000")])
        return [b"x" * 1_000_000]

    monkeypatch.setattr(serving, "IDLE_SECONDS", 1)
    with running(app) as site:
        for _ in range(2):  # as many as there are threads: waitress holds 16 MB back before a thread waits
            site.opened(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n" * 100)
        time.sleep(0.5)
        began = time.monotonic()
        assert site.get("/") == 200
        assert time.monotonic() - began < 10
        until(lambda: not site.server.active_channels)


def until(holds: Callable[[], bool], *, seconds: float = 10) -> None:
    """Waits until it holds; fails where it does not in time."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


class Panic(BaseException):
    """What libraries in Rust raise."""


def test_an_application_that_panics_costs_its_connection_and_no_more(caplog: pytest.LogCaptureFixture) -> None:
    def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        if environ["PATH_INFO"] == "/panic":
            raise Panic("broken")
        start_response("200 OK", [("Content-Length", "2")])
        return [b"ok"]

    with running(app) as site:
        for _ in range(150):
            with pytest.raises((http.client.HTTPException, ConnectionError)):
                site.get("/panic")
        assert site.get("/") == 200
        assert len(site.server.active_channels) < 5
    assert "127.0.0.1" not in caplog.text


def test_stopping_finishes_what_runs_and_takes_nothing_new(service: Slow, site: Running) -> None:
    service.seconds = 1.5
    idle = [site.opened(b""), site.opened(HALF)]
    answers = [asking(site, "/search?q=x") for _ in range(3)]  # two threads: the third waits its turn
    time.sleep(0.5)
    site.server.stop()
    assert all(closed(each, within=1) for each in idle)
    with pytest.raises(ConnectionRefusedError):
        site.opened(b"")
    assert [answered() for answered in answers] == [200, 200, 200]
    site.ended(2)
    assert site.whole is True


def test_a_large_answer_is_sent_whole_before_the_end(service: Slow, site: Running) -> None:
    service.seconds = 0.5
    service.notes = ()
    slow = site.opened(b"GET /search?q=x&limit=100 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    time.sleep(0.2)
    site.server.stop()
    taken = b""
    while piece := slow.recv(4096):
        taken += piece
        time.sleep(0.002)
    assert taken.rstrip().endswith(b"</html>")
    site.ended(5)
    assert site.whole is True


def test_what_takes_too_long_is_left(service: Slow, site: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "GRACE_SECONDS", 0.5)
    service.seconds = 3
    site.opened(b"GET /search?q=x HTTP/1.1\r\nHost: x\r\n\r\n")
    time.sleep(0.3)
    site.server.stop()
    assert site.ended(3) < 2
    assert site.whole is False


def test_asked_twice_it_ends_at_once(service: Slow, site: Running) -> None:
    service.seconds = 3
    site.opened(b"GET /search?q=x HTTP/1.1\r\nHost: x\r\n\r\n")
    time.sleep(0.3)
    site.server.stop()
    time.sleep(0.2)
    site.server.stop()
    assert site.ended(3) < 1
    assert site.whole is False
