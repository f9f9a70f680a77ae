"""python -m tests.bench cluster_faults [--rounds N]: three nodes, one replica, twenty searches a second, and faults.

In turn a data node is killed while articles are indexed and while nobody writes, the cluster manager while the alias
moves to a rebuilt index, the disk of a node is filled while articles are indexed, and a node is stopped for 30 s.
Each time: no article lost that a run acknowledged, no traceback, less than one search of a hundred without an answer,
and only in the seconds after the fault. Prints the table of docs/cluster.md. --rounds N does all of it N times.
"""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from shutil import disk_usage
from tempfile import TemporaryDirectory
from typing import Any, Final

from tests import waiting
from tests.bench.faulting.archive import ClusterArchive, Ended
from tests.bench.faulting.readers import Answer, SteadyReaders
from tests.bench.figures import Figure, percentile
from tests.bench.places import topics, two_words
from tests.opensearch.node import Node, ordinary_user
from tests.opensearch.nodes import AS_SHIPPED, Cluster

_ARTICLES: Final = 6_000  # of the archive at first, and added by each run that a fault meets
_BEFORE: Final = 5.0  # seconds of searches before a fault
_AFTER: Final = 20.0  # and behind it, at least
_STOPPED: Final = 30.0  # seconds that a node is stopped
_SECONDS_AFTER: Final = 15.0  # in which errors are allowed
_SHARE: Final = 0.01  # of the searches
_DISK: Final = "size=400m"
_LEFT: Final = 3_000_000  # bytes on a disk that is full
_QUERIES: Final = 300
_FULL_AT: Final = {  # bytes that are left, since shares would depend on the disk of this machine
    "cluster.routing.allocation.disk.watermark.low": "60mb",
    "cluster.routing.allocation.disk.watermark.high": "40mb",
    "cluster.routing.allocation.disk.watermark.flood_stage": "20mb",
}
#: As deploy/compose.yaml has it: a node that does not answer is given up after six seconds, not after half a minute.
SETTINGS: Final = {
    "cluster.fault_detection.follower_check.timeout": "2s",
    "cluster.fault_detection.follower_check.retry_count": 3,
    "cluster.fault_detection.leader_check.timeout": "2s",
    "cluster.fault_detection.leader_check.retry_count": 3,
    "cluster.info.update.interval": "10s",
}


@dataclass
class _Course:
    """What a fault did. at: its moment; green: seconds until all parts were there twice again; wrong: a line each."""

    name: str
    at: float = 0.0
    answers: list[Answer] = field(default_factory=list)
    green: float = 0.0
    ended: Ended | None = None
    lost: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def failed(self) -> list[Answer]:
        return [each for each in self.answers if each.failed]

    @property
    def last_failure(self) -> float:
        """Seconds from the fault to the end of the last search that failed; 0 where none did."""
        return max((each.at + each.seconds - self.at for each in self.failed), default=0.0)

    def __str__(self) -> str:
        seconds = [each.seconds for each in self.answers]
        figures = (
            *(len(self.answers), len(self.failed), sum(each.part for each in self.answers)),
            *(f"{1000 * percentile(seconds, 0.5):.0f}", f"{max(seconds):.1f}"),
            *(f"{self.last_failure:.1f}", f"{self.green:.0f}", len(self.lost)),
        )
        return f"| {self.name} | {' | '.join(map(str, figures))} |"


#: Each article has a term in each field, if only one that says that it has no word.
_WITH_WORDS: Final = {"words": {"filter": {"exists": {"field": "body_word"}}}}
_HEAD: Final = (
    "| fault | searches | errors | of a part | median, ms | longest, s | last error after, s | whole again after, s "
    "| articles lost |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|"
)


