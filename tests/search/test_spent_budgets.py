"""What is left when the time is used up: of lists of copies on every engine, of all articles on Whoosh."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from math import inf
from pathlib import Path

import pytest

from search import answering, budget, extent
from search.article import Article
from search.budget import Budget
from search.engines.base import Found, Order
from search.engines.registry import EMBEDDED
from search.engines.whoosh import time_limit as whoosh_time
from search.index.remembering_engine import RememberingEngine
from search.pages.as_json import page_object
from search.pages.as_text import page_lines
from search.pages.records import Filters, SearchPage, SearchRequest
from search.pages.text_style import TextStyle
from search.query.clauses import Clause
from search.service import SearchService
from search.settings import Settings
from tests.small_index import build_index, open_index

ASKED = SearchRequest("القمح", limit=4)


def archive() -> list[Article]:
    """Five stories on wheat, the first of them in thirty copies, from two sources."""
    stories = [f"خبر عن القمح {' '.join(f'كلمة{story}و{word}' for word in range(40))}" for story in range(5)]
    rows = [(story, copy) for story in range(5) for copy in range(1 if story else 30)]
    return [
        Article(f"{story}-{copy}", "", stories[story], published="2020-01-01", source=(f"مصدر {copy % 2}",))
        for story, copy in rows
    ]


@pytest.fixture(scope="module", params=EMBEDDED)
def copied(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> SearchService:
    return open_index(tmp_path_factory.mktemp("copied"), archive(), engine=request.param)


@dataclass
class Watched:
    """How many matches each search asked for, and how often counts were."""

    limits: list[int] = field(default_factory=list)
    counted: int = 0


@pytest.fixture
def watched(copied: SearchService, monkeypatch: pytest.MonkeyPatch) -> Watched:
    """Lists whose first four matches are read at first, and what the engine is asked for."""
    engine, seen = type(copied.index.engine), Watched()
    search, counts = engine.search, engine.counts

    def watching(
        self: object, clause: Clause, *, limit: int, order: Order = Order.RELEVANCE, total: bool = True
    ) -> Found:
        seen.limits.append(limit)
        return search(self, clause, limit=limit, order=order, total=total)  # type: ignore[arg-type]

    def counting(self: object, clause: Clause, fields: Sequence[str], **options: int) -> object:
        seen.counted += 1
        return counts(self, clause, fields, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(engine, "search", watching)
    monkeypatch.setattr(engine, "counts", counting)
    monkeypatch.setattr(answering, "_FETCHED", 8)
    return seen


def late() -> Budget:
    """A budget that every step exceeds."""
    ticks = count(step=10)
    return Budget(1.0, clock=lambda: next(ticks))


def kinds(page: SearchPage) -> list[str]:
    return [note.kind for note in page.notes]


def test_a_list_of_copies_is_read_on_while_there_is_time(copied: SearchService, watched: Watched) -> None:
    page = copied.search(ASKED)
    assert (len(page.hits), page.pages, kinds(page)) == (4, 2, [])
    assert max(watched.limits) > 30
    watched.limits.clear()
    cut = copied.search(ASKED, late())
    assert 1 <= len(cut.hits) < 4
    assert [hit.article.id for hit in cut.hits] == [hit.article.id for hit in page.hits[: len(cut.hits)]]
    assert "budget-counts" in kinds(cut)
    assert max(watched.limits) == 8
    assert (cut.total, cut.pages, cut.truncated) == (34, 1, True)


@pytest.mark.parametrize("grouped", [0, 100])
def test_how_far_a_list_reaches_is_found_out_while_there_is_time(
    copied: SearchService, watched: Watched, monkeypatch: pytest.MonkeyPatch, grouped: int
) -> None:
    """By the groups of all matches, or by reading them: neither after an answer that took all the time."""
    monkeypatch.setattr(extent, "_MOST_GROUPED", grouped)
    request = SearchRequest("القمح", limit=1, facets=False)
    whole = copied.search(request)
    assert (whole.pages, kinds(whole)) == (5, [])
    assert (watched.counted > 0, max(watched.limits) > 8) == (grouped > 0, grouped == 0)
    watched.limits.clear()
    watched.counted = 0
    cut = copied.search(request, late())
    assert kinds(cut) == ["budget-counts"]
    assert (watched.counted, watched.limits) == (0, [8])
    assert cut.hits[0].article == whole.hits[0].article


def test_counts_that_take_several_rounds_are_made_where_all_fit(copied: SearchService) -> None:
    """An answer of 0.2 s leaves time for two rounds of counts out of 0.7 s, for all and for the days; not for three."""
    one, two = SearchRequest("القمح"), SearchRequest("القمح", filters=Filters(sources=("مصدر 0",)))
    for request, enough in ((one, True), (two, False)):
        clock = iter([0.0, *([0.2] * 10_000)])
        page = copied.search(request, Budget(0.7, clock=lambda clock=clock: next(clock)))  # type: ignore[misc]
        assert bool(page.facets) is enough
        assert ("budget-counts" in kinds(page)) is not enough


@pytest.fixture(scope="module")
def slow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchService]:
    """Forty different articles in Whoosh, read three at first."""
    articles = [
        Article(f"{n:02}", "", f"قمح {' '.join(f'كلمة{n}و{word}' for word in range(40))}", published="2020-01-01")
        for n in range(40)
    ]
    place: Path = build_index(tmp_path_factory.mktemp("slow"), articles, engine="whoosh")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(whoosh_time, "FIRST", 3)
        yield SearchService.open(Settings(index=place))


def test_whoosh_gives_the_hits_of_the_articles_that_it_searched_in_time_and_a_note(slow: SearchService) -> None:
    whole = {hit.article.id for hit in slow.search(SearchRequest("القمح", limit=50), Budget(inf)).hits}
    assert len(whole) == 40
    totals = set()
    for looks in range(60):
        ticks = count()
        forget(slow)
        page = slow.search(SearchRequest("القمح", limit=50), Budget(looks, clock=lambda ticks=ticks: next(ticks)))  # type: ignore[misc]
        found = {hit.article.id for hit in page.hits}
        assert found <= whole and len(found) == page.total >= 3
        assert page.cut is page.truncated is page_object(page)["cut"] is (page.total < 40)
        assert ("budget-articles" in kinds(page)) is (page.total < 40)
        assert not page.facets or page.total == 40 == sum(period.count for period in page.timeline)
        totals.add(page.total)
    assert {3, 40} <= totals


def test_examples_are_counted_in_full(slow: SearchService, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are made aside, and say how many articles they find."""
    monkeypatch.setattr(budget, "SECONDS", 0.0)
    assert slow.search(SearchRequest("قمح")).cut
    assert slow._count(slow.index, date(2020, 1, 1))("قمح") == 40


