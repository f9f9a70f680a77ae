"""Fixtures that several packages' tests share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from search import budget
from search.engines.registry import NAMES
from search.service import SearchService
from search.settings import Settings
from tests.small_index import build_index, sample_articles

settings.register_profile("kashaf", deadline=None)  # a busy machine is no fault of the code
settings.load_profile("kashaf")

SHARED = Path(__file__).resolve().parents[1].parent / "shared"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leaves out what reads ../shared where it is absent; in CI its absence is a failure of those tests."""
    if SHARED.is_dir() or os.environ.get("CI") == "true":
        return
    left_out = pytest.mark.skip(reason="left out: ../shared is absent")
    for item in items:
        if item.get_closest_marker("shared"):
            item.add_marker(left_out)


@pytest.fixture(scope="session", autouse=True)
def unhurried() -> Iterator[None]:
    """Gives every search the time it takes: what is tested must not depend on how busy the machine is."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(budget, "SECONDS", 600.0)
        yield


@pytest.fixture(scope="session", params=NAMES)
def service(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> SearchService:
    """A search service over the bundled sample, once for each engine."""
    place = build_index(tmp_path_factory.mktemp("sample"), sample_articles(), engine=request.param)
    return SearchService.open(Settings(index=place))
