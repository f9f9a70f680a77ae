"""The server in this process: who waits, who is let go, and how it ends."""

from __future__ import annotations

import http.client
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from threading import Event, Semaphore, Thread
from typing import Any

import pytest

from search.pages.records import SearchPage, SearchRequest
from search.settings import Settings
from tests.waiting import until
from tests.web.fakes import FakeService
from tests.web.server_here import LONG, Running, running
from web.app import create_app
from web.server import serving

HALF = b"GET / HTTP/1.1\r\nHost: x\r\nX-Half: "


class Slow(FakeService):
    """Searches until it is let go on."""

    def __init__(self) -> None:
        super().__init__()
        self.searching = Semaphore(0)  # grows with each search that begins
        self.go_on = Event()
        self.go_on.set()

    def hold(self) -> None:
        """From now on searches take as long as the test wants."""
        self.go_on.clear()

    def search(self, request: SearchRequest) -> SearchPage:
        self.searching.release()
        assert self.go_on.wait(LONG)
        return super().search(request)

    def begun(self, searches: int) -> None:
        """Waits until so many more searches have begun."""
        for _ in range(searches):
            assert self.searching.acquire(timeout=LONG)


@pytest.fixture
def service() -> Iterator[Slow]:
    made = Slow()
    yield made
    made.go_on.set()


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


def refused(site: Running) -> bool:
    """Whether nobody is let in any more."""
    with suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", site.port), timeout=LONG):
        return False
    return True


def asking(site: Running, path: str) -> Callable[[], int]:
    """A reader who asks now; called, gives the status that came."""
    statuses: list[int] = []
    thread = Thread(target=lambda: statuses.append(site.get(path)))
    thread.start()

    def answered() -> int:
        thread.join(LONG)
        return statuses[0]

    return answered


def test_who_waits_longest_makes_room_at_the_limit(
    service: Slow, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(serving, "MOST_CONNECTIONS", 30)
    for waiting in ("ARRIVING_SECONDS", "IDLE_SECONDS"):  # nobody is let go because time is over
        monkeypatch.setattr(serving, waiting, 10 * LONG)
    with running(create_app(Settings(), service)) as site:
        half = [site.opened(HALF) for _ in range(100)]
        assert site.get("/search?q=x") == 200
        assert closed(half[0], within=LONG) and not closed(half[-1], within=0.05)
    assert "that wait are closed" in caplog.text


def test_who_comes_is_answered_while_others_at_the_limit_drip(service: Slow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "MOST_CONNECTIONS", 30)
    over = Event()

    def drip(opened: list[socket.socket]) -> None:
        while not over.is_set():
            for each in opened:
                with suppress(OSError):
                    each.send(b"x")

    with running(create_app(Settings(), service)) as site:
        dripping = Thread(target=drip, args=([site.opened(HALF) for _ in range(150)],))
        dripping.start()
        try:
            assert [site.get("/healthz") for _ in range(40)] == [200] * 40
        finally:
            over.set()
            dripping.join()


def test_a_request_has_its_time_however_its_bytes_drip(site: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "ARRIVING_SECONDS", 0.5)
    dripping = site.opened(HALF)
    for _ in range(round(LONG / 0.1)):
        with suppress(OSError):
            dripping.send(b"x")
        if closed(dripping, within=0.1):
            return
    pytest.fail("a request that drips is waited for")


@pytest.mark.skipif(not hasattr(socket, "TCP_NOTSENT_LOWAT"), reason="the system cannot be told")
def test_the_system_takes_little_ahead_of_a_slow_reader(site: Running) -> None:
    site.opened(HALF)
    until(lambda: bool(site.server.active_channels))
    (connection,) = site.server.active_channels.values()
    assert 0 < connection.socket.getsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT) < 1 << 20


def test_an_idle_connection_is_closed_and_a_running_request_is_not(
    service: Slow, site: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "IDLE_SECONDS", 0.5)
    service.hold()
    answered = asking(site, "/search?q=x")
    service.begun(1)
    assert closed(site.opened(b""), within=LONG)
    service.go_on.set()
    assert answered() == 200


