"""The floors of floors.toml for conflation, measured by the command that a user would run."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest

from tests.conftest import SHARED
from tests.quality.floors import FLOORS

pytestmark = pytest.mark.shared

ROOT = Path(__file__).resolve().parents[2]
Rows = list[tuple[str, str]]  # word or spelling, and the class it belongs to


@pytest.mark.parametrize("analysis", FLOORS["conflation"])
def test_conflation_keeps_its_floors(analysis: str) -> None:
    floor = FLOORS["conflation"][analysis]
    precision, recall, f1 = measured_conflation(floor, one_in=floor.get("one-in", 1))
    measured = f"precision {precision:.4f}, recall {recall:.4f}, F1 {f1:.4f}"
    assert f1 >= floor["f1"] and precision >= floor["precision"], measured


def measured_conflation(floor: Mapping[str, Any], *, one_in: int = 1) -> tuple[float, float, float]:
    """B-cubed precision, recall and F1 of the words of this floor; one_in: only of every class in so many."""
    gold = _gold(SHARED / "conflation" / floor["gold"])
    rows = [(word, belongs) for word, belongs in gold if crc32(belongs.encode()) % one_in == 0]
    return _b_cubed()(rows, _printed_keys(dict(rows), floor["options"]))


def _kashaf(*arguments: str, stdin: str = "") -> str:
    """What the command prints, run as a process of its own."""
    command = [sys.executable, "-m", "kashaf", *arguments]
    done = subprocess.run(command, input=stdin, capture_output=True, encoding="utf-8", cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr[-400:]
    return done.stdout


def _gold(path: Path) -> Rows:
    rows = [row.split("\t")[:2] for row in path.read_text(encoding="utf-8").splitlines()]
    return [(spelling, name) for name, spelling in rows] if path.name == "names.tsv" else [(w, c) for w, c in rows]


def _printed_keys(words: Iterable[str], options: list[str]) -> dict[str, set[str]]:
    printed = _kashaf("analyze", *options, stdin="".join(f"{word}\n" for word in words))
    split = (line.split("\t") for line in printed.splitlines())
    return {word: set(keys) - {""} for word, *keys in split}


def _b_cubed() -> Callable[[Rows, Mapping[str, set[str]]], tuple[float, float, float]]:
    """The scoring function of ../shared; it is read where it lies, as all of that folder."""
    spec = importlib.util.spec_from_file_location("score", SHARED / "conflation" / "score.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    score: Callable[[Rows, Mapping[str, set[str]]], tuple[float, float, float]] = module.b_cubed
    return score
