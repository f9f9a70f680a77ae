"""One node for all workers of a run of the tests: started by the first that asks, gone when the last has ended.

    with shared_node(folder) as addresses: ...

A process of its own keeps the node. Each user holds a shared lock on a file, which the system takes also from a process
that is killed; the keeper waits until it alone can hold it, and ends. All workers of the run share `folder`.
"""

from __future__ import annotations

import fcntl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.opensearch.distribution import find
from tests.opensearch.nodes import Cluster, NotGreen

_ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def shared_node(folder: Path, *, size: int = 1) -> Iterator[list[str]]:
    """The addresses of the nodes that the processes with this folder share. Raises Missing or NotGreen.

    size: how many nodes the first of them starts.
    """
    find()
    users, address, starting = (folder / f"nodes-{name}" for name in ("users", "addresses", "starting"))
    with users.open("a") as using, starting.open("a") as alone:
        fcntl.flock(using, fcntl.LOCK_SH)  # waits for a keeper that is about to end
        fcntl.flock(alone, fcntl.LOCK_EX)
        if not address.exists():
            _start_keeper(folder, address, size)
        fcntl.flock(alone, fcntl.LOCK_UN)
        yield address.read_text(encoding="utf-8").split()


def _start_keeper(folder: Path, address: Path, size: int) -> None:
    with (folder / "nodes-printed").open("w+b") as printed:
        keeper = subprocess.Popen(
            [sys.executable, "-m", "tests.opensearch.keeper", str(folder), str(size)],
            cwd=_ROOT,
            stdin=subprocess.DEVNULL,
            stdout=printed,
            stderr=printed,
            start_new_session=True,  # it gets no Ctrl-C: it ends with its users
        )
        while not address.exists():
            if keeper.poll() is not None:
                printed.seek(0)
                raise NotGreen(printed.read().decode(errors="replace"))
            time.sleep(0.05)
        keeper.returncode = 0  # it outlives this process, which must not be warned of that


def _keep(folder: Path, size: int) -> None:
    """Keeps the nodes until no process uses them."""
    address = folder / "nodes-addresses"
    with Cluster(size) as cluster, (folder / "nodes-users").open("a") as users:
        written = address.with_suffix(".new")
        written.write_text(" ".join(cluster.addresses), encoding="utf-8")
        written.rename(address)
        fcntl.flock(users, fcntl.LOCK_EX)
        with suppress(FileNotFoundError):  # the folder of the run may be gone
            address.unlink()


if __name__ == "__main__":
    _keep(Path(sys.argv[1]), int(sys.argv[2]))
