"""A disk without room is said with what is free, also where an engine's thread died of it without saying so."""

from __future__ import annotations

from collections import namedtuple
from pathlib import Path

import pytest

from search.engines.tantivy.errors import writing
from search.errors import EngineError, StorageFull
from search.storage import free_space
from search.storage.free_space import free_bytes, storage_full

_Usage = namedtuple("_Usage", "total used free")
_DIED = "An error occurred in a thread: 'Worker thread failed.'"


@pytest.mark.parametrize(("free", "error"), [(0, StorageFull), (5_300_000, StorageFull), (10**9, EngineError)])
def test_a_thread_that_died_on_a_disk_without_room_died_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, error: type[Exception]
) -> None:
    monkeypatch.setattr(free_space, "disk_usage", lambda folder: _Usage(10**10, 10**10 - free, free))
    with pytest.raises(EngineError) as raised, writing(tmp_path):
        raise ValueError(_DIED)
    assert type(raised.value) is error and str(tmp_path) in str(raised.value)
    assert (f"({free / 1e6:,.1f} MB are free)" in str(raised.value)) == (error is StorageFull)


def test_a_folder_that_is_gone_is_on_the_disk_of_the_one_above_it(tmp_path: Path) -> None:
    assert free_bytes(tmp_path / "a" / "b") is not None
    assert "MB are free" in str(storage_full("the index", tmp_path / "a"))
