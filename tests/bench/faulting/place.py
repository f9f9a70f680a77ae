"""Where faults happen: three nodes with one replica, of which one has a small disk, an archive on them, and a site.

Faults come in; each leaves as a `Course`, once the nodes are whole again and all that was acknowledged has been looked
for. Used by `tests/bench/cluster_faults.py`.
"""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from tests import waiting
from tests.bench.faulting.archive import ClusterArchive, Ended
from tests.bench.faulting.course import Course
from tests.bench.faulting.readers import SteadyReaders
from tests.bench.places import topics, two_words
from tests.opensearch.node import Node, ordinary_user
from tests.opensearch.nodes import AS_SHIPPED, Cluster

_BEFORE: Final = 5.0  # seconds of searches before a fault
_AFTER: Final = 20.0  # and behind it, at least
_WARM: Final = 20.0  # seconds of searches at first: the nodes' programs are slow until they have run a while
_DISK: Final = "size=600m"
_QUERIES: Final = 300
#: As deploy/compose.yaml has it: a node that does not answer is given up after six seconds, not after half a minute.
SETTINGS: Final = {
    "cluster.fault_detection.follower_check.timeout": "2s",
    "cluster.fault_detection.follower_check.retry_count": 3,
    "cluster.fault_detection.leader_check.timeout": "2s",
    "cluster.fault_detection.leader_check.retry_count": 3,
    "search.keep_alive_interval": "5s",
    "cluster.info.update.interval": "10s",
}
#: Each article has a term in each field, if only one that says that it has no word.
_WITH_WORDS: Final = {"words": {"filter": {"exists": {"field": "body_word"}}}}


class Place(ExitStack):
    """disk: the folder of the data of the node with a small disk. articles: that are there, and that each run adds."""

    def __init__(self, articles: int) -> None:
        super().__init__()
        self.articles = articles

    def __enter__(self) -> Place:
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
        self.archive.grow(self.articles)
        ended = self.archive.run("index")
        assert ended.status == 0 and self.archive.acknowledged == self.articles, ended.said
        self.cluster.wait()
        self.site, self.log = self.enter_context(self.archive.site())
        self.queries = [two_words(topic.query) for topic in topics()[:_QUERIES]]
        with SteadyReaders(self.site, self.queries):
            time.sleep(_WARM)

    def meet(self, name: str, fault: Callable[[Place, Course], None]) -> Course:
        """Have the fault happen while readers search, wait until all is well, and look for what is lost."""
        course = Course(name)
        logged = self.log.stat().st_size
        with SteadyReaders(self.site, self.queries) as readers:
            time.sleep(_BEFORE)
            fault(self, course)
            self.mend(course)
            time.sleep(max(0.0, course.at + _AFTER - time.monotonic()))
        course.answers = sorted(readers.answers, key=lambda each: each.at)
        course.judge(readers.rate)
        course.lost = self.archive.lost()
        if course.ended and course.ended.status:
            self._run_again(course, course.ended)
            course.lost += self.archive.lost()
        course.wrong += self.unlike_copies()
        course.wrong += [f"lost {id}" for id in course.lost[:5]]
        new = self.log.read_bytes()[logged:].decode(errors="replace")
        if "Traceback" in new:
            course.wrong.append(f"the log has a traceback: {new[new.index('Traceback') - 300 :][:3000]}")
        elif any(each.status == 500 for each in course.failed):
            course.wrong.append(f"the log says: {new[-1000:]}")
        return course

    def _run_again(self, course: Course, ended: Ended) -> None:
        """A run that ended with one line is done by the next one; every other end is wrong."""
        again = self.archive.run("index")
        if ended.broken or again.status:
            course.wrong.append(f"status {ended.status}: {ended.said[-400:]} then {again.status}: {again.said[-400:]}")

    def start_killed(self, *, after: float) -> None:
        """Start again what was killed, so many seconds later, as a machine comes back."""
        time.sleep(after)
        self.cluster.start()

    def mend(self, course: Course) -> None:
        """Wait until every part is there twice."""
        self.cluster.wait(seconds=300)
        course.green = time.monotonic() - course.at

    def served(self) -> set[str]:
        """The indices that the alias names."""
        return {row["index"] for row in self.ask("/_cat/aliases/faults?format=json")}

    def unlike_copies(self) -> list[str]:
        """What the two copies of a part of the served index say differently: articles, or those that have words.

        A copy that was away is completed by what it missed; of an article without its words a list of all would not
        tell.
        """
        (index,) = self.served()
        self.ask(f"/{index}/_refresh", method="POST")
        numbers = {each["name"]: number for number, each in self.ask("/_nodes")["nodes"].items()}
        told: dict[str, list[tuple[int, int]]] = {}
        for row in self.ask(f"/_cat/shards/{index}?format=json"):
            place = f"_shards:{row['shard']}|_only_nodes:{numbers[row['node']]}"
            asked = {"size": 0, "track_total_hits": True, "aggs": _WITH_WORDS}
            found = self.ask(f"/{index}/_search?preference={place}", method="POST", body=asked)
            counts = found["hits"]["total"]["value"], found["aggregations"]["words"]["doc_count"]
            told.setdefault(row["shard"], []).append(counts)
        alone = [f"part {part} has {len(counts)} copies" for part, counts in told.items() if len(counts) != 2]
        unlike = [f"the copies of part {part} have {counts}" for part, counts in told.items() if len(set(counts)) > 1]
        found_articles = sum(counts[0][0] for counts in told.values())
        if found_articles != self.archive.written:
            unlike.append(f"the parts hold {found_articles} articles of {self.archive.written}")
        return alone + unlike

    def manager(self) -> Node:
        (row,) = self.ask("/_cat/cluster_manager?format=json")
        return next(node for node in self.cluster.nodes if node.name == row["node"])

    def ask(self, path: str, **asked: Any) -> Any:
        """What the first node that answers says."""
        for node in self.cluster.nodes:
            with suppress(OSError):
                return node.ask(path, seconds=5, **asked)
        raise OSError(f"no node answers {path}")

    def sent(self) -> int:
        """How many articles the nodes have taken since they were started, copies left out."""
        found = self.ask("/faults-*/_stats/indexing")
        return int(found["_all"]["primaries"]["indexing"]["index_total"])

    def index_until(self, share: float, course: Course) -> subprocess.Popen[str]:
        """Begin to index more articles and return when this share of them has been sent and the rest has not."""
        self.archive.grow(self.articles)
        before = self.sent()
        begun = self.archive.begin("index")

        def done() -> float:
            return (self.sent() - before) / self.articles

        waiting.until(lambda: begun.poll() is not None or done() >= share, seconds=600)
        course.met = done()
        if begun.poll() is not None or not share <= course.met < 1:
            course.wrong.append(f"the fault met no run: {course.met:.0%} of its articles had been sent")
        return begun


def _mounted(folder: Path) -> bool:
    """Whether a small disk could be mounted there, for the user of the nodes."""
    user = ordinary_user()
    owner = f",uid={user[0]},gid={user[1]}" if user else ""
    command = ["mount", "-t", "tmpfs", "-o", f"{_DISK}{owner}", "tmpfs", str(folder)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0