def measure(rounds: int) -> Iterator[Figure | str]:
    """All faults, so many times."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # nodes, the site and the small disk are to be put away
    courses: list[_Course] = []
    yield _HEAD
    with _Place() as place:
        for _ in range(rounds or 1):
            for fault in (
                _kill_while_indexing,
                _kill_while_searching,
                _kill_manager_while_swapping,
                _fill_a_disk,
                _stop_a_node,
            ):
                course = place.meet(fault)
                courses.append(course)
                yield str(course)
                yield from (f"  WRONG {each}" for each in course.wrong)
    searches = sum(len(course.answers) for course in courses)
    failed = sum(len(course.failed) for course in courses)
    yield Figure("acknowledged articles that were lost", sum(len(course.lost) for course in courses), "", at_most=0)
    yield Figure("searches without an answer", 100 * failed / searches, "%", at_most=100 * _SHARE)
    yield Figure("the last of them after a fault", max(c.last_failure for c in courses), "s", at_most=_SECONDS_AFTER)
    yield Figure("runs, answers or logs that were wrong", sum(len(c.wrong) for c in courses), "", at_most=0)


class _Place(ExitStack):
    """Three nodes, the second of which has a small disk of its own, an archive on them, and a site."""

    def __enter__(self) -> _Place:
        super().__enter__()
        try:
            self._set_up()
        except BaseException:
            self.close()
            raise
        return self

    def _set_up(self) -> None:
        self.cluster = Cluster(3, memory="700m", options=AS_SHIPPED, settings=SETTINGS)
        self.callback(self.cluster.close)
        self.disk = self.cluster.nodes[1].home / "data"
        self.small = _mounted(self.disk)
        if self.small:
            self.callback(subprocess.run, ["umount", "-l", str(self.disk)], check=True)
            self.callback(self.cluster.nodes[1].kill)
        self.cluster.start()
        self.cluster.wait()
        folder = Path(self.enter_context(TemporaryDirectory(prefix="kashaf-faults-")))
        self.archive = ClusterArchive(folder, self.cluster.addresses)
        self.archive.grow(_ARTICLES)
        ended = self.archive.run("index")
        assert ended.status == 0, ended.said
        self.cluster.wait()
        self.site, self.log = self.enter_context(self.archive.site())
        self.queries = [two_words(topic.query) for topic in topics()[:_QUERIES]]
        with SteadyReaders(self.site, self.queries):  # the nodes' programs are slow until they have run a while
            time.sleep(2 * _BEFORE)

    def meet(self, fault: Callable[[_Place, _Course], None]) -> _Course:
        """Has the fault happen while readers search, waits until all is well, and looks for what is lost."""
        course = _Course((fault.__doc__ or "").rstrip("."))
        with SteadyReaders(self.site, self.queries) as readers:
            time.sleep(_BEFORE)
            fault(self, course)
            self.mend(course)
            time.sleep(max(0.0, course.at + _AFTER - time.monotonic()))
        course.answers = sorted(readers.answers, key=lambda each: each.at)
        if course.ended and (course.ended.broken or course.ended.status):
            again = self.archive.run("index")
            if course.ended.broken or again.status:
                first, then = course.ended.said[-400:], again.said[-400:]
                course.wrong.append(f"status {course.ended.status}: {first} then {then}")
        course.lost = self.archive.lost()
        course.wrong += self.unlike_copies()
        course.wrong += [f"lost {id}" for id in course.lost[:5]]
        course.wrong += [f"{each.status} {each.told}" for each in course.failed if each.status == 500][:5]
        if "Traceback" in self.log.read_text():
            course.wrong.append(f"the log has a traceback: {self.log.read_text()[-2000:]}")
        return course

    def mend(self, course: _Course) -> None:
        """Starts what was killed and waits until every part is there twice."""
        for node in self.cluster.nodes:
            if not node.running:
                node.start()
        self.cluster.wait(seconds=300)
        course.green = time.monotonic() - course.at

    def unlike_copies(self) -> list[str]:
        """What the two copies of a part of the served index say differently: articles, or those that have words.

        A copy that was away is completed by what it missed; of an article without its words a list of all would not
        tell.
        """
        (index,) = {row["index"] for row in self.ask("/_cat/aliases/faults?format=json")}
        self.ask(f"/{index}/_refresh", method="POST")
        numbers = {each["name"]: number for number, each in self.ask("/_nodes")["nodes"].items()}
        told: dict[str, set[tuple[int, int]]] = {}
        for row in self.ask(f"/_cat/shards/{index}?format=json"):
            place = f"_shards:{row['shard']}|_only_nodes:{numbers[row['node']]}"
            asked = {"size": 0, "track_total_hits": True, "aggs": _WITH_WORDS}
            found = self.ask(f"/{index}/_search?preference={place}", method="POST", body=asked)
            counts = found["hits"]["total"]["value"], found["aggregations"]["words"]["doc_count"]
            told.setdefault(row["shard"], set()).add(counts)
        return [f"the copies of part {part} have {counts}" for part, counts in told.items() if len(counts) > 1]

    def manager(self) -> Node:
        (row,) = self.ask("/_cat/cluster_manager?format=json")
        return next(node for node in self.cluster.nodes if node.name == row["node"])

    def ask(self, path: str, **asked: Any) -> Any:
        """What the first node that answers says."""
        for node in self.cluster.nodes:
            with suppress(OSError):
                return node.ask(path, seconds=5, **asked)
        raise OSError("no node answers")

    def sent(self) -> int:
        """How many articles the nodes have taken since they were started, copies left out."""
        return int(self.ask("/_stats/indexing")["_all"]["primaries"]["indexing"]["index_total"])

    def index_until(self, share: float, added: int = _ARTICLES) -> subprocess.Popen[str]:
        """Begins to index more articles and returns when this share of them has been sent."""
        self.archive.grow(added)
        before = self.sent()
        begun = self.archive.begin("index")
        waiting.until(lambda: begun.poll() is not None or self.sent() >= before + added * share, seconds=300)
        return begun


def _kill_while_indexing(place: _Place, course: _Course) -> None:
    """A data node is killed while articles are indexed."""
    begun = place.index_until(0.4)
    victim = next(node for node in reversed(place.cluster.nodes) if node is not place.manager())
    victim.kill()
    course.at = time.monotonic()
    course.ended = place.archive.end(begun)


def _kill_while_searching(place: _Place, course: _Course) -> None:
    """A data node is killed while nobody writes."""
    next(node for node in place.cluster.nodes if node is not place.manager()).kill()
    course.at = time.monotonic()
    time.sleep(_BEFORE)


def _kill_manager_while_swapping(place: _Place, course: _Course) -> None:
    """The cluster manager is killed while the alias moves to a rebuilt index."""
    manager, known = place.manager(), set(place.ask("/faults-*/_settings"))

    def about_to_swap() -> bool:
        made = {name: at for name, at in place.ask("/faults-*/_settings").items() if name not in known}
        return any(int(at["settings"]["index"]["number_of_replicas"]) > 0 for at in made.values())

    begun = place.archive.begin("reindex")
    waiting.until(lambda: begun.poll() is not None or about_to_swap(), seconds=300)
    manager.kill()
    course.at = time.monotonic()
    course.ended = place.archive.end(begun)
    served = [row["index"] for row in place.ask("/_cat/aliases/faults?format=json")]
    if len(served) != 1:
        course.wrong.append(f"the alias names {served}")


def _fill_a_disk(place: _Place, course: _Course) -> None:
    """The disk of a node is full while articles are indexed."""
    if not place.small:
        course.wrong.append("left out: a small disk needs the right to mount one")
        return
    full = {"cluster.routing.allocation.disk.threshold_enabled": True, **_FULL_AT}
    place.ask("/_cluster/settings", method="PUT", body={"transient": full})
    begun = place.index_until(0.3)
    filling = place.disk / "filling"
    with filling.open("wb") as file, suppress(OSError):
        for _ in range(max(0, disk_usage(place.disk).free - _LEFT) // 4096):
            file.write(bytes(4096))
    course.at = time.monotonic()
    course.ended = place.archive.end(begun)
    time.sleep(_AFTER)  # the nodes look at disks every ten seconds
    filling.unlink()
    place.ask("/_cluster/settings", method="PUT", body={"transient": dict.fromkeys(full)})
    place.ask("/_cluster/reroute?retry_failed=true", method="POST")


def _stop_a_node(place: _Place, course: _Course) -> None:
    """A node is stopped for 30 s, as by a network that is cut."""
    victim = next(node for node in place.cluster.nodes if node is not place.manager())
    victim.signal(signal.SIGSTOP)
    course.at = time.monotonic()
    try:
        time.sleep(_STOPPED)
    finally:
        victim.signal(signal.SIGCONT)


def _mounted(folder: Path) -> bool:
    """Whether a small disk could be mounted there, for the user of the nodes."""
    user = ordinary_user()
    owner = f",uid={user[0]},gid={user[1]}" if user else ""
    command = ["mount", "-t", "tmpfs", "-o", f"{_DISK}{owner}", "tmpfs", str(folder)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0
