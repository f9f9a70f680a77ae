"""The site's own server in a thread of this process: an application → a port, for tests of the server and of pages."""

from __future__ import annotations

import http.client
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from threading import Semaphore, Thread
from typing import Any

from web.server.serving import Server

LONG = 60.0  # seconds: no test that holds waits for so long


class Running:
    """A server in a thread. threads: how many requests it answers at a time."""

    def __init__(self, app: Any, *, threads: int) -> None:
        listening = socket.create_server(("127.0.0.1", 0))
        self.port = listening.getsockname()[1]
        self.server = Server(app, listening, threads=threads)
        self.whole: bool | None = None
        self.turns = Semaphore(0)  # grows with each turn of its loop
        self._opened: list[socket.socket] = []
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        self.whole = self.server.run(self.turns.release)

    def get(self, path: str) -> int:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=LONG)) as connection:
            connection.request("GET", path)
            return connection.getresponse().status

    def opened(self, sent: bytes) -> socket.socket:
        made = socket.create_connection(("127.0.0.1", self.port), timeout=LONG)
        self._opened.append(made)
        made.sendall(sent)
        return made

    def close(self) -> None:
        """Ends it, whatever runs."""
        for opened in self._opened:
            opened.close()
        self.server.stop()
        self.server.stop()
        self.ended()

    def ended(self) -> None:
        """Waits for the end."""
        self._thread.join(LONG)
        assert not self._thread.is_alive()


@contextmanager
def running(app: Any, *, threads: int = 2) -> Iterator[Running]:
    made = Running(app, threads=threads)
    with closing(made):
        yield made
