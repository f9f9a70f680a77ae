"""The floors of floors.toml: ranking and conflation, measured by the commands that a user would run."""

from __future__ import annotations

import gzip
import importlib.util
import json
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import SHARED

pytestmark = pytest.mark.shared

ROOT = Path(__file__).resolve().parents[2]
FLOORS: dict[str, dict[str, dict[str, Any]]] = tomllib.loads(
    Path(__file__).with_name("floors.toml").read_text(encoding="utf-8")
)
Index = Callable[[str], Path]
Rows = list[tuple[str, str]]  # word or spelling, and the class it belongs to


@pytest.fixture(scope="module")
def index_of(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """Makes the index of a file's bodies, once."""
    made: dict[str, Path] = {}

    def make(articles: str) -> Path:
        if articles not in made:
            folder = tmp_path_factory.mktemp("bodies")
            _blank_titles(SHARED / articles, folder / "bodies.jsonl")
            kashaf("index", "--index", str(folder / "index"), str(folder / "bodies.jsonl"))
            made[articles] = folder / "index"
        return made[articles]

    return make


@pytest.mark.parametrize("topics", FLOORS["ranking"])
def test_ranking_keeps_its_floor(topics: str, index_of: Index) -> None:
    floor = FLOORS["ranking"][topics]
    files = ("--topics", f"{SHARED}/relevance/{topics}.topics.tsv", "--qrels", f"{SHARED}/relevance/{topics}.qrels.txt")
    found = json.loads(kashaf("evaluate", "--json", "--index", str(index_of(floor["articles"])), *files))
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


def _blank_titles(source: Path, target: Path) -> None:
    with gzip.open(source, "rt", encoding="utf-8") as lines, target.open("w", encoding="utf-8") as out:
        for line in lines:
            out.write(json.dumps({**json.loads(line), "title": ""}, ensure_ascii=False) + "\n")


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
