"""python -m tests.bench kills [--kills N]: runs of `kashaf` that are killed at random moments, and what is left then.

A fifth of the kills fall into a swap of generations. After each the last commit must be whole and the next run must end
in the index of an undisturbed one; `tests/bench/killing` says what is compared. The same number of kills draws the same
moments, but for those that are moments of time.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from tests.bench.figures import Figure
from tests.bench.killing.scenarios import FETCHING, PURGE, SCENARIOS, WATCH, Place, Scenario
from tests.bench.killing.trials import Course, prepared_course, trial
from tests.indexer.fetching.site import running_site

_SEED: Final = 17
_SWAPS: Final = 5  # one kill of so many falls into a swap
_MORE: Final = 4  # for so many kills one more of each of watch, fetching and purge
_VARIANTS: Final = 2


def measure(kills: int) -> Iterator[Figure | str]:
    """Kill so many runs, and some more of those that go on or ask hosts."""
    chance = random.Random(_SEED)
    swapping = [each for each in SCENARIOS if each.swaps]
    planned = [(each, True) for each in _in_turn(swapping, kills // _SWAPS)]
    planned += [(each, False) for each in _in_turn(list(SCENARIOS), kills - len(planned))]
    planned += [(each, False) for each in _in_turn([WATCH, FETCHING, PURGE], 3 * max(1, kills // _MORE))]
    counts, died, wrong = Counter[str](), Counter[str](), Counter[str]()
    courses: dict[tuple[str, int], Course] = {}
    with TemporaryDirectory(prefix="kashaf-kills-") as folder, running_site() as site:
        place, states = Place(Path(folder) / "work", site), Path(folder) / "states"
        for number, (scenario, swap) in enumerate(planned):
            variant = number % _VARIANTS if scenario.small else 0
            key = (scenario.name, variant)
            if key not in courses:
                courses[key] = prepared_course(scenario, variant, place, states)
            done = trial(courses[key], place, chance, swap=swap)
            row = f"{scenario.name}, in the swap" if swap else scenario.name
            counts[row] += 1
            died[row] += done.died
            wrong[row] += bool(done.wrong)
            for each in done.wrong:
                yield f"  WRONG {number} {row} {variant} {done.moment}: {each}"
    yield "| run | begun | killed before its end | wrong afterwards |\n|:--|--:|--:|--:|"
    yield from (f"| {row} | {counts[row]} | {died[row]} | {wrong[row]} |" for row in counts)
    yield Figure("runs after which something was wrong", wrong.total(), "", at_most=0)


def _in_turn(scenarios: list[Scenario], count: int) -> list[Scenario]:
    return [scenarios[number % len(scenarios)] for number in range(count)]
