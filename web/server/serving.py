"""The server: waitress, with room for readers whatever other connections do, and an orderly end.

In: the WSGI application and a listening socket. `web/commands.py` makes one and runs it. waitress as it is refuses
everybody once a hundred connections are open, waits two minutes for each that sends nothing and for ever for one that
drips, and keeps a connection for ever whose request ended in a BaseException.
"""

from __future__ import annotations

import logging
import re
import select
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from flask import Flask
from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher

from web.app import LONGEST_BODY
from web.server.open_files import room_for_files
from web.site import tell_connections

LONGEST_HEADER = 1 << 18  # bytes: an article of 40,000 letters pasted as a query is still answered with a sentence
MOST_CONNECTIONS = 1000  # each costs a file and a few kilobytes; browsers open six each and leave them open
ARRIVING_SECONDS = 20  # for a request to be there whole, however slowly it drips
IDLE_SECONDS = 30  # for a connection on which nothing happens: between two requests, or an answer nobody takes
GRACE_SECONDS = 10  # for what is running when the server is stopped
_LINGERING_SECONDS = 0.5  # for the next request on a connection that has just been answered when the server is stopped
_ACCEPTED_AT_ONCE = 50
_YIELDED_SECONDS, _MOST_YIELDED = 0.0005, 8  # for each request that runs, before one more connection is taken
_LOOK_SECONDS = 2  # between two looks for connections whose time is over
# The system takes so many bytes beyond what is on its way to the reader, where it can be told (not on Windows). Else it
# takes megabytes at once, and a slow reader seems to take nothing for as long as those last.
_UNSENT_BYTES = 128 << 10
_SOCKET_OPTIONS = [
    (socket.IPPROTO_TCP, getattr(socket, name), value)
    for name, value in (("TCP_NODELAY", 1), ("TCP_NOTSENT_LOWAT", _UNSENT_BYTES))
    if hasattr(socket, name)
]
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_LOGGER = logging.getLogger("kashaf.server")


class _Request(HTTPRequestParser):  # type: ignore[misc]
    """waitress's, when its first byte came, and addresses in raw UTF-8, which waitress refuses."""

    def __init__(self, adjustments: Adjustments) -> None:
        super().__init__(adjustments)
        self.begun = time.time()

    def parse_header(self, header_plus: bytes) -> None:
        """An address may have letters as they are, without percent signs, as `curl` sends what was typed."""
        line, end, headers = header_plus.partition(b"\r\n")
        super().parse_header(_BEYOND_ASCII.sub(lambda found: b"%%%02X" % found.group()[0], line) + end + headers)


class _Connection(HTTPChannel):  # type: ignore[misc]
    """waitress's, which ends when its request ends in anything but an Exception."""

    parser_class = _Request

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.waits_since: float = self.creation_time  # or since its last request was answered, whatever has dripped in

    def service(self) -> None:
        self.waits_since = time.time()
        try:
            super().service()
        except BaseException:
            _LOGGER.exception("a request ended its connection")
            self.cancel()
            self.server.pull_trigger()
        self.waits_since = time.time()

    @property
    def waits(self) -> bool:
        """Whether no request of it is being answered."""
        return not self.requests

    def overdue(self, now: float) -> bool:
        """Whether it had its time to send a request or to take an answer; one that takes none may hold a thread."""
        arriving = self.request is not None and self.request.begun < now - ARRIVING_SECONDS
        idle = self.last_activity < now - IDLE_SECONDS
        return bool((self.waits and (arriving or idle)) or (idle and self.total_outbufs_len))

    def __repr__(self) -> str:
        return "a connection"  # waitress's names the reader's address, and logs it


