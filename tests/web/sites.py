"""`kashaf serve` as its operator runs it: a process of its own over a real index, its log in a file."""

from __future__ import annotations

import http.client
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from tests.indexer.archives import command


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

    process: subprocess.Popen[str]
    port: int
    errors: Path

    @property
    def pid(self) -> int:
        return self.process.pid

    @property
    def log(self) -> str:
        return self.errors.read_text(encoding="utf-8")

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
        self.process.send_signal(number)
        return self.process.wait(20)


@contextmanager
def running_site(index: Path, *options: str) -> Iterator[Site]:
    """The site while it runs; killed where it did not end."""
    errors = index.parent / "serve.log"
    with errors.open("w") as log:
        process = subprocess.Popen(
            command("serve", "--index", index, "--port", "0", *options),
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            env=os.environ | {"RUST_BACKTRACE": "0"},
        )
    with process:
        assert process.stdout is not None
        address = process.stdout.readline().strip().rstrip("/")
        try:
            yield Site(process, int(address.rpartition(":")[2]), errors)
        finally:
            process.kill()
