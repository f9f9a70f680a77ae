"""The floors of floors.toml for questions and the passages that answer them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.processes import kashaf
from tests.conftest import SHARED
from tests.quality.floors import FLOORS, assert_floor_is_kept

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def passages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of the passages that two of the sets judge."""
    index = tmp_path_factory.mktemp("passages") / "index"
    kashaf("index", "--index", index, SHARED / "relevance" / "passages.jsonl.gz")
    return index


def test_each_set_has_a_test() -> None:
    assert set(FLOORS["ranking"]) == {"tydi", "xquad", "saudi-titles"}


@pytest.mark.parametrize("topics", ["tydi", "xquad"])
def test_questions_find_their_passages(topics: str, passages: Path) -> None:
    assert_floor_is_kept(topics, passages)