class Server(TcpWSGIServer):  # type: ignore[misc]
    """Serves the application on a listening socket from `run` until `stop`."""

    channel_class = _Connection

    def __init__(self, app: Flask, listening: socket.socket, *, threads: int, shared: bool = False) -> None:
        """threads: how many requests are answered at a time. shared: other processes accept from the same socket."""
        self._shared = shared
        dispatcher = ThreadedTaskDispatcher()
        dispatcher.set_thread_count(threads)
        polls = hasattr(select, "poll")  # select() takes no file numbers from 1024 on, on Windows 512 files
        adjustments = Adjustments(
            threads=threads,
            sockets=[listening],
            asyncore_use_poll=polls,
            connection_limit=room_for_files(MOST_CONNECTIONS) if polls else 400,
            max_request_header_size=LONGEST_HEADER,
            max_request_body_size=LONGEST_BODY,
            clear_untrusted_proxy_headers=False,  # the application believes them where a setting says so
            log_socket_errors=False,  # a reader who goes away is no event
            ident="kashaf",
        )
        adjustments.socket_options = _SOCKET_OPTIONS
        known = (listening.family, listening.type, listening.proto, listening.getsockname())
        super().__init__(
            app, {}, _sock=listening, dispatcher=dispatcher, adj=adjustments, sockinfo=known, bind_socket=False
        )
        tell_connections(getattr(app, "extensions", {}), lambda: len(self.active_channels))
        self._asked_to_stop = 0
        self._looked = 0.0  # when it was last looked for connections whose time is over

    def run(self, each_turn: Callable[[], None] = lambda: None) -> bool:
        """Serves until it is stopped; whether all that was running then could be finished.

        each_turn: called once a second or oftener.
        """
        while not self._asked_to_stop:
            each_turn()
            self._turn(1)
        return self._end()

    def stop(self, *_: Any) -> None:
        """Ends `run` once what is running is finished; asked a second time, at once. Takes a signal's arguments."""
        self._asked_to_stop += 1
        with suppress(OSError):  # it has ended
            self.pull_trigger()

    def handle_accept(self) -> None:
        if self._shared:
            time.sleep(self.start_of_others)
            super().handle_accept()
            return
        for _ in range(_ACCEPTED_AT_ONCE):  # waitress takes one at each turn of its loop
            before = len(self._map)
            super().handle_accept()
            if len(self._map) == before:
                return

    @property
    def start_of_others(self) -> float:
        """The seconds that other processes have to take a connection first: the more, the more requests run here."""
        running = self.task_dispatcher.active_count + len(self.task_dispatcher.queue)
        return _YIELDED_SECONDS * float(min(running, _MOST_YIELDED))

    def readable(self) -> bool:
        return bool(self.accepting and len(self._map) < self.adj.connection_limit)

    def _let_go(self, now: float) -> None:
        """Closes the connections whose time is over, and some at the limit.

        Between two turns of the loop: a connection that is accepted in the turn in which another was closed may get its
        file number, and waitress would close it because of the other.
        """
        if now >= self._looked + _LOOK_SECONDS:
            self._looked = now
            for connection in list(self.active_channels.values()):
                if connection.overdue(now):
                    connection.handle_close()
        if len(self._map) >= self.adj.connection_limit:
            self._make_room()

    def _make_room(self) -> None:
        """Lets a tenth of the connections go, those that have waited longest: who comes now asks for something."""
        waiting = sorted(
            (each for each in self.active_channels.values() if each.waits), key=lambda each: each.waits_since
        )
        leaving = waiting[: max(1, self.adj.connection_limit // 10)]
        _LOGGER.warning("%d connections are open: %d that wait are closed", len(self.active_channels), len(leaving))
        for connection in leaving:
            connection.handle_close()

    def _turn(self, seconds: float) -> None:
        if self.accepting:
            self._let_go(time.time())
        wasyncore.loop(timeout=seconds, use_poll=self.adj.asyncore_use_poll, map=self._map, count=1)

    def _end(self) -> bool:
        """No new connections; what has arrived is answered; the rest is closed."""
        began = time.monotonic()
        deadline = began + GRACE_SECONDS
        self._turn(0)  # takes who is waiting to be let in
        self._turn(0)  # and what they ask
        wasyncore.dispatcher.close(self)
        while self._asked_to_stop < 2 and time.monotonic() < deadline:
            self._close_waiting(for_seconds=_LINGERING_SECONDS if time.monotonic() < began + _LINGERING_SECONDS else 0)
            if not self.active_channels:
                break
            self._turn(0.1)
        left = len(self.active_channels)
        self.task_dispatcher.shutdown(timeout=0.2 if left else 2)
        if left:
            _LOGGER.warning("stopped with %d requests unfinished", left)
        wasyncore.close_all(self._map)
        return not left and not self.task_dispatcher.threads

    def _close_waiting(self, *, for_seconds: float) -> None:
        """Closes connections on which nothing happened for so long; the answers of the others say that they are the
        last of their connection."""
        active_since = time.time() - for_seconds
        for connection in list(self.active_channels.values()):
            for request in list(connection.requests):
                request.headers["CONNECTION"] = "close"
            if connection.waits and not connection.total_outbufs_len and connection.last_activity <= active_since:
                connection.handle_close()
