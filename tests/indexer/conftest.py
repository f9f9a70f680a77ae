"""Fixtures that the tests of the index directory share."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.engines.registry import NAMES
from tests.indexer.archives import archive, rows


@pytest.fixture(params=NAMES)
def engine(request: pytest.FixtureRequest) -> str:
    """The name of each engine in turn."""
    return str(request.param)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where an index is to be made."""
    return tmp_path / "index"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An archive of thirty articles."""
    return archive(tmp_path / "a.jsonl", rows(0, 30))
