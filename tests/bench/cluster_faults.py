"""python -m tests.bench cluster_faults [--rounds N]: three nodes, one replica, twenty searches a second, and faults.

In turn a data node is killed while articles are indexed and while nobody writes, the cluster manager while the alias
moves to a rebuilt index, the disk of a node is filled while articles are indexed, and a node is stopped for 30 s.
Each time: no article lost that a run acknowledged, no traceback, less than one search of a hundred without an answer,
and only in the seconds after the fault. Prints the table of docs/cluster.md. --rounds N does all of it N times.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from typing import Final

from tests.bench.faulting.course import HEAD, Course
from tests.bench.faulting.faults import FAULTS
from tests.bench.faulting.place import Place
from tests.bench.figures import Figure

_ARTICLES: Final = 6_000  # of the archive at first, and added by each run that a fault meets
_SECONDS_AFTER: Final = 15.0  # in which errors are allowed
_SHARE: Final = 0.01  # of the searches that a fault meets


def measure(rounds: int) -> Iterator[Figure | str]:
    """All faults, so many times."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # nodes, the site and the small disk are to be put away
    courses: list[Course] = []
    yield HEAD
    with Place(_ARTICLES) as place:
        for _ in range(rounds or 1):
            for name, fault in FAULTS.items():
                course = place.meet(name, fault)
                courses.append(course)
                yield str(course)
                yield from course.told()
    yield Figure("acknowledged articles that were lost", sum(len(course.lost) for course in courses), "", at_most=0)
    yield Figure(
        "searches without an answer, worst fault", 100 * max(c.share for c in courses), "%", at_most=100 * _SHARE
    )
    yield Figure("the last of them after a fault", max(c.last_failure for c in courses), "s", at_most=_SECONDS_AFTER)
    yield Figure("runs, answers or logs that were wrong", sum(len(c.wrong) for c in courses), "", at_most=0)
