"""python -m tests.bench cluster_million [--articles N]: a million articles in three parts on one node, and embedded.

Runs of `kashaf index` add 100,000 articles each, first to the embedded engine, then to a node of OpenSearch with three
parts and no replica. At some sizes the pages that `million` asks are asked of both in turn. Prints a table for
docs/cluster.md. Rates and pages are those of a machine that does nothing else; processor time, of the program and of
the node, says more on another.

KASHAF_CLUSTER_MILLION names a folder that keeps articles, indexes, the node's data and all figures: a later run with
more articles goes on there, and one with as many asks the pages again. Without it all of it goes, 15 GB.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from tests import waiting
from tests.bench import made_up_archive
from tests.bench.figures import percentile
from tests.bench.page_times import page_times, queries
from tests.bench.places import megabytes
from tests.bench.processes import anonymous_mb, kashaf, processor_seconds
from tests.opensearch.node import Node
from tests.opensearch.nodes import AS_SHIPPED, Cluster

_ARTICLES: Final = 1_000_000
_AT_ONCE: Final = 100_000  # articles of a run
_SEARCHED: Final = (1, 3, 6, 10)  # runs, after which pages are asked
_PARTS: Final = 3
_ROUNDS: Final = 5  # of all pages, since a node is slow until its program has been optimised
_HEAP: Final = "1g"
_MERGED: Final = 900.0  # seconds that the node may need to put its segments together after a run
_ENGINES: Final = ("tantivy", "opensearch")


@dataclass(frozen=True, slots=True)
class _Added:
    """A run of `kashaf index`. articles: that the index had then; cpu, node_cpu: seconds of processors."""

    engine: str
    articles: int
    added: int
    seconds: float
    cpu: float
    node_cpu: float
    program_mb: float
    node_mb: float
    disk_mb: float

    def __str__(self) -> str:
        each = 1e6 * (self.cpu + self.node_cpu) / self.added
        return (
            f"| {self.articles:,} | {self.engine} | {self.added / self.seconds:,.0f} | {each:,.0f} "
            f"| {1e6 * self.node_cpu / self.added:,.0f} | {self.program_mb:,.0f} | {self.node_mb:,.0f} "
            f"| {1000 * self.disk_mb / self.articles:.1f} |"
        )


@dataclass(frozen=True, slots=True)
class _Searched:
    """The pages of one engine: milliseconds of the middle one and of one of twenty; disk_mb: once all is merged."""

    engine: str
    articles: int
    p50: float
    p95: float
    disk_mb: float
    load: float

    def __str__(self) -> str:
        return (
            f"| {self.articles:,} | {self.engine} | {self.p50:.1f} | {self.p95:.1f} "
            f"| {1000 * self.disk_mb / self.articles:.1f} | {self.load:.1f} |"
        )


_ADDED_HEAD: Final = (
    "| articles | engine | added a second | µs of processors each | of that: the node | memory of Kashaf, MB "
    "| of the node, MB | disk an article, KB |\n|--:|---|--:|--:|--:|--:|--:|--:|"
)
_SEARCHED_HEAD: Final = (
    "| articles | engine | page, ms | 95 % | disk an article, merged, KB | load |\n|--:|---|--:|--:|--:|--:|"
)


def measure(articles: int) -> Iterator[str]:
    """Loads what is not loaded yet and asks the pages. articles: 0 for a million."""
    with ExitStack() as ended:
        named = os.environ.get("KASHAF_CLUSTER_MILLION")
        folder = Path(named or ended.enter_context(TemporaryDirectory(prefix="kashaf-cluster-million-")))
        cluster = ended.enter_context(Cluster(1, memory=_HEAP, options=AS_SHIPPED, kept=folder / "nodes"))
        place = _Place(folder, cluster.nodes[0])
        os.environ |= place.environ
        articles = articles or _ARTICLES
        if place.largest > articles:
            raise ValueError(f"{folder} has {place.largest} articles already: name as many with --articles, or more")
        before = place.largest
        yield _ADDED_HEAD
        for end in (*range(_AT_ONCE, articles, _AT_ONCE), articles):
            for engine in _ENGINES:
                yield str(place.add(engine, end))
            if end == articles or (end // _AT_ONCE in _SEARCHED and end > before):
                place.search(end)
        yield _SEARCHED_HEAD
        yield from map(str, place.all_searched())


class _Place:
    """The folder of both indexes, and the node. What was measured is a line of JSON each, the last of a kind counts."""

    def __init__(self, folder: Path, node: Node) -> None:
        self.folder, self.node = folder, node
        self.environ = {
            "KASHAF_CLUSTER": node.address,
            "KASHAF_CLUSTER_INDEX": "million",
            "KASHAF_CLUSTER_SHARDS": str(_PARTS),
            "KASHAF_CLUSTER_REPLICAS": "0",
            "KASHAF_CLUSTER_TIMEOUT": "600",
        }

    def add(self, engine: str, end: int) -> _Added:
        """Index the articles up to this number, or tell what was measured when that was done."""
        if found := self._told("added").get((engine, end)):
            return _Added(**found)
        source = self._source(end)
        before = processor_seconds(self.node.pid)
        chosen = ("--engine", engine) if not self._index(engine).exists() else ()
        ran = kashaf("index", source, "--json", *chosen, "--index", self._index(engine), watch_memory=True)
        taken = processor_seconds(self.node.pid) - before
        report = json.loads(ran.printed)
        assert report["articles"] == end, report
        of_node = (taken, anonymous_mb(self.node.pid)) if engine != _ENGINES[0] else (0.0, 0.0)
        added = _Added(
            *(engine, end, report["added"], ran.seconds, ran.cpu),
            *(of_node[0], ran.anonymous_mb, of_node[1], self._disk(engine)),
        )
        self._tell("added", asdict(added))
        return added

    @property
    def largest(self) -> int:
        """How many articles the larger index has."""
        return max((articles for _, articles in self._told("added")), default=0)

    def search(self, articles: int) -> None:
        """Ask the pages of both, once the node has put its segments together."""
        waiting.until(self._is_merged, seconds=_MERGED)
        load = os.getloadavg()[0]
        times = page_times(*map(self._index, _ENGINES), rounds=_ROUNDS)
        for engine, taken in zip(_ENGINES, times, strict=True):
            assert len(taken) == len(queries())
            found = _Searched(
                engine, articles, percentile(taken, 0.5), percentile(taken, 0.95), self._disk(engine), load
            )
            self._tell("searched", asdict(found))

    def all_searched(self) -> list[_Searched]:
        found = [_Searched(**each) for each in self._told("searched").values()]
        return sorted(found, key=lambda each: (each.articles, _ENGINES.index(each.engine)))

    def _is_merged(self) -> bool:
        time.sleep(0.5)
        merges = self.node.ask("/_stats/merge")["_all"]["total"]["merges"]
        return int(merges["current"]) == 0

    def _source(self, end: int) -> Path:
        """The file of the articles before this number, made where it is not there."""
        path = self.folder / "articles" / f"{end}.jsonl.gz"
        if not path.exists():
            path.parent.mkdir(exist_ok=True)
            begin = (end - 1) // _AT_ONCE * _AT_ONCE
            made_up_archive.write(path.with_suffix(".part"), begin, end).rename(path)
        return path

    def _index(self, engine: str) -> Path:
        return self.folder / engine

    def _disk(self, engine: str) -> float:
        data = megabytes(self.node.home / "data") if engine != _ENGINES[0] else 0.0
        return megabytes(self._index(engine)) + data

    def _told(self, kind: str) -> dict[tuple[str, int], dict[str, Any]]:
        path = self.folder / f"{kind}.jsonl"
        lines = map(json.loads, path.read_text().splitlines()) if path.exists() else ()
        return {(each["engine"], each["articles"]): each for each in lines}

    def _tell(self, kind: str, what: dict[str, Any]) -> None:
        with (self.folder / f"{kind}.jsonl").open("a") as told:
            told.write(json.dumps(what) + "\n")
