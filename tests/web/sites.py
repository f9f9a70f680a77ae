"""`kashaf serve` as its operator runs it: a process of its own over a real index, its log in a file."""

from __future__ import annotations

import http.client
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from tests.forked import Command, started


@dataclass(frozen=True, slots=True)
class Answered:
    """What came back, and after how many seconds."""

    status: int
    text: str
    id: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Site:
    """A running site."""

    process: Command
    port: int

    @property
    def pid(self) -> int:
        return self.process.pid

    @property
    def log(self) -> str:
        return self.process.printed("stderr")

    def get(self, path: str) -> Answered:
        began = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", quote(path, safe="/?=&%"))
            answer = connection.getresponse()
            text = answer.read().decode()
        finally:
            connection.close()
        return Answered(answer.status, text, answer.headers["X-Request-Id"], time.perf_counter() - began)

    def stop(self, number: int) -> int:
        """Its exit status after this signal."""
        os.kill(self.pid, number)
        return self.process.wait()


@contextmanager
def running_site(index: Path, *options: str) -> Iterator[Site]:
    """The site while it runs; killed where it did not end."""
    with (
        started(
            "serve", "--index", index, "--port", "0", *options, environ={"RUST_BACKTRACE": "0"}, piped=True
        ) as process,
        (process.output / "stdout").open() as printed,
    ):
        address = printed.readline().strip().rstrip("/")
        try:
            yield Site(process, int(address.rpartition(":")[2]))
        finally:
            if not process.ended:
                os.kill(process.pid, signal.SIGKILL)
                process.wait()
