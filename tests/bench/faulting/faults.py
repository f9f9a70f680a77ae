"""The faults: each takes a place and a course, has its fault happen there, and notes its moment and what it met.

FAULTS has them by their sentence in the table of docs/cluster.md. Used by `tests/bench/cluster_faults.py`.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from shutil import disk_usage
from typing import Final

from tests import waiting
from tests.bench.faulting.course import Course
from tests.bench.faulting.place import Place
from tests.opensearch.node import Node

_NOTICED: Final = 5.0  # seconds that a killed node stays away
_STOPPED: Final = 30.0  # seconds that a node is stopped
_FULL: Final = 25.0  # seconds that a disk stays full at least: nodes look every ten
_LEFT: Final = 3_000_000  # bytes on a disk that is full
_FULL_AT: Final = {  # bytes that are left, since shares would depend on the disk of this machine
    "cluster.routing.allocation.disk.watermark.low": "60mb",
    "cluster.routing.allocation.disk.watermark.high": "40mb",
    "cluster.routing.allocation.disk.watermark.flood_stage": "20mb",
}


def kill_while_indexing(place: Place, course: Course) -> None:
    begun = place.index_until(0.4, course)
    _kill(_data_node(place), course)
    place.start_killed(after=_NOTICED)
    course.ended = place.archive.end(begun)


def kill_while_searching(place: Place, course: Course) -> None:
    _kill(_data_node(place), course)
    place.start_killed(after=_NOTICED)


def kill_manager_while_swapping(place: Place, course: Course) -> None:
    manager, known, served = place.manager(), set(place.ask("/faults-*/_settings")), place.served()

    def swaps() -> bool:
        """Whether the rebuilt index gets its copies, which is the last thing before the alias moves."""
        made = {name: at for name, at in place.ask("/faults-*/_settings").items() if name not in known}
        return any(int(at["settings"]["index"]["number_of_replicas"]) > 0 for at in made.values())

    begun = place.archive.begin("reindex")
    waiting.until(lambda: begun.poll() is not None or swaps(), seconds=600)
    if begun.poll() is not None:
        course.wrong.append("the fault met no swap: the run had ended")
    _kill(manager, course)
    place.start_killed(after=_NOTICED)
    course.ended = place.archive.end(begun)
    now = place.served()
    if len(now) != 1 or (now == served and not course.ended.status):
        course.wrong.append(f"status {course.ended.status}, the alias names {now}, before {served}")


def fill_a_disk(place: Place, course: Course) -> None:
    if not place.small:
        course.wrong.append("left out: a small disk needs the right to mount one")
        return
    limits = {"cluster.routing.allocation.disk.threshold_enabled": True, **_FULL_AT}
    place.ask("/_cluster/settings", method="PUT", body={"transient": limits})
    begun = place.index_until(0.3, course)
    filling = place.disk / "filling"
    course.at = time.monotonic()
    with suppress(OSError), filling.open("wb") as file:  # the node may fill it meanwhile
        while (left := disk_usage(place.disk).free) > _LEFT:
            file.write(bytes(min(left - _LEFT, 1_000_000)))
            file.flush()
    left = disk_usage(place.disk).free
    if left > 2 * _LEFT:
        course.wrong.append(f"the disk was not full: {left} bytes were left")
    course.ended = place.archive.end(begun)
    time.sleep(max(0.0, course.at + _FULL - time.monotonic()))
    filling.unlink(missing_ok=True)
    place.ask("/_cluster/reroute?retry_failed=true", method="POST")
    waiting.until(lambda: not _is_blocked(place), seconds=60)  # the nodes look again
    place.ask("/_cluster/settings", method="PUT", body={"transient": dict.fromkeys(limits)})


def stop_a_node(place: Place, course: Course) -> None:
    victim = _data_node(place)
    course.at = time.monotonic()
    victim.signal(signal.SIGSTOP)
    try:
        time.sleep(_STOPPED)
        if _state_of(victim) != "T":
            course.wrong.append("the node was not stopped")
    finally:
        victim.signal(signal.SIGCONT)


FAULTS: Final[dict[str, Callable[[Place, Course], None]]] = {
    "a data node is killed while articles are indexed": kill_while_indexing,
    "a data node is killed while nobody writes": kill_while_searching,
    "the cluster manager is killed while the alias moves to a rebuilt index": kill_manager_while_swapping,
    "the disk of a node is full while articles are indexed": fill_a_disk,
    "a node is stopped for 30 s, as by a network that is cut": stop_a_node,
}


def _data_node(place: Place) -> Node:
    """A node that is not the cluster manager."""
    manager = place.manager()
    return next(node for node in reversed(place.cluster.nodes) if node is not manager)


def _kill(node: Node, course: Course) -> None:
    course.at = time.monotonic()
    node.kill()


def _is_blocked(place: Place) -> bool:
    """Whether an index takes nothing, since a disk was full."""
    found = place.ask("/*/_settings/index.blocks.*?flat_settings=true")
    return any(each["settings"] for each in found.values())


def _state_of(node: Node) -> str:
    """The letter by which the system says what a process does: T where it is stopped."""
    return Path(f"/proc/{node.pid}/stat").read_text().rpartition(")")[2].split()[0]
