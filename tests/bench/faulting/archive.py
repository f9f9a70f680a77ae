"""An archive on a cluster: rows of the news in files, `kashaf` run over them, and what must be found afterwards.

In: a folder, the addresses of a cluster. Out: runs of the program, and ids that were acknowledged and are not found.
Used by `place.py`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests import waiting
from tests.bench import made_up_archive
from tests.bench.processes import ROOT
from tests.opensearch.node import HOST
from tests.opensearch.nodes import free_ports

_NAME: Final = "faults"
_SECONDS: Final = 900  # a run of the program that takes longer is ended


@dataclass(frozen=True, slots=True)
class Ended:
    """A run of the program that ended: its status and what it said beside its report."""

    status: int
    said: str

    @property
    def broken(self) -> bool:
        """Whether it ended in another way than done, or one line that says why not."""
        return self.status not in (0, 1) or "Traceback" in self.said


@dataclass
class ClusterArchive:
    """folder: of the index directory and the sources. settings: variables beside those of the cluster.

    written: articles in the files. acknowledged: those of them that the last run which went through said it has.
    """

    folder: Path
    addresses: Sequence[str]
    settings: Mapping[str, str] = field(default_factory=dict)
    written: int = 0
    acknowledged: int = 0

    @property
    def index(self) -> Path:
        return self.folder / "index"

    @property
    def environ(self) -> dict[str, str]:
        return {
            **os.environ,
            "KASHAF_CLUSTER": ",".join(self.addresses),
            "KASHAF_CLUSTER_INDEX": _NAME,
            "KASHAF_CLUSTER_SHARDS": "3",
            "KASHAF_CLUSTER_REPLICAS": "1",
            "KASHAF_INDEX": str(self.index),
            "KASHAF_CLUSTER_TIMEOUT": "30",  # who writes has time; the site keeps the usual ten seconds
            **self.settings,
        }

    def grow(self, articles: int) -> None:
        """Writes so many more articles beside those that there are."""
        source = self.folder / "source"
        source.mkdir(exist_ok=True)
        made_up_archive.write(source / f"{self.written:08}.jsonl.gz", self.written, self.written + articles)
        self.written += articles

    def begin(self, command: str) -> subprocess.Popen[str]:
        """Begins `kashaf index` or `kashaf reindex` over all files."""
        more = ("--engine", "opensearch") if command == "index" and not self.index.exists() else ()
        return subprocess.Popen(
            [sys.executable, "-m", "kashaf", command, str(self.folder / "source"), *more, "--json"],
            cwd=ROOT,
            env=self.environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def end(self, begun: subprocess.Popen[str]) -> Ended:
        """Wait for a run. Raises where it went through and says that it has not all articles."""
        report, said = begun.communicate(timeout=_SECONDS)
        if begun.returncode == 0:
            self.acknowledged = json.loads(report)["articles"]
            assert self.acknowledged == self.written, report
        return Ended(begun.returncode, said)

    def run(self, command: str) -> Ended:
        return self.end(self.begin(command))

    def lost(self) -> list[str]:
        """The ids of all acknowledged articles that the index does not give, and of those that it gives twice."""
        listed = subprocess.run(
            [sys.executable, "-m", "kashaf", "export", "", "--format", "jsonl", "--no-collapse"],
            cwd=ROOT,
            env=self.environ,
            capture_output=True,
            text=True,
            check=False,
        )
        if listed.returncode:
            return [f"the list failed: {listed.stderr[-300:]}"]
        found = [json.loads(line)["id"] for line in listed.stdout.splitlines()]
        missing = {f"made-{number}" for number in range(self.acknowledged)} - set(found)
        return sorted(missing) + [f"{id}, twice" for id, count in Counter(found).items() if count > 1]

    @contextmanager
    def site(self) -> Iterator[tuple[str, Path]]:
        """The address of `kashaf serve` over this index and its log, once it is ready."""
        (port,) = free_ports(1)
        log = self.folder / "site.log"
        with log.open("w") as printed:
            served = subprocess.Popen(
                [sys.executable, "-m", "kashaf", "serve", "--port", str(port), "--no-access-log"],
                cwd=ROOT,
                env={**self.environ, "KASHAF_THREADS": "32", "KASHAF_CLUSTER_TIMEOUT": "10"},
                stdout=printed,
                stderr=printed,
            )
        try:
            address = f"http://{HOST}:{port}"
            waiting.until(lambda: served.poll() is not None or _ready(address), seconds=120)
            assert served.poll() is None, log.read_text()
            yield address, log
        finally:
            served.terminate()
            served.wait()


def _ready(address: str) -> bool:
    asked = [sys.executable, "-c", f"import urllib.request as r; r.urlopen('{address}/healthz', timeout=5)"]
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0
