"""Connections that look, while they wait for a server, whether the server is there at all.

In: a pool of connections of urllib3, and a question that is asked each second of waiting. Out: the same pool, whose
requests end with a time-out as soon as the answer to the question is yes, in place of waiting for all of their time. A
process that is stopped, or a machine without power, takes a request or says nothing, and closes no connection. Called
by `nodes.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Any, Final, cast

from urllib3 import HTTPConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ReadTimeoutError
from urllib3.util.wait import wait_for_read, wait_for_write

_LOOKS: Final = 1.0  # seconds between two questions
_CONNECTS_WITHIN: Final = 3.0  # seconds, also for agreeing about encryption
_SENT_AT_ONCE: Final = 1 << 16  # bytes
_Question = Callable[[], bool]


class _Watched(HTTPConnection):
    """A connection that is given up when `given_up` says so."""

    def __init__(self, *arguments: Any, given_up: _Question, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._given_up = given_up

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
        left = memoryview(data)
        limit = self._limit()
        while left:
            self._await(wait_for_write, limit)
            left = left[self.sock.send(left[:_SENT_AT_ONCE]) :]

    def getresponse(self) -> Any:
        decrypted = getattr(self.sock, "pending", None)  # bytes that were read of the network already
        if not (decrypted and decrypted()):
            self._await(wait_for_read, self._limit())
        return super().getresponse()

    def _limit(self) -> float | None:
        return None if self.timeout is None else monotonic() + self.timeout

    def _await(self, wait: Callable[..., bool], limit: float | None) -> None:
        """Return when the connection can be read or written. Raises ReadTimeoutError."""
        while True:
            left = _LOOKS if limit is None else min(_LOOKS, limit - monotonic())
            if wait(self.sock, timeout=max(0.0, left)):
                return
            if (limit is not None and monotonic() >= limit) or self._given_up():
                raise ReadTimeoutError(cast("HTTPConnectionPool", self), "", "timed out")


class _WatchedSecure(_Watched, HTTPSConnection):
    """The same over TLS."""


def watch(pool: HTTPConnectionPool, given_up: _Question) -> None:
    """Have each connection of this pool ask `given_up` in each second in which it waits."""
    secure = issubclass(pool.ConnectionCls, HTTPSConnection)
    pool.ConnectionCls = _WatchedSecure if secure else _Watched
    pool.conn_kw["given_up"] = given_up