def test_readers_who_take_no_answers_hold_no_thread_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    answering = Semaphore(0)

    def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        answering.release()
        start_response("200 OK", [("Content-Length", "1000000")])
        return [b"x" * 1_000_000]

    monkeypatch.setattr(serving, "IDLE_SECONDS", 1)
    with running(app) as site:
        for _ in range(2):  # as many as there are threads: waitress holds 16 MB back before a thread waits
            site.opened(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n" * 100)
        assert all(answering.acquire(timeout=LONG) for _ in range(2))
        assert site.get("/") == 200
        until(lambda: not site.server.active_channels)


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


def test_the_loop_turns_while_searches_run(service: Slow, site: Running) -> None:
    service.hold()
    answers = [asking(site, "/search?q=x") for _ in range(2)]  # as many as there are threads
    service.begun(2)
    while site.turns.acquire(blocking=False):
        continue
    assert all(site.turns.acquire(timeout=LONG) for _ in range(2))  # so that a supervisor sees that it lives
    service.go_on.set()
    assert [answered() for answered in answers] == [200, 200]


def test_who_is_at_work_leaves_connections_to_processes_that_are_not(service: Slow, site: Running) -> None:
    until(lambda: site.server.start_of_others == 0)
    service.hold()
    answers = [asking(site, "/search?q=x") for _ in range(3)]  # one more than there are threads
    until(lambda: site.server.start_of_others > 0)
    service.begun(2)
    until(lambda: 0.001 <= site.server.start_of_others < 0.005)  # a few milliseconds, however many ask
    service.go_on.set()
    assert [answered() for answered in answers] == [200, 200, 200]


def test_stopping_finishes_what_runs_and_takes_nothing_new(service: Slow, site: Running) -> None:
    service.hold()
    idle = [site.opened(b""), site.opened(HALF)]
    answers = [asking(site, "/search?q=x") for _ in range(3)]  # two threads: the third waits its turn
    service.begun(2)
    until(lambda: bool(site.server.task_dispatcher.queue))
    site.server.stop()
    assert all(closed(each, within=LONG) for each in idle)
    with pytest.raises(ConnectionRefusedError):
        site.opened(b"")
    service.go_on.set()
    assert [answered() for answered in answers] == [200, 200, 200]
    site.ended()
    assert site.whole is True


def test_who_asks_again_while_it_stops_is_answered_and_told_that_this_was_the_last(
    site: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "_LINGERING_SECONDS", LONG)
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=LONG)
    connection.request("GET", "/search?q=x")
    first = connection.getresponse()
    assert first.read() and not first.will_close
    site.server.stop()
    until(lambda: refused(site))  # it is ending
    connection.request("GET", "/search?q=x")
    second = connection.getresponse()
    assert second.status == 200 and second.read() and second.will_close
    connection.close()
    site.ended()
    assert site.whole is True


def test_a_large_answer_is_sent_whole_before_the_end(service: Slow, site: Running) -> None:
    service.hold()
    slow = site.opened(b"GET /search?q=x&limit=100 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    service.begun(1)
    site.server.stop()
    service.go_on.set()
    taken = b""
    while piece := slow.recv(4096):
        taken += piece
        time.sleep(0.002)  # a reader who takes it slowly
    assert taken.rstrip().endswith(b"</html>")
    site.ended()
    assert site.whole is True


def test_what_takes_too_long_is_left(service: Slow, site: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "GRACE_SECONDS", 0.5)
    service.hold()
    site.opened(b"GET /search?q=x HTTP/1.1\r\nHost: x\r\n\r\n")
    service.begun(1)
    site.server.stop()
    site.ended()  # though the search has not
    assert site.whole is False


def test_asked_twice_it_ends_at_once(service: Slow, site: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "GRACE_SECONDS", 10 * LONG)
    service.hold()
    site.opened(b"GET /search?q=x HTTP/1.1\r\nHost: x\r\n\r\n")
    service.begun(1)
    site.server.stop()
    until(lambda: refused(site))  # it is ending
    site.server.stop()
    site.ended()
    assert site.whole is False


@pytest.mark.parametrize("path", ["/api/search?q=قمح", "/search?q=قمح&source=الجزيرة", "/api/قمح?q=\xa0"])
def test_an_address_in_raw_utf_8_is_read_as_if_it_were_quoted(path: str) -> None:
    asked: list[str] = []

    class Listening(FakeService):
        def search(self, request: SearchRequest) -> SearchPage:
            asked.append(request.query)
            return super().search(request)

    with running(create_app(Settings(), Listening())) as made:
        connection = made.opened(f"GET {path} HTTP/1.0\r\nHost: x\r\n\r\n".encode())
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    assert answer.startswith(b"HTTP/1.0 404" if "/api/قمح" in path else b"HTTP/1.0 200")
    assert b"X-Request-Id" in answer
    assert asked == ([] if "/api/قمح" in path else ["قمح"])


@pytest.mark.parametrize(
    "line", [b"GET /search?q=\xff\xfe HTTP/1.0", "جلب / HTTP/1.0".encode(), "GET / HTTP/٢".encode()]
)
def test_bytes_that_are_no_address_are_refused_or_replaced(line: bytes) -> None:
    with running(create_app(Settings(), FakeService())) as made:
        connection = made.opened(line + b"\r\nHost: x\r\n\r\n")
        assert connection.recv(12)[9:] in (b"200", b"400", b"405")
        assert made.get("/healthz") == 200
