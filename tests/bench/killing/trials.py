"""One run that is killed, what is found then, and what the next run makes of it.

In: a scenario and a moment. Out: what was wrong, one line each. Called by `tests/bench/kills.py`.
"""

from __future__ import annotations

import gc
import random
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from os import kill, killpg, utime
from pathlib import Path
from shutil import copytree, rmtree
from signal import SIGKILL
from typing import Final

from indexer.verification import article_lookup
from indexer.verification.verify import verify
from search.errors import KashafError
from search.index.directory import IndexDirectory
from search.pages.records import SearchRequest
from search.service import SearchService
from search.settings import Settings
from tests import forked
from tests.bench.killing.contents import Contents, articles_of, contents_of, differences, leftovers
from tests.bench.killing.moments import Moment, draw, of_session
from tests.bench.killing.scenarios import Place, Scenario

_UNKILLED: Final = Moment("count", 0, "main")
_ORPHAN_SECONDS: Final = 15.0  # in which processes that a killed one left must end, on a machine that is busy
_LOOK: Final = 0.02
_EVENTS_OF_A_WATCH: Final = 400
_LOOKED_UP: Final = 60  # articles that `verify` looks up each time


@dataclass(slots=True)
class Course:
    """A scenario of one variant: where it begins and where it ends undisturbed.

    before, after  the articles and all contents then
    events         of the undisturbed run; in_swap: those since its manifest was begun to be replaced
    """

    scenario: Scenario
    variant: int
    state: Path
    routes: dict[str, object]
    before: dict[str, tuple[int, int | None, bytes]] = field(default_factory=dict)
    after: Contents = field(default_factory=dict)
    events: int = 0
    in_swap: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Killed:
    """A run that was killed, or came to its end before. wrong: what was not as it should be."""

    scenario: str
    moment: Moment
    died: bool
    wrong: tuple[str, ...]


def prepared_course(scenario: Scenario, variant: int, place: Place, states: Path) -> Course:
    """Make the state in which the scenario begins, and run it undisturbed."""
    _clear(place)
    scenario.before(place, variant)
    state = states / f"{scenario.name}-{variant}".replace(" ", "-")
    copytree(place.root, state, symlinks=True)
    course = Course(scenario, variant, state, dict(place.site.routes))
    course.before = articles_of(place.index) if place.index.exists() else {}
    began = time.monotonic()
    status, said = run(course, place, _UNKILLED)
    course.seconds = time.monotonic() - began
    assert status == (-SIGKILL if scenario.watches else 0), said
    counted = re.search(r"events (\d+) (\d+)", said)
    course.events, course.in_swap = (int(counted[1]), int(counted[2])) if counted else (_EVENTS_OF_A_WATCH, 0)
    if scenario.again:
        run_again(course, place)
    course.after = contents_of(place.index)
    return course


def trial(course: Course, place: Place, chance: random.Random, *, swap: bool) -> Killed:
    """Kill the run at a moment that is drawn, look at what is left, run it again and compare."""
    scenario = course.scenario
    workers = scenario.workers and scenario.small
    moment = draw(
        chance, events=course.events, in_swap=course.in_swap, seconds=course.seconds, swap=swap, workers=workers
    )
    put_back(course, place)
    status, said = run(course, place, moment)
    wrong = []
    died = status == -SIGKILL
    if status not in (0, -SIGKILL):
        wrong.append(f"status {status}: {said[-300:]}")
    if "Traceback" in said:
        wrong.append(f"traceback: {said[-300:]}")
    wrong += looked_at(course, place)
    age(place)
    try:
        if died or scenario.again:
            run_again(course, place)
        wrong += differences(course.after, contents_of(place.index))
        wrong += unsound(place)
    except (AssertionError, KashafError, OSError) as error:
        wrong.append(f"run again: {error}"[:400])
    wrong += [f"left: {name}" for name in leftovers(place.index)]
    wrong += [f"left: {path.name} of temporary files" for path in place.temporary.iterdir()]
    return Killed(scenario.name, moment, died, tuple(wrong))


def age(place: Place) -> None:
    """Make what was being written aside two hours old, so that the next run may know that nobody writes it any more."""
    for path in place.index.rglob("*.new"):
        utime(path, times=(time.time() - 7200,) * 2)


def _clear(place: Place) -> None:
    """Empty the folder, which itself may be a disk."""
    place.root.mkdir(parents=True, exist_ok=True)
    for path in place.root.iterdir():
        rmtree(path) if path.is_dir() else path.unlink()
    place.temporary.mkdir()


