"""Nodes of OpenSearch as processes of this one: started, waited for, killed, stopped for a while, left without disk.

    with Cluster(size=3) as cluster:
        cluster.wait()
        cluster.nodes[1].kill()

Each node has a folder and two ports of its own and runs as an ordinary user, since OpenSearch refuses root. On Linux a
node dies with the process that started it, even with one that is killed.
"""

from __future__ import annotations

import ctypes
import fcntl
import json
import os
import pwd
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.opensearch.distribution import Distribution, find

HOST = "127.0.0.1"
_PREFIX = "kashaf-nodes-"
_PORTS = range(20_000, 32_000)  # below those that systems give to who asks for any
_ROOT = Path(__file__).resolve().parents[2]
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG
_ASK = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # a proxy leads elsewhere
#: Half of the processor time of a start goes into optimising code that a test runs once.
QUICK_TO_START = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
AS_SHIPPED = ("-XX:+UseG1GC", "-XX:G1ReservePercent=25", "-XX:InitiatingHeapOccupancyPercent=30")
#: What OpenSearch's own start script adds to every node.
_ALWAYS = (
    *("-Xss1m", "-Djava.awt.headless=true", "-Dfile.encoding=UTF-8", "-XX:-OmitStackTraceInFastThrow"),
    *("-Dio.netty.noUnsafe=true", "-Dio.netty.noKeySetOptimization=true"),
    *("-Dio.netty.recycler.maxCapacityPerThread=0", "-Dio.netty.allocator.numDirectArenas=0"),
    *("-Dlog4j.shutdownHookEnabled=false", "-Dlog4j2.disable.jmx=true"),
    "--add-opens=java.base/java.nio=org.apache.arrow.memory.core,ALL-UNNAMED",
    "-Dorg.apache.lucene.store.MMapDirectory.sharedArenaMaxPermits=1",
)
#: A disk in use beyond 90 % would keep shards from nodes; tests share theirs with what else is on it.
_SETTINGS: Mapping[str, object] = {
    "network.host": HOST,
    "cluster.routing.allocation.disk.threshold_enabled": False,
    "action.auto_create_index": False,
}


class NotGreen(Exception):
    """A cluster did not become what was waited for; the sentence ends with what its nodes logged last."""


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


class Cluster:
    """One or several nodes, all in one passing folder that goes with them."""

    def __init__(
        self,
        size: int = 1,
        *,
        memory: str = "512m",
        options: Sequence[str] = QUICK_TO_START,
        settings: Mapping[str, object] | None = None,
        folder: Path | None = None,
    ) -> None:
        """memory: the heap of each node. folder: where, in place of the temporary folder. Raises Missing."""
        find()
        self.folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=folder))
        self._owned = (self.folder / "owned").open("w")
        fcntl.flock(self._owned, fcntl.LOCK_EX)
        _remove_ownerless(self.folder.parent)
        names = [f"node-{number}" for number in range(1, size + 1)]
        ports = free_ports(2 * size)
        heap = (f"-Xms{memory}", f"-Xmx{memory}")
        self.nodes = [Node(name, self.folder / name, ports.pop(), ports.pop(), (*options, *heap)) for name in names]
        for node in self.nodes:
            self._configure(node, {**_SETTINGS, **self._discovery(), **(settings or {})})
        _give_away(self.folder)

    def _discovery(self) -> dict[str, object]:
        if len(self.nodes) == 1:
            return {"discovery.type": "single-node"}
        return {
            "discovery.seed_hosts": [f"{HOST}:{node.transport_port}" for node in self.nodes],
            "cluster.initial_cluster_manager_nodes": [node.name for node in self.nodes],
        }

    def _configure(self, node: Node, settings: Mapping[str, object]) -> None:
        config = node.home / "config"
        for each in (config / "jvm.options.d", node.home / "passing", node.home / "data", node.home / "logs"):
            each.mkdir(parents=True)
        shutil.copy(find().home / "config" / "log4j2.properties", config)
        own = {
            "cluster.name": self.folder.name,
            "node.name": node.name,
            "http.port": node.port,
            "transport.port": node.transport_port,
            "path.data": str(node.home / "data"),
            "path.logs": str(node.home / "logs"),
        }
        lines = (f"{name}: {json.dumps(value)}\n" for name, value in {**settings, **own}.items())
        (config / "opensearch.yml").write_text("".join(lines), encoding="utf-8")

    @property
    def addresses(self) -> list[str]:
        return [node.address for node in self.nodes]

    def start(self) -> None:
        for node in self.nodes:
            if not node.running:
                node.start()

    def wait(self, *, status: str = "green", size: int | None = None, seconds: float = 300) -> None:
        """Waits until a node that runs says that so many nodes, or all, are together and have this status."""
        size = size or len(self.nodes)
        path = f"/_cluster/health?wait_for_status={status}&wait_for_nodes={size}&timeout=1s"
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            for node in self.nodes:
                with suppress(OSError, ValueError):
                    if node.running and not node.ask(path)["timed_out"]:
                        return
            if not any(node.running for node in self.nodes):
                break
            time.sleep(0.1)
        logged = "\n".join(f"{node.name}: {node.logged()}" for node in self.nodes)
        raise NotGreen(f"{size} nodes were not {status} within {seconds:.0f} s\n{logged}")

    def close(self) -> None:
        """Kills the nodes and removes all that they wrote."""
        for node in self.nodes:
            node.kill()
        shutil.rmtree(self.folder, ignore_errors=True)
        self._owned.close()

    def __enter__(self) -> Self:
        try:
            self.start()
            self.wait()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def free_ports(count: int) -> list[int]:
    """So many ports on which nothing listens now."""
    ports: list[int] = []
    for port in random.SystemRandom().sample(_PORTS, k=len(_PORTS)):
        with socket.socket() as tried, suppress(OSError):
            tried.bind((HOST, port))
            ports.append(port)
        if len(ports) == count:
            return ports
    raise OSError(f"no {count} ports are free between {_PORTS.start} and {_PORTS.stop}")


def _remove_ownerless(among: Path) -> None:
    """Removes the folders of clusters whose process was killed, which the system took their lock from."""
    for owned in among.glob(f"{_PREFIX}*/owned"):
        with suppress(OSError), owned.open() as held:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(owned.parent, ignore_errors=True)


def ordinary_user() -> tuple[int, int] | None:
    """The numbers of nobody and its group where this process is root's: OpenSearch refuses root."""
    if os.geteuid() != 0:
        return None
    nobody = pwd.getpwnam("nobody")
    return nobody.pw_uid, nobody.pw_gid


def _give_away(folder: Path) -> None:
    """Makes the folder and all in it that user's."""
    if user := ordinary_user():
        for path in (folder, *folder.rglob("*")):
            os.chown(path, *user)


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
        os.execv(command[0], command)
    sys.exit("its parent has ended")


if __name__ == "__main__":
    _become_node(int(sys.argv[1]), sys.argv[2:])
