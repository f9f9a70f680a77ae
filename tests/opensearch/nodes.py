"""Nodes of OpenSearch as processes of this one: started, waited for, killed, stopped for a while, left without disk.

    with Cluster(size=3) as cluster:
        cluster.wait()
        cluster.nodes[1].kill()

Each node has a folder and two ports of its own and runs as an ordinary user, since OpenSearch refuses root. A cluster
whose folder is to be kept is found there by the next one, with all that it holds.
"""

from __future__ import annotations

import fcntl
import json
import os
import random
import shutil
import socket
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.opensearch.distribution import find
from tests.opensearch.node import HOST, Node, ordinary_user

_PREFIX = "kashaf-nodes-"
_PORTS = range(20_000, 32_000)  # below those that systems give to who asks for any
#: Half of the processor time of a start goes into optimising code that a test runs once.
QUICK_TO_START = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
AS_SHIPPED = ("-XX:+UseG1GC", "-XX:G1ReservePercent=25", "-XX:InitiatingHeapOccupancyPercent=30")
#: A disk in use beyond 90 % would keep shards from nodes; tests share theirs with what else is on it.
_SETTINGS: Mapping[str, object] = {
    "network.host": HOST,
    "cluster.routing.allocation.disk.threshold_enabled": False,
    "action.auto_create_index": False,
}


class NotGreen(Exception):
    """A cluster did not become what was waited for; the sentence ends with what its nodes logged last."""


class Cluster:
    """One or several nodes, all in one folder, which goes with them where it is not to be kept."""

    def __init__(
        self,
        size: int = 1,
        *,
        memory: str = "512m",
        options: Sequence[str] = QUICK_TO_START,
        settings: Mapping[str, object] | None = None,
        kept: Path | None = None,
    ) -> None:
        """memory: the heap of each node. kept: a folder that stays, for later clusters of this size. Raises Missing."""
        find()
        self._passes = kept is None
        self.folder = kept or Path(tempfile.mkdtemp(prefix=_PREFIX))
        self.folder.mkdir(parents=True, exist_ok=True)
        self._owned = (self.folder / "owned").open("w")
        fcntl.flock(self._owned, fcntl.LOCK_EX)  # a kept folder is one cluster's at a time
        if self._passes:
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
            each.mkdir(parents=True, exist_ok=True)
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
        """Kills the nodes and removes all that they wrote; where that is to be kept, ends them in order."""
        for node in self.nodes:
            if self._passes:
                node.kill()
            else:
                node.stop()
        if self._passes:
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


def _give_away(folder: Path) -> None:
    """Makes the folder and all in it that user's."""
    if user := ordinary_user():
        for path in (folder, *folder.rglob("*")):
            os.chown(path, *user)
