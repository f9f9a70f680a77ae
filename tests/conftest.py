"""Fixtures that several packages' tests share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings

from search import budget
from search.engines.registry import NAMES
from search.service import SearchService
from search.settings import Settings
from tests.bench.processes import kashaf
from tests.small_index import build_index, sample_articles

settings.register_profile("kashaf", deadline=None)  # a busy machine is no fault of the code
settings.load_profile("kashaf")

_TESTS = Path(__file__).resolve().parent
SHARED = _TESTS.parents[1] / "shared"
#: The files that take longest, the longest first: a worker that began one of them last would be waited for.
LONGEST = (
    "crawl/test_generated.py",
    "quality/test_ranking_of_newspapers.py",
    "crawl/test_real.py",
    "analysis/names/test_names_in_news.py",
    "browser/test_accessibility.py",
    "browser/test_narrow.py",
    "quality/test_ranking_of_passages.py",
    "quality/test_conflation.py",
    "engines/test_tantivy_engine.py",
    "engines/test_whoosh_engine.py",
    "indexer/test_verify.py",
    "indexer/test_killed.py",
    "indexer/test_verification_meanwhile.py",
    "indexer/test_permissions.py",
)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores, since some tests wait."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts the longest files first; leaves out what reads ../shared where it is absent.

    In CI the absence of ../shared is a failure of those tests.
    """
    places = {_TESTS / name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path, len(places)))
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
def sample_service(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> SearchService:
    """A search service over the bundled sample, once for each engine."""
    place = build_index(tmp_path_factory.mktemp("sample"), sample_articles(), engine=request.param)
    return SearchService.open(Settings(index=place))


@pytest.fixture(scope="session")
def service(sample_service: SearchService) -> SearchService:
    """The same; tests of the web package have one of their own by this name."""
    return sample_service


@pytest.fixture(scope="session")
def newspapers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of real news, all of saudinewsnet: made once a run, by the worker that needs it first."""
    own = tmp_path_factory.getbasetemp()
    index = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "newspapers"
    with FileLock(f"{index}.lock"):
        if not (index / "kashaf.json").exists():
            kashaf("index", "--index", index, SHARED / "news" / "saudinewsnet.jsonl.gz")
    return index
