"""How far a list of hits reaches, with and without near-duplicates; lists of over 10,000 hits are in tests/crawl."""

from __future__ import annotations

from dataclasses import replace
from math import inf

import pytest

from search import answering, extent, limits
from search.article import Article
from search.budget import Budget
from search.engines.base import Order
from search.engines.budgeted_engine import BudgetedEngine
from search.engines.registry import EMBEDDED
from search.index.all_copies import AllCopies
from search.pages import records as page
from search.pages.records import SearchRequest
from search.query.clauses import Everything
from search.service import SearchService
from tests.small_index import open_index

DEEPEST = 20


@pytest.fixture(scope="module", params=EMBEDDED)
def copied(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> SearchService:
    """34 articles on wheat: 24 stories in one article each, and one story in ten copies."""
    stories = [f"خبر عن القمح {' '.join(f'كلمة{story}و{word}' for word in range(40))}" for story in range(25)]
    rows = [(story, copy) for story in range(25) for copy in range(10 if story == 7 else 1)]
    articles = [Article(f"{story}-{copy}", "", stories[story], published="2020-01-01") for story, copy in rows]
    return open_index(tmp_path_factory.mktemp("copied"), articles, engine=request.param)


@pytest.fixture(
    params=["read with the hits", "counted", "counted in part", "read apart", "all copies known"], autouse=True
)
def way(copied: SearchService, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Copies are known from the matches that were read for the page, from counts of groups, from more matches, or not
    needed since all copies of the index are known."""
    if request.param != "read with the hits":
        monkeypatch.setattr(answering, "_FETCHED", 4)
    copies = AllCopies(copied.index.engine, countable=request.param == "all copies known")
    copies.count()
    monkeypatch.setitem(vars(copied.index), "copies", copies)
    if request.param == "counted in part":
        monkeypatch.setattr(extent, "_MANY", 30)
        monkeypatch.setattr(extent, "_SAMPLED", 32)
    if request.param == "read apart":
        monkeypatch.setattr(extent, "_MOST_GROUPED", 0)
        monkeypatch.setattr(extent, "_READ_AT_FIRST", 4)


@pytest.fixture
def shallow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists that can be read down to 20 hits."""
    monkeypatch.setattr(extent, "DEEPEST_HIT", DEEPEST)
    for module in (limits, page, extent):
        monkeypatch.setattr(module, "deepest_page", lambda limit: DEEPEST // limit)


def test_copies_are_counted_in_the_total_and_not_in_what_can_be_reached(copied: SearchService) -> None:
    found = copied.search(SearchRequest("القمح", limit=7))
    assert (found.total, found.reachable, found.pages, found.truncated) == (34, 25, 4, False)
    assert sum(hit.copies + 1 for page in range(1, 5) for hit in asked(copied, page=page, limit=7).hits) == 34


def test_with_copies_shown_every_article_can_be_reached(copied: SearchService) -> None:
    found = copied.search(SearchRequest("القمح", collapse=False))
    assert (found.total, found.reachable, found.pages, found.truncated) == (34, 34, 4, False)


@pytest.mark.parametrize("order", list(Order))
@pytest.mark.parametrize("limit", [1, 3, 7, 10, 25])
def test_the_last_page_has_a_hit_and_the_one_behind_it_none(copied: SearchService, limit: int, order: Order) -> None:
    last = asked(copied, limit=limit, order=order).pages
    assert asked(copied, limit=limit, order=order, page=last).hits
    assert not asked(copied, limit=limit, order=order, page=last + 1).hits


@pytest.mark.usefixtures("shallow")
@pytest.mark.parametrize(("limit", "pages", "reachable"), [(10, 2, 20), (7, 2, 14), (1, 20, 20)])
def test_a_list_ends_at_the_deepest_hit_with_a_note(
    copied: SearchService, limit: int, pages: int, reachable: int
) -> None:
    for collapse in (True, False):
        found = asked(copied, limit=limit, collapse=collapse)
        assert (found.total, found.reachable, found.pages, found.truncated) == (34, reachable, pages, True)
        assert asked(copied, limit=limit, collapse=collapse, page=pages).hits


@pytest.mark.usefixtures("shallow")
def test_copies_beyond_the_deepest_hit_are_counted_all_the_same(copied: SearchService) -> None:
    hits = [hit for page in (1, 2) for hit in asked(copied, page=page).hits]
    assert sorted(hit.copies for hit in hits)[-2:] == [0, 9]


@pytest.mark.parametrize(
    ("deepest", "sampled", "counted", "full"),
    [
        (24, 34, 60_000, True),  # 34 articles are 25 hits
        (25, 34, 60_000, False),
        (33, 34, 60_000, False),
        (24, 10, 60_000, False),  # too small a share to tell
        (24, 34, 33, False),  # more articles in the share than the engine has values to count for
    ],
)
def test_hits_of_a_share_of_the_groups_show_whether_a_list_is_full(
    copied: SearchService, deepest: int, sampled: int, counted: int, full: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extent, "DEEPEST_HIT", deepest)
    monkeypatch.setattr(extent, "_SAMPLED", sampled)
    monkeypatch.setattr(extent, "_MOST_GROUPED", counted)
    engine = BudgetedEngine(copied.index.engine, Budget(inf))
    assert extent._fills_a_list(engine, Everything(), 34) is full


def test_a_query_without_hits_has_no_pages(copied: SearchService) -> None:
    found = copied.search(SearchRequest("ظظظظظ"))
    assert (found.total, found.reachable, found.pages, found.truncated) == (0, 0, 0, False)


def asked(service: SearchService, **options: object) -> page.SearchPage:
    return service.search(replace(SearchRequest("القمح"), **options))  # type: ignore[arg-type]
