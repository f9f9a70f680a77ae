"""The lock of a run: one at a time, and nothing is left of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.errors import SourceError
from search.storage.run_lock import run_lock

BUSY = SourceError("another run is writing here")


def test_a_second_run_is_told_at_once_and_the_next_may_go_on(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    for _ in range(2):
        with run_lock(path, busy=BUSY), pytest.raises(SourceError, match="another run"), run_lock(path, busy=BUSY):
            pass
        assert not list(tmp_path.iterdir())


def test_a_run_that_fails_gives_the_lock_back(tmp_path: Path) -> None:
    with pytest.raises(KeyError), run_lock(tmp_path / "table.csv", busy=BUSY):
        raise KeyError
    assert not list(tmp_path.iterdir())
