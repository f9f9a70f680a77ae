"""Readers of a site on loopback: connections that ask again as soon as they are answered, from one thread of bytes.

In: a port and addresses. Out: how long each answer took. The readers share the processors with the site that they
measure, so they do no more than send a line and count what comes; what they cost is measured too.
"""

from __future__ import annotations

import re
import selectors
import socket
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import cycle
from time import perf_counter, thread_time

from tests.bench.figures import percentile

_CLOSES = re.compile(rb"\r\nconnection: close", re.IGNORECASE)
_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)", re.IGNORECASE)
_RECEIVED = 1 << 18  # bytes at a time
_PATIENCE = 60.0  # seconds for one answer


@dataclass(slots=True)
class Asked:
    """What readers got. milliseconds: of each whole answer; own: the readers' share of a processor."""

    seconds: float = 0.0
    milliseconds: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    own: float = 0.0

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.milliseconds) / self.seconds

    @property
    def slow(self) -> float:
        """The 95th percentile, in milliseconds."""
        return percentile(self.milliseconds, 0.95)


class _Reader:
    """One connection."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=_PATIENCE)
        self.began = 0.0
        self.last = False  # whether the answer said that it is the last of its connection
        self._got = b""
        self._left: int | None = None

    def ask(self, path: str) -> None:
        self._got, self._left, self.began = b"", None, perf_counter()
        self.socket.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())

    def take(self) -> bool:
        """Reads what is there; whether the answer is whole. Raises ConnectionError."""
        piece = self.socket.recv(_RECEIVED)
        if not piece:
            raise ConnectionError("closed amid an answer")
        if self._left is None:
            self._got += piece
            head, end, body = self._got.partition(b"\r\n\r\n")
            if not end:
                return False
            if not head.startswith(b"HTTP/1.1 200 ") or not (length := _LENGTH.search(head)):
                raise ConnectionError(head.partition(b"\r\n")[0].decode("latin-1"))
            self._left, self.last = int(length[1]) - len(body), bool(_CLOSES.search(head))
        else:
            self._left -= len(piece)
        return self._left <= 0


def ask(port: int, paths: Iterable[str], *, readers: int, seconds: float) -> Asked:
    """What so many readers at once get in that time; each asks for the next of the paths when it has its answer.

    paths: from the first on again when all were asked for; an iterator goes on where the last call left it.
    """
    asked, addresses = Asked(), cycle(paths)
    began, own = perf_counter(), thread_time()
    with selectors.DefaultSelector() as selector:
        for _ in range(readers):
            _begin(selector, port, addresses)
        while perf_counter() < began + seconds:
            ready = selector.select(timeout=1)
            for key, _ in ready:
                _continue(selector, key.data, port, addresses, asked)
        asked.seconds, asked.own = perf_counter() - began, (thread_time() - own) / (perf_counter() - began)
        for key in list(selector.get_map().values()):
            key.data.socket.close()
    return asked


def _begin(selector: selectors.BaseSelector, port: int, addresses: Iterator[str]) -> None:
    reader = _Reader(port)
    selector.register(reader.socket, selectors.EVENT_READ, reader)
    reader.ask(next(addresses))


def _continue(
    selector: selectors.BaseSelector, reader: _Reader, port: int, addresses: Iterator[str], asked: Asked
) -> None:
    try:
        if not reader.take():
            return
        asked.milliseconds.append((perf_counter() - reader.began) * 1000)
        if not reader.last:
            reader.ask(next(addresses))
            return
    except OSError as error:
        asked.failures.append(str(error))
    selector.unregister(reader.socket)
    reader.socket.close()
    _begin(selector, port, addresses)
