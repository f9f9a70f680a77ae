"""Fixtures that several packages' tests share."""

from __future__ import annotations

import gc
import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from shutil import disk_usage

import pytest
from filelock import FileLock

from search import budget
from search.engines.registry import EMBEDDED
from search.service import SearchService
from search.settings import Settings
from tests.bench.processes import kashaf
from tests.examples import register_profiles
from tests.opensearch.distribution import Missing
from tests.opensearch.keeper import shared_node
from tests.small_index import build_index, sample_articles

register_profiles()

_TESTS = Path(__file__).resolve().parent
SHARED = _TESTS.parents[1] / "shared"
#: The files that take longest, the longest first: a worker that began one of them last would be waited for.
LONGEST = (
    "quality/test_ranking_of_newspapers.py",
    "crawl/test_generated.py",
    "browser/test_accessibility.py",
    "crawl/test_real.py",
    "analysis/names/test_names_in_news.py",
    "browser/test_search.py",
    "browser/test_understanding.py",
    "browser/test_over_time.py",
    "browser/test_saved.py",
    "browser/test_requests.py",
    "browser/test_forced_colours.py",
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


#: A file system in memory, where Linux has one, and the bytes that must be free there for the files of the tests.
_MEMORY, _ROOM = Path("/dev/shm"), 6 * 10**9


def _write_to_memory() -> None:
    """Has temporary files of this process and of those it starts in memory: tests make thousands of indexes, each of
    which is written through to the disk several times. A TMPDIR that was given stays.
    """
    if "TMPDIR" not in os.environ and os.access(_MEMORY, os.W_OK) and disk_usage(_MEMORY).free > _ROOM:
        os.environ["TMPDIR"] = tempfile.tempdir = str(_MEMORY)


_write_to_memory()


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


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says in one line for each reason how many tests were left out."""
    reports = terminalreporter.getreports("skipped")
    reasons = Counter(str(report.longrepr[2]) for report in reports if isinstance(report.longrepr, tuple))
    for reason, count in sorted(reasons.items()):
        terminalreporter.write_line(f"{count} tests: {reason.removeprefix('Skipped: ')}")


def pytest_collection_finish() -> None:
    """Spares Python's collector of cycles the modules and tests, which all stay to the end."""
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def unhurried() -> Iterator[None]:
    """Gives every search the time it takes: what is tested must not depend on how busy the machine is."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(budget, "SECONDS", 600.0)
        yield


def _folder_of_the_run(factory: pytest.TempPathFactory) -> Path:
    """The temporary folder that all workers share."""
    own = factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """The folder of this name that `make` makes: once a run, by the worker that needs it first. To be read only."""
    folder = _folder_of_the_run(factory) / name
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            unfinished = folder.with_name(f"{name}-unfinished")
            make(unfinished)
            unfinished.rename(folder)
    return folder


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The addresses, joined by commas, of nodes of OpenSearch that all workers share: those that KASHAF_TEST_CLUSTER
    names, else of one that is started. Who writes there gives indexes names of his own.

    Where none can be started, what needs one is left out; in CI that is a failure.
    """
    if given := os.environ.get("KASHAF_TEST_CLUSTER"):
        yield given
        return
    with ExitStack() as ended:
        try:
            addresses = ended.enter_context(shared_node(_folder_of_the_run(tmp_path_factory)))
        except Missing as missing:
            if os.environ.get("CI") == "true":
                pytest.fail(f"OpenSearch cannot be started: {missing}")
            pytest.skip(f"left out: OpenSearch cannot be started: {missing}")
        yield ",".join(addresses)


@pytest.fixture(scope="session")
def sample_index(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The name of an engine → its index of the bundled sample, which is made once a run. What changes it copies it."""

    def of_engine(engine: str) -> Path:
        make = partial(build_index, articles=sample_articles(), engine=engine)
        return made_once(tmp_path_factory, f"sample-{engine}", make)

    return of_engine


@pytest.fixture(scope="session")
def sample(sample_index: Callable[[str], Path]) -> Path:
    """The usual engine's index of the bundled sample, to be read only."""
    return sample_index(EMBEDDED[0])


@pytest.fixture(scope="session", params=EMBEDDED)
def sample_service(request: pytest.FixtureRequest, sample_index: Callable[[str], Path]) -> SearchService:
    """A search service over the bundled sample, once for each engine."""
    return SearchService.open(Settings(index=sample_index(request.param)))


@pytest.fixture(scope="session")
def service(sample_service: SearchService) -> SearchService:
    """The same; tests of the web package have one of their own by this name."""
    return sample_service


@pytest.fixture(scope="session")
def newspapers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of real news, all of saudinewsnet."""
    return made_once(
        tmp_path_factory,
        "newspapers",
        lambda index: kashaf("index", "--index", index, SHARED / "news" / "saudinewsnet.jsonl.gz"),
    )
