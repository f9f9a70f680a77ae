"""The first steps of a run raise nothing but SettingsError, whatever is told of the index directory."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from indexer.first_steps import first_steps
from tests.indexer.archives import archive, rows


def test_an_index_directory_that_cannot_be_looked_into_is_left_to_who_opens_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where its manifest lies is not known: a file is in its way, or this user may not enter it."""
    path = archive(tmp_path / "a.jsonl", rows(0, 2))
    right = os.stat

    def refused(place: object, **options: bool) -> os.stat_result:
        if str(place).endswith("kashaf.json"):
            raise PermissionError(13, "Permission denied", str(place))
        return right(place, **options)  # type: ignore[call-overload, no-any-return]

    monkeypatch.setattr(os, "stat", refused)
    with first_steps([str(path)], everything=False, index=str(tmp_path / "index"), jobs=1) as steps:
        assert steps.settings.index == tmp_path / "index"
