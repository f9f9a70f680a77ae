"""Connections that look, while they wait for a server, whether the server is there at all.

In: a pool of connections of urllib3, and a question that is asked each second of waiting. Out: the same pool, whose
requests end with a time-out as soon as the answer to the question is yes, in place of waiting for all of their time. A
process that is stopped, or a machine without power, takes a request or says nothing, and closes no connection. Called
by `nodes.py`.

What waits is each step itself, such as reading some bytes, in short time-outs: that a connection has something to read
says nothing about an answer. Over TLS 1.3 a server sends tickets of the session after all that was agreed about.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from http.client import HTTPResponse
from io import BufferedReader, RawIOBase
from math import inf
from socket import socket
from time import monotonic
from typing import Any, Final, cast

from urllib3 import HTTPConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ReadTimeoutError

_LOOKS: Final = 1.0  # seconds between two questions
_SHORTEST: Final = 0.001  # seconds of waiting: 0 would be none
_CONNECTS_WITHIN: Final = 3.0  # seconds, also for agreeing about encryption
_SENT_AT_ONCE: Final = 1 << 16  # bytes
_Question = Callable[[], bool]


class _Waiting:
    """Steps with the socket of a connection, each of which is given up when `given_up` says so."""

    def __init__(self, open_socket: socket, timeout: float | None, given_up: _Question) -> None:
        self._socket = open_socket
        self._timeout = timeout
        self._given_up = given_up

    def limit(self) -> float:
        """Return when what begins now has to be done, by the clock `monotonic`."""
        return inf if self._timeout is None else monotonic() + self._timeout

    def done(self, step: Callable[[], int], limit: float) -> int:
        """Return how many bytes this step sends or reads. It is taken again where it runs out of time before `limit`.

        Raises ReadTimeoutError.
        """
        try:
            while True:
                left = min(_LOOKS, limit - monotonic())
                self._socket.settimeout(max(_SHORTEST, left))
                try:
                    return step()
                except TimeoutError as error:
                    if error.errno is not None:  # the system gives the connection up
                        raise
                if monotonic() >= limit or self._given_up():
                    raise ReadTimeoutError(cast("HTTPConnectionPool", self), "", "timed out")
        finally:
            self._socket.settimeout(self._timeout)


class _Answer(RawIOBase):
    """The bytes of an answer. opened: what `socket.makefile` reads them with, which counts as a user of the socket."""

    def __init__(self, opened: RawIOBase, open_socket: socket, given_up: _Question) -> None:
        self._opened = opened
        self._socket = open_socket
        self._waiting = _Waiting(open_socket, open_socket.gettimeout(), given_up)

    def readable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._opened.fileno()

    def readinto(self, buffer: Any) -> int:
        return self._waiting.done(partial(self._socket.recv_into, buffer), self._waiting.limit())

    def close(self) -> None:
        self._opened.close()
        super().close()


class _Response(HTTPResponse):
    """A response that is read in steps of `_Waiting`."""

    def __init__(self, sock: socket, *arguments: Any, given_up: _Question, **named: Any) -> None:
        super().__init__(sock, *arguments, **named)
        self.fp = BufferedReader(_Answer(self.fp.detach(), sock, given_up))


class _Watched(HTTPConnection):
    """A connection that is given up when `given_up` says so."""

    def __init__(self, *arguments: Any, given_up: _Question, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._given_up = given_up
        self.response_class: Any = partial(_Response, given_up=given_up)

    def connect(self) -> None:
        whole = self.timeout
        if whole is not None:
            self.timeout = min(whole, _CONNECTS_WITHIN)
        try:
            super().connect()
        finally:
            self.timeout = whole
        if self.sock is not None:
            self.sock.settimeout(whole)

    def send(self, data: Any) -> None:
        if not isinstance(data, bytes):
            super().send(data)
            return
        if self.sock is None:
            self.connect()
        waiting = _Waiting(self.sock, self.timeout, self._given_up)
        left, limit = memoryview(data), waiting.limit()
        while left:
            left = left[waiting.done(partial(self.sock.send, left[:_SENT_AT_ONCE]), limit) :]


class _WatchedSecure(_Watched, HTTPSConnection):
    """The same over TLS."""


def watch(pool: HTTPConnectionPool, given_up: _Question) -> None:
    """Have each connection of this pool ask `given_up` in each second in which it waits."""
    secure = issubclass(pool.ConnectionCls, HTTPSConnection)
    pool.ConnectionCls = _WatchedSecure if secure else _Watched
    pool.conn_kw["given_up"] = given_up
