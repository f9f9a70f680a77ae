"""The floors of floors.toml: ranking and conflation, measured by the commands that a user would run."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from search.ranking import NEWS
from tests.conftest import SHARED

pytestmark = pytest.mark.shared

ROOT = Path(__file__).resolve().parents[2]
FLOORS: dict[str, dict[str, dict[str, Any]]] = tomllib.loads(
    Path(__file__).with_name("floors.toml").read_text(encoding="utf-8")
)
Rows = list[tuple[str, str]]  # word or spelling, and the class it belongs to


@pytest.fixture(scope="module")
def passages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of the passages that two of the sets judge."""
    index = tmp_path_factory.mktemp("passages") / "index"
    kashaf("index", "--index", str(index), str(SHARED / "relevance" / "passages.jsonl.gz"))
    return index


@pytest.fixture(scope="module")
def bodies_alone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The usual ranking profile without its signals of titles, which are the topics of one set."""
    of_titles = [signal.name for signal in fields(NEWS) if "title" in signal.name]
    assert len(of_titles) == 6
    profile = tmp_path_factory.mktemp("profile") / "bodies.toml"
    profile.write_text("".join(f"{signal} = 0.0\n" for signal in of_titles), encoding="utf-8")
    return profile


@pytest.mark.parametrize("topics", FLOORS["ranking"])
def test_ranking_keeps_its_floor(topics: str, bodies_alone: Path, request: pytest.FixtureRequest) -> None:
    floor = FLOORS["ranking"][topics]
    index = request.getfixturevalue(floor["index"])
    files = ("--topics", f"{SHARED}/relevance/{topics}.topics.tsv", "--qrels", f"{SHARED}/relevance/{topics}.qrels.txt")
    found = json.loads(kashaf("evaluate", "--json", "--profile", str(bodies_alone), "--index", str(index), *files))
    assert found["nDCG@10"] >= floor["nDCG@10"], found


@pytest.mark.parametrize("analysis", FLOORS["conflation"])
def test_conflation_keeps_its_floors(analysis: str) -> None:
    floor = FLOORS["conflation"][analysis]
    rows = _gold(SHARED / "conflation" / floor["gold"])
    precision, recall, f1 = _b_cubed()(rows, _printed_keys(dict(rows), floor["options"]))
    measured = f"precision {precision:.4f}, recall {recall:.4f}, F1 {f1:.4f}"
    assert f1 >= floor["f1"] and precision >= floor["precision"], measured


def kashaf(*arguments: str, stdin: str = "") -> str:
    """What the command prints, run as a process of its own."""
    command = [sys.executable, "-m", "kashaf", *arguments]
    done = subprocess.run(command, input=stdin, capture_output=True, encoding="utf-8", cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr[-400:]
    return done.stdout


def _gold(path: Path) -> Rows:
    rows = [row.split("\t")[:2] for row in path.read_text(encoding="utf-8").splitlines()]
    return [(spelling, name) for name, spelling in rows] if path.name == "names.tsv" else [(w, c) for w, c in rows]


def _printed_keys(words: Iterable[str], options: list[str]) -> dict[str, set[str]]:
    printed = kashaf("analyze", *options, stdin="".join(f"{word}\n" for word in words))
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