@pytest.fixture(scope="module")
def old_wheat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchService]:
    """Eighty articles in Whoosh, read three at first from the latest on; wheat is in the first twenty alone."""
    articles = [
        Article(
            f"{n:03}",
            "",
            f"{'قمح' if n < 20 else 'شعير'} {' '.join(f'كلمة{n}و{word}' for word in range(20))}",
            published=f"2020-01-{1 + n % 20:02}",
        )
        for n in range(80)
    ]
    place: Path = build_index(tmp_path_factory.mktemp("old_wheat"), articles, engine="whoosh")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(whoosh_time, "FIRST", 3)
        yield SearchService.open(Settings(index=place))


@pytest.mark.parametrize(
    "filters", [Filters(), Filters(first=date(2020, 1, 3)), Filters(undated=True), Filters(sources=("عكاظ",))]
)
def test_counts_that_the_time_ends_within_are_left_out_as_a_whole(old_wheat: SearchService, filters: Filters) -> None:
    request = SearchRequest("القمح", limit=5, filters=filters, order=Order.NEWEST, collapse=False)
    whole, seen = old_wheat.search(request, Budget(inf)), set()
    for looks in range(200):
        forget(old_wheat)
        page = old_wheat.search(request, looking(looks))
        seen.add((page.cut, bool(page.timeline)))
        if not page.cut:
            assert page.total == whole.total
            if "budget-counts" in kinds(page):
                assert (page.facets, page.timeline, page.undated) == ({}, (), 0)
            else:
                assert (page.facets, page.timeline, page.undated) == (whole.facets, whole.timeline, whole.undated)
    assert {(True, False), (False, False)} <= seen
    assert (False, bool(whole.timeline)) in seen


def test_an_answer_of_some_of_the_articles_is_not_marked_as_whole(old_wheat: SearchService) -> None:
    request = SearchRequest("القمح", limit=5)
    pages = []
    for looks in range(200):
        forget(old_wheat)
        pages.append(old_wheat.search(request, looking(looks)))
    cut = {page.total: page for page in pages if page.cut}
    assert 0 in cut and any(0 < total <= 20 for total in cut)
    for total, page in cut.items():
        assert page.truncated and page_object(page)["cut"] is True
        (count,) = (line for line in page_lines(page, TextStyle()) if " ms" in line)
        assert count.startswith("At least ") if total else count.startswith("None in the articles searched")
    (whole,) = {page.total for page in pages if not page.cut}
    assert whole == 20 and not any(page.truncated for page in pages if not page.cut)


def looking(looks: int) -> Budget:
    """A budget of so many looks at the clock."""
    ticks = count()
    return Budget(looks, clock=lambda: float(next(ticks)))


def forget(service: SearchService) -> None:
    """Have the index ask its engine again."""
    assert isinstance(service.index.engine, RememberingEngine)
    service.index.engine.forget()
