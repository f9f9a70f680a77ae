"""One run that meets a full disk, what it says, and what the next run makes of it once there is room.

In: a scenario and how many bytes are left when the run begins. Out: what was wrong, one line each. The disk is one in
memory, which only root can mount. Called by `tests/bench/kills.py`.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import disk_usage
from typing import Final

from search.errors import KashafError
from tests.bench.killing.contents import contents_of, differences, leftovers
from tests.bench.killing.moments import Moment
from tests.bench.killing.scenarios import Place
from tests.bench.killing.trials import Course, age, looked_at, put_back, run, run_again, unsound

#: Bytes that are left: from nothing to what most of the runs need.
LEFT: Final = (0, 5_000, 20_000, 60_000, 150_000, 400_000, 1_000_000)
_NOT_KILLED: Final = Moment("none", 0, "main")
_SIZE: Final = "size=64m"


@contextmanager
def small_disk(folder: Path) -> Iterator[bool]:
    """Mount a small disk at this folder until the block ends; False where this user may not."""
    folder.mkdir(parents=True)
    mount = ["mount", "-t", "tmpfs", "-o", _SIZE, "tmpfs", str(folder)]
    mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(folder)], check=True)


def filled(course: Course, place: Place, left: int) -> tuple[bool, list[str]]:
    """Run the command with so little room; whether it was too little, and what was wrong."""
    put_back(course, place)
    filling = place.root / "filling"
    with filling.open("wb") as file:
        for _ in range(max(0, disk_usage(place.root).free - left) // 4096):
            file.write(bytes(4096))
    status, said = run(course, place, _NOT_KILLED)
    wrong = list(looked_at(course, place))
    if status not in (0, 1) or "Traceback" in said:
        wrong.append(f"status {status}: {said[-500:]}")
    if status:
        told = [line for line in said.splitlines() if line.startswith("kashaf: ")]
        if len(told) != 1 or "no space left" not in told[0].lower():
            wrong.append(f"said: {said[-400:]}")
    filling.unlink()
    age(place)
    try:
        if status or course.scenario.again or "no room" in said:
            run_again(course, place)
        wrong += differences(course.after, contents_of(place.index))
        wrong += unsound(place)
    except (AssertionError, KashafError, OSError) as error:
        wrong.append(f"run again: {error}"[:400])
    wrong += [f"left: {name}" for name in leftovers(place.index)]
    return bool(status), wrong
