"""A site as it is served: `kashaf serve` of a checkout over an index, as a process with its workers.

In: a checkout, an index and how many workers. Out: a `Site`, which answers while the block runs. Called by the
benchmarks of serving and of starting.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, sleep

from tests.bench.checkouts import Checkout


@dataclass(frozen=True, slots=True)
class Site:
    """A running site. began: when its process was started, by `perf_counter`."""

    process: subprocess.Popen[str]
    port: int
    began: float

    @property
    def processor_ms(self) -> float:
        """Milliseconds of processors that a site of one process has used."""
        used = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(used[11]) + int(used[12])) * 1000 / os.sysconf("SC_CLK_TCK")

    @property
    def workers(self) -> list[int]:
        """The processes that answer."""
        pid = self.process.pid
        return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()] or [pid]


@contextmanager
def running(checkout: Checkout, place: Path, workers: int) -> Iterator[Site]:
    """Serve the index until the block ends."""
    command = checkout.command("serve", "--index", place, "--port", "0", "--no-access-log", "--workers", str(workers))
    began = perf_counter()
    started = subprocess.Popen(
        command,
        cwd=checkout.path,
        env=checkout.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    with started as process:
        try:
            assert process.stdout is not None
            site = Site(process, int(process.stdout.readline().rstrip("/\n").rpartition(":")[2]), began)
            while len(site.workers) < workers:
                sleep(0.05)
            yield site
        finally:
            process.terminate()