def put_back(course: Course, place: Place) -> None:
    """Have the place be as it was when the scenario begins."""
    _clear(place)
    copytree(course.state, place.root, dirs_exist_ok=True)
    place.site.routes.clear()
    place.site.routes.update(course.routes)  # type: ignore[arg-type]


def run(course: Course, place: Place, moment: Moment) -> tuple[int, str]:
    """Run the command until it ends or is killed; its status and what it wrote."""
    scenario = course.scenario
    size = "small" if scenario.small else "large"
    how = (moment.kind, moment.number, moment.whom, moment.module, moment.when, size)
    arguments = (*scenario.command(place), "--index", place.index)
    environ = {"TMPDIR": str(place.temporary)}
    prepared = ("tests.bench.killing.moments.prepare", *how)
    with forked.started(*arguments, environ=environ, prepared=prepared) as command:
        if scenario.watches:
            _follow(course, place, command)
        if moment.kind == "seconds":
            _kill_later(command, moment)
        if scenario.watches:
            _kill_later(command, Moment("seconds", 5.0 if moment.kind == "count" else 3.0, "group"))
        status = command.wait()
        left = _orphans(command.pid)
        said = command.printed("stdout") + command.printed("stderr")
        return (status, said) if not left else (status, f"{said}\nTraceback: {left} processes outlived it")


def _follow(course: Course, place: Place, command: forked.Command) -> None:
    """Make the change when the watch has brought all up to date."""
    printed = command.output / "stdout"
    while not command.ended and not (printed.exists() and "articles in the index" in command.printed("stdout")):
        time.sleep(_LOOK)
    if course.scenario.change:
        course.scenario.change(place, course.variant)


def _kill_later(command: forked.Command, moment: Moment) -> None:
    end = time.monotonic() + moment.number
    while time.monotonic() < end and not command.ended:
        time.sleep(_LOOK)
    if command.ended:
        return
    try:
        if moment.whom == "group":
            killpg(command.pid, SIGKILL)
        elif moment.whom == "main":
            kill(command.pid, SIGKILL)
        else:
            workers = [pid for pid in of_session(command.pid) if b"spawn_main" in _line(pid)]
            for worker in workers[:1]:
                kill(worker, SIGKILL)
    except ProcessLookupError:
        pass  # it has ended just now


def _line(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def _orphans(leader: int) -> int:
    """How many processes of the run are still there after some seconds."""
    left = of_session(leader)
    for _ in range(int(_ORPHAN_SECONDS / _LOOK)):  # counted, for the time goes on while a machine stands still
        if not left:
            break
        time.sleep(_LOOK)
        left = of_session(leader)
    for pid in left:
        kill(pid, SIGKILL)
    return len(left)


def looked_at(course: Course, place: Place) -> Iterator[str]:
    """What is wrong with the index as the killed run left it: nothing that was committed may be lost."""
    if not course.before and not IndexDirectory(place.index).manifest_path.exists():
        return
    try:
        now = articles_of(place.index)
    except (KashafError, AssertionError) as error:
        yield f"after the kill: {error}"
        return
    ends = course.after["articles"]
    lost = [id for id in course.before.keys() & ends.keys() if id not in now]
    if lost:
        yield f"after the kill {len(lost)} articles are missing: {lost[:5]}"
    yield from (f"after the kill: {each}" for each in unsound(place))


def unsound(place: Place) -> Iterator[str]:
    """What `kashaf verify` and a search find wrong."""
    directory = IndexDirectory(place.index)
    article_lookup._SAMPLE = _LOOKED_UP  # type: ignore[misc]
    found = verify(directory, full=False, progress=lambda *_: None)
    if not found.sound:
        yield f"not sound: {found.files.damaged[:3]} {found.articles}"
    served = SearchService.open(Settings(index=place.index))
    if served.search(SearchRequest("خبر", collapse=False)).total == 0:
        yield "a search finds nothing"
    del served
    gc.collect()  # the maps of the index's files, of which there are hundreds by the end


def run_again(course: Course, place: Place) -> None:
    """Run what is to be run after the command. Raises AssertionError where it fails."""
    scenario = course.scenario
    commands: Sequence[Sequence[object]] = scenario.again(place) if scenario.again else [scenario.command(place)]
    size = "small" if scenario.small else "large"
    prepared = ("tests.bench.killing.moments.prepare", "none", "0", "main", "", "", size)
    environ = {"TMPDIR": str(place.temporary)}
    for arguments in commands:
        done = forked.run(*arguments, "--index", place.index, environ=environ, prepared=prepared)
        assert done.returncode == 0, f"{done.stdout}{done.stderr}"[-500:]
