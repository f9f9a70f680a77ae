"""The floor of floors.toml for Latin names: held-out ones, read among thousands of Arabic spellings."""

from __future__ import annotations

import random
import tomllib
from collections import defaultdict
from pathlib import Path

import pytest

from search.analysis.lexicon.building.learn_latin_names import is_held_out, read_names
from search.analysis.names.latin_spellings import bundled
from tests.conftest import SHARED

pytestmark = pytest.mark.shared

FLOOR = tomllib.loads(Path(__file__).with_name("floors.toml").read_text(encoding="utf-8"))["latin-names"]


def test_the_right_spelling_of_a_held_out_name_is_among_the_first_ten() -> None:
    pairs = read_names(SHARED / "conflation" / "names.tsv")
    spellings: defaultdict[str, set[str]] = defaultdict(set)
    for name, spelling in pairs:
        spellings[name].add(spelling)
    chosen = random.Random(1)
    names = chosen.sample(sorted(filter(is_held_out, spellings)), FLOOR["names"])
    right = {spelling for name in names for spelling in spellings[name]}
    others = sorted({spelling for _, spelling in pairs} - right)
    among = right.union(chosen.sample(others, FLOOR["spellings"] - len(right)))
    found = sum(not spellings[name].isdisjoint(_first_ten(name, among)) for name in names) / len(names)
    assert found >= FLOOR["first-ten"], found


def _first_ten(name: str, among: set[str]) -> list[str]:
    readings = sorted(bundled().readings(name), key=lambda reading: -reading.log_odds)
    return [reading.word for reading in readings if reading.word in among][:10]
