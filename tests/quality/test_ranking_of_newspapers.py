"""The floor of floors.toml for titles of newspapers, searched in their bodies."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.quality.floors import assert_floor_is_kept

pytestmark = pytest.mark.shared


def test_titles_find_their_articles(newspapers: Path) -> None:
    assert_floor_is_kept("saudi-titles", newspapers)
