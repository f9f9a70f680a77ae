"""python -m tests.bench kills [--kills N]: runs of `kashaf` that are killed at random moments, and what is left then.

A fifth of the kills fall into a swap of generations; for every four, one more of each of a watch, a fetching and a
purging run is killed. After each the last commit must be whole and the next run must end in the index of an undisturbed
one; `tests/bench/killing` says what is compared. Then runs meet full disks, and ten readers ask while the index
changes. The same number of kills draws the same moments, but for those that are moments of time.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from tests.bench.figures import Figure
from tests.bench.killing.full_disks import LEFT, filled, small_disk
from tests.bench.killing.scenarios import FETCHING, PURGE, SCENARIOS, WATCH, Place, Scenario
from tests.bench.killing.ten_readers import read_meanwhile
from tests.bench.killing.trials import Course, prepared_course, trial
from tests.indexer.fetching.site import Site, running_site

_SEED: Final = 17
_SWAPS: Final = 5  # one kill of so many falls into a swap
_MORE: Final = 4  # for so many kills one more of each of watch, fetching and purge
_VARIANTS: Final = 2
_DRAWS: Final = 10  # of moments, until one kills
_NAMED: Final = 20  # wrong answers


def measure(kills: int) -> Iterator[Figure | str]:
    """Kill so many runs, and some more of those that go on or ask hosts; then fill disks, and read meanwhile."""
    with TemporaryDirectory(prefix="kashaf-kills-") as folder, running_site() as site:
        yield from _killed(kills, Path(folder), site)
        yield from _filled(Path(folder), site)
        answers, wrong = read_meanwhile(Path(folder) / "reading")
        yield from (f"  WRONG {each}" for each in wrong[:_NAMED])
        yield Figure("answers to ten readers while the index changed", answers, "", at_least=100)
        yield Figure("answers that were wrong", len(wrong), "", at_most=0)


def _killed(kills: int, folder: Path, site: Site) -> Iterator[Figure | str]:
    chance = random.Random(_SEED)
    swapping = [each for each in SCENARIOS if each.swaps]
    planned = [(each, True) for each in _in_turn(swapping, kills // _SWAPS)]
    planned += [(each, False) for each in _in_turn(list(SCENARIOS), kills - len(planned))]
    planned += [(each, False) for each in _in_turn([WATCH, FETCHING, PURGE], 3 * (kills // _MORE))]
    table, courses = _Table("killed before its end"), dict[tuple[str, int], Course]()
    place = Place(folder / "work", site)
    for number, (scenario, swap) in enumerate(planned):
        variant = number % _VARIANTS if scenario.small else 0
        key = (scenario.name, variant)
        if key not in courses:
            courses[key] = prepared_course(scenario, variant, place, folder / "states")
        row = f"{scenario.name}, in the swap" if swap else scenario.name
        for _ in range(_DRAWS):  # a moment that is drawn may never come
            done = trial(courses[key], place, chance, swap=swap)
            table.add(row, done.died, done.wrong)
            yield from (f"  WRONG {number} {row} {variant} {done.moment}: {each}" for each in done.wrong)
            if done.died:
                break
    yield from table.lines()
    yield Figure("killed runs after which something was wrong", table.wrong.total(), "", at_most=0)


def _filled(folder: Path, site: Site) -> Iterator[Figure | str]:
    table = _Table("without room")
    with small_disk(folder / "disk") as mounted:
        if not mounted:
            yield "  left out: a small disk to fill needs the right to mount one"
            return
        place = Place(folder / "disk", site)
        for scenario in (each for each in (*SCENARIOS, FETCHING) if each.small):
            course = prepared_course(scenario, 0, place, folder / "states of disks")
            for left in LEFT:
                full, wrong = filled(course, place, left)
                table.add(scenario.name, full, wrong)
                yield from (f"  WRONG {scenario.name} with {left:,} bytes: {each}" for each in wrong)
    yield from table.lines()
    yield Figure("runs on a full disk after which something was wrong", table.wrong.total(), "", at_most=0)


class _Table:
    """Counts of runs, one row for each kind. ended: what the second count says."""

    def __init__(self, ended: str) -> None:
        self._ended = ended
        self._begun, self._did = Counter[str](), Counter[str]()
        self.wrong = Counter[str]()

    def add(self, row: str, did: bool, wrong: Sequence[str]) -> None:
        """Count one run."""
        self._begun[row] += 1
        self._did[row] += did
        self.wrong[row] += bool(wrong)

    def lines(self) -> Iterator[str]:
        """The table for docs/operations.md."""
        yield f"| run | begun | {self._ended} | wrong afterwards |\n|:--|--:|--:|--:|"
        yield from (f"| {row} | {begun} | {self._did[row]} | {self.wrong[row]} |" for row, begun in self._begun.items())


def _in_turn(scenarios: list[Scenario], count: int) -> list[Scenario]:
    return [scenarios[number % len(scenarios)] for number in range(count)]
