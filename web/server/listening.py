"""A socket to listen on, its address as a reader types it, and the signals that end a server.

Called by the commands that serve: `web/commands.py`, `web/assistants/commands.py`.
"""

from __future__ import annotations

import errno
import signal
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

from search.errors import KashafError

_ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}
_ENDING = [number for name in ("SIGTERM", "SIGINT", "SIGHUP") if (number := getattr(signal, name, None))]


def listen(host: str, ports: Sequence[int]) -> socket.socket:
    """A socket on the first of the ports that is free. Raises KashafError, which names the host or the ports."""
    for port in ports:
        try:
            family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
            return socket.create_server(address[:2], family=family)
        except (OSError, UnicodeError, OverflowError) as error:
            if not isinstance(error, OSError) or error.errno != errno.EADDRINUSE:
                reason = getattr(error, "strerror", None) or error
                raise KashafError(f"cannot listen on {host!r} port {port} ({reason}): give another --host") from error
    tried = f"port {ports[0]} is" if len(ports) == 1 else f"ports {ports[0]} to {ports[-1]} are"
    raise KashafError(f"{tried} in use on {host}: give another with --port, or --port 0 for any free one")


def address_of(host: str, listening: socket.socket) -> str:
    """The address that a browser on this machine opens."""
    shown = _ANYWHERE.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{shown}:{listening.getsockname()[1]}/"


@contextmanager
def ended_by(stop: Callable[[int, FrameType | None], None]) -> Iterator[None]:
    """Calls `stop` at each signal that asks for the end, but for those that are ignored, as under nohup."""
    ending = [number for number in _ENDING if signal.getsignal(number) is not signal.SIG_IGN]
    before = {number: signal.signal(number, stop) for number in ending}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
