"""What tests of the index directory do to one: index, rebuild, look at its generations."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from indexer import intake
from indexer.build import Choices, Safeguards, index, reindex
from indexer.remembered_sources.registering import remembered_roots
from indexer.report import Report
from indexer.run_options import RunOptions
from indexer.sources import Sources
from search.index.directory import IndexDirectory
from search.pages.records import SearchRequest
from search.service import SearchService
from search.settings import Settings


def take_small_batches(articles: int = 10) -> None:
    """Has a small archive take a commit for every two batches in this process, so that there are segments to merge."""
    intake.BATCH, intake.COMMIT_ARTICLES = articles, 2 * articles


def add(
    place: Path, *paths: Path, engine: str | None = None, lexicon: str | None = None, read_all: bool = False
) -> Report:
    """Indexes these files."""
    options = RunOptions(read_all=read_all)
    return index(IndexDirectory(place), Sources(paths), Choices(engine, lexicon), options=options)


def rebuild(
    place: Path, *paths: Path, engine: str | None = None, lexicon: str | None = None, **safeguards: bool
) -> Report:
    """Builds the index anew, from these files or those it remembers."""
    directory = IndexDirectory(place)
    sources = Sources(paths) if paths else remembered_roots(directory, all_there=True)
    return reindex(directory, sources, Choices(engine, lexicon), safeguards=Safeguards(**safeguards))


def generations(place: Path) -> list[str]:
    """The names of the generations that lie in the index directory."""
    return sorted(folder.name for folder in (place / "generations").iterdir())


def totals_meanwhile(place: Path, change: Callable[[], object], *, times: int) -> tuple[set[int], int]:
    """What a service that searches «خبر» without a pause finds while the index is changed so often, and afterwards.

    Raises what a search raised.
    """
    service = SearchService.open(Settings(index=place))
    failures, totals, done = list[BaseException](), set[int](), threading.Event()

    def total() -> int:
        return service.search(SearchRequest("خبر", collapse=False)).total

    def search() -> None:
        while not done.is_set():
            try:
                totals.add(total())
            except BaseException as error:
                failures.append(error)

    searcher = threading.Thread(target=search)
    searcher.start()
    try:
        for _ in range(times):
            change()
    finally:
        done.set()
        searcher.join()
    if failures:
        raise failures[0]
    return totals, total()
