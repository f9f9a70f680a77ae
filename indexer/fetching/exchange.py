"""One request → one answer, bounded in time and size whatever the host does. Redirects are not followed here.

In: an address, the addresses of its host that were found to be harmless, and headers. Out: an `Answer`. Called by
`network.py` and `robots.py`. The connection goes to an address that was looked at and to no other, so that a name
which resolves differently a moment later gains nothing. A host that sends a byte now and then keeps within every
limit of a single wait: so a timer ends the whole request, and so does whoever calls `Lines.end_all`.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import DecodeError, HTTPError, TimeoutError
from urllib3.util import make_headers

from indexer.fetching.addresses import IP, Address
from indexer.fetching.failures import Stopped, TooLarge, Unreached

ACCEPTED_PACKINGS: Final = make_headers(accept_encoding=True)["accept-encoding"]
_BLOCK: Final = 1 << 16
_BROKEN: Final = (OSError, HTTPError, http.client.HTTPException, ValueError)  # a ValueError is a header or a chunk
_NOT_READ: Final = (301, 302, 303, 304, 307, 308)  # whose bodies say nothing

Wanted = Callable[[int, Mapping[str, str]], bool]  # status and headers → whether the body is to be read


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one request: seconds for all of it, seconds for a single wait, bytes of the unpacked body."""

    seconds: float = 30.0
    pause: float = 10.0
    bytes: int = 20_000_000


@dataclass(frozen=True, slots=True)
class Answer:
    """What a host answered; names of headers in small letters. `read`: whether the body was wanted and read."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    read: bool


class Lines:
    """The connections that are open, so that another thread can end them. Safe for threads."""

    def __init__(self) -> None:
        self._open = set[Line]()
        self._lock = threading.Lock()
        self.ended = False

    def add(self, line: Line) -> None:
        """Note a line that is being opened. Raises Stopped where all were ended."""
        with self._lock:
            if self.ended:
                raise Stopped("the run was ended")
            self._open.add(line)

    def remove(self, line: Line) -> None:
        """Forget a line that is closed."""
        with self._lock:
            self._open.discard(line)

    def end_all(self) -> None:
        """End all lines, and every one that is opened later."""
        with self._lock:
            self.ended = True
            lines = list(self._open)
        for line in lines:
            line.cut()


class Line:
    """One connection that a timer or another thread may cut: who waits for bytes then sees their end."""

    def __init__(self, seconds: float) -> None:
        self.was_cut = False
        self.was_asked = False  # whether the request was sent
        self._handle: socket.socket | None = None  # a second handle of the connection, which TLS cannot take away
        self._lock = threading.Lock()
        self._timer = threading.Timer(seconds, self.cut)
        self._timer.daemon = True
        self._timer.start()

    def hold(self, connected: socket.socket) -> None:
        """Take a handle of the socket, whoever wraps it later."""
        with self._lock:
            self._handle = connected.dup()
        if self.was_cut:
            self.cut()

    def cut(self) -> None:
        """End the connection; more than once does no harm."""
        with self._lock:
            self.was_cut = True
            if self._handle is not None:
                with suppress(OSError):
                    self._handle.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Let go of the handle and the timer."""
        self._timer.cancel()
        with self._lock:
            if self._handle is not None:
                self._handle.close()
                self._handle = None


class _PlainConnection(HTTPConnection):
    """A connection to one of these addresses, whatever the name of the host resolves to."""

    peers: Sequence[IP] = ()
    line: Line

    def _new_conn(self) -> socket.socket:
        return _connected(self.peers, self.port, float(self.timeout or 0) or None, self.line)


class _SecureConnection(HTTPSConnection):
    """The same with TLS; certificates are those of the host's name."""

    peers: Sequence[IP] = ()
    line: Line

    def _new_conn(self) -> socket.socket:
        return _connected(self.peers, self.port, float(self.timeout or 0) or None, self.line)


def exchange(
    address: Address,
    headers: Mapping[str, str],
    *,
    peers: Sequence[IP],
    limits: Limits,
    lines: Lines,
    wanted: Wanted = lambda status, headers: True,
) -> Answer:
    """Ask for an address and return the answer. Raises Unreached, and Stopped where the lines were ended.

    peers   the host's addresses, tried one after another
    wanted  asked before the body is read
    """
    line = Line(limits.seconds)
    try:
        lines.add(line)
        connection = _connection(address, peers, limits, line)
        try:
            return _asked(connection, address, headers, limits, line, wanted)
        except _BROKEN as error:
            if lines.ended:
                raise Stopped("the run was ended") from error
            raise Unreached(_sentence(error, limits, cut=line.was_cut), at_all=not line.was_asked) from error
        finally:
            connection.close()
    finally:
        lines.remove(line)
        line.close()


def _asked(
    connection: HTTPConnection,
    address: Address,
    headers: Mapping[str, str],
    limits: Limits,
    line: Line,
    wanted: Wanted,
) -> Answer:
    given = {"Host": address.named_host, "Connection": "close", "Accept-Encoding": ACCEPTED_PACKINGS, **headers}
    connection.request("GET", address.target, headers=given, preload_content=False)
    line.was_asked = True
    response = connection.getresponse()
    try:
        found = {name.lower(): value for name, value in response.headers.items()}
        read = response.status not in _NOT_READ and wanted(response.status, found)
        body = _body(response, limits) if read else b""
        if line.was_cut:  # where no length was announced, the end of a cut connection looks like that of the body
            raise TimeoutError
        return Answer(response.status, found, body, read)
    finally:
        response.close()


def _body(response: urllib3.HTTPResponse, limits: Limits) -> bytes:
    blocks, size = [], 0
    for block in response.stream(_BLOCK):
        size += len(block)
        if size > limits.bytes:
            raise TooLarge(f"it is larger than {limits.bytes / 1_000_000:,.0f} MB")
        blocks.append(block)
    return b"".join(blocks)


def _connection(address: Address, peers: Sequence[IP], limits: Limits, line: Line) -> HTTPConnection:
    connection: _PlainConnection | _SecureConnection
    if address.scheme == "https":
        context = ssl.create_default_context()
        connection = _SecureConnection(address.host, address.port, timeout=limits.pause, ssl_context=context)
    else:
        connection = _PlainConnection(address.host, address.port, timeout=limits.pause)
    connection.peers, connection.line = peers, line
    return connection


def _connected(peers: Sequence[IP], port: int, timeout: float | None, line: Line) -> socket.socket:
    failure: OSError | None = None
    for peer in peers:
        if line.was_cut:
            break
        try:
            found = socket.create_connection((str(peer), port), timeout)
        except OSError as error:
            failure = error
            continue
        found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        line.hold(found)
        return found
    raise failure or TimeoutError()


def _sentence(error: Exception, limits: Limits, *, cut: bool) -> str:
    """Why there is no answer, as a report says it."""
    if cut:
        return f"its answer took more than {limits.seconds:g} s"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate cannot be trusted ({error.verify_message})"
    if isinstance(error, socket.timeout | TimeoutError):
        return f"the host sent nothing for {limits.pause:g} s"
    if isinstance(error, ConnectionRefusedError):
        return "the host refuses connections"
    if isinstance(error, DecodeError):
        return "its packed answer cannot be unpacked"
    if isinstance(error, OSError) and not isinstance(error, ConnectionError) and error.strerror:
        return f"the host cannot be reached ({error.strerror})"
    return "its answer breaks off or is no answer of HTTP"
