"""One node of OpenSearch as a process of this one: started, asked, killed, stopped for a while.

In: a folder with its configuration, its ports, options of Java. Out: a `Node`. On Linux a node dies with the process
that started it, even with one that is killed. Made by `nodes.py`.
"""

from __future__ import annotations

import ctypes
import json
import os
import pwd
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.opensearch.distribution import Distribution, find

HOST = "127.0.0.1"
_ROOT = Path(__file__).resolve().parents[2]
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG
_ASK = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # a proxy leads elsewhere
#: What OpenSearch's own start script adds to every node.
_ALWAYS = (
    *("-Xss1m", "-Djava.awt.headless=true", "-Dfile.encoding=UTF-8", "-XX:-OmitStackTraceInFastThrow"),
    *("-Dio.netty.noUnsafe=true", "-Dio.netty.noKeySetOptimization=true"),
    *("-Dio.netty.recycler.maxCapacityPerThread=0", "-Dio.netty.allocator.numDirectArenas=0"),
    *("-Dlog4j.shutdownHookEnabled=false", "-Dlog4j2.disable.jmx=true"),
    "--add-opens=java.base/java.nio=org.apache.arrow.memory.core,ALL-UNNAMED",
    "-Dorg.apache.lucene.store.MMapDirectory.sharedArenaMaxPermits=1",
)


@dataclass
class Node:
    """One node, running or not. `home`: the folder of its configuration, data and logs."""

    name: str
    home: Path
    port: int
    transport_port: int
    options: Sequence[str]
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def start(self) -> None:
        """Starts it, as it was left; returns before it answers. The system takes the thread for its parent."""
        assert not self.running
        distribution = find()
        with (self.home / "printed").open("ab") as printed:
            self.process = subprocess.Popen(
                [sys.executable, __file__, str(os.getpid()), *self._command(distribution)],
                cwd=self.home,
                env={**os.environ, "PYTHONPATH": str(_ROOT)},
                stdin=subprocess.DEVNULL,
                stdout=printed,
                stderr=printed,
            )

    def _command(self, distribution: Distribution) -> list[str]:
        home = distribution.home
        return [
            str(distribution.java),
            *self.options,
            *_ALWAYS,
            f"-Djava.io.tmpdir={self.home / 'passing'}",
            f"-javaagent:{home / 'agent' / 'opensearch-agent.jar'}",
            f"-Dopensearch.path.home={home}",
            f"-Dopensearch.path.conf={self.home / 'config'}",
            "-Dopensearch.distribution.type=zip",
            *("-cp", f"{home / 'lib'}/*", "org.opensearch.bootstrap.OpenSearch"),
        ]

    def signal(self, number: int) -> None:
        """Sends it a signal, such as SIGSTOP or SIGCONT."""
        if self.running:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """Ends it as a loss of power would, and waits until it is gone."""
        self.signal(signal.SIGKILL)
        if self.process is not None:
            self.process.wait()

    def stop(self, *, seconds: float = 30) -> None:
        """Ends it in order, or else kills it."""
        self.signal(signal.SIGCONT)
        self.signal(signal.SIGTERM)
        if self.process is not None:
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(seconds)
        self.kill()

    def ask(self, path: str, *, method: str = "GET", body: object = None, seconds: float = 70) -> Any:
        """What it answers to this request, read as JSON. Raises OSError."""
        request = urllib.request.Request(f"{self.address}{path}", method=method)
        if body is not None:
            request.add_header("Content-Type", "application/json")
            request.data = json.dumps(body).encode()
        with _ASK.open(request, timeout=seconds) as answer:
            return json.load(answer)

    def logged(self) -> str:
        """The end of what it printed."""
        with suppress(OSError):
            return (self.home / "printed").read_text(encoding="utf-8", errors="replace")[-2000:]
        return ""


def ordinary_user() -> tuple[int, int] | None:
    """The numbers of nobody and its group where this process is root's: OpenSearch refuses root."""
    if os.geteuid() != 0:
        return None
    nobody = pwd.getpwnam("nobody")
    return nobody.pw_uid, nobody.pw_gid


def _become_node(parent: int, command: Sequence[str]) -> None:
    """Makes of this process, a fresh one, a node: another user's, that dies with its parent. Never returns.

    A function between fork and exec would do the same, but must not be called where there are threads.
    """
    if user := ordinary_user():
        os.setgroups([])
        os.setgid(user[1])
        os.setuid(user[0])
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
    if os.getppid() == parent:
        os.execv(command[0], list(command))
    sys.exit("its parent has ended")


if __name__ == "__main__":
    _become_node(int(sys.argv[1]), sys.argv[2:])
