"""Where no signal scores a hit, the newest comes first, then the ids in order: in every engine, after every rebuild."""

from __future__ import annotations

from random import Random

import pytest

from search.article import Article
from search.engines.base import Order
from search.engines.registry import EMBEDDED
from search.pages.as_json import page_object
from search.pages.records import SearchRequest
from search.service import SearchService
from tests.small_index import open_index

DAYS = ("2020-01-03", "2020-01-02", "2020-01-02", None, None, "2020-01-01T10:00:00")
WORDS = ("القمح والشعير", "قمحنا في المخازن", "سوق القمح", "قمحية من مصر", "القمحي والوزير", "مقمح في السوق")


def archive() -> list[Article]:
    """Thirty articles of three days and of none, several of each moment, with one story each."""
    rest = [" ".join(f"كلمة{number}و{word}" for word in range(30)) for number in range(30)]
    return [
        Article(f"{'cab'[n % 3]}{n:02}", "", f"في {WORDS[n % 6]} {rest[n]}", published=DAYS[n // 2 % 6])
        for n in range(30)
    ]


def ids(service: SearchService, query: str, **options: object) -> list[str]:
    request = SearchRequest(query, limit=100, repair=False, **options)  # type: ignore[arg-type]
    return [hit.article.id for hit in service.search(request).hits]


@pytest.fixture(scope="module", params=[(name, seed) for name in EMBEDDED for seed in (1, 2)], ids=str)
def service(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> SearchService:
    """The archive in each engine, indexed in two orders."""
    engine, seed = request.param
    articles = Random(seed).sample(archive(), 30)
    return open_index(tmp_path_factory.mktemp("order"), articles, engine=engine)


def newest_first(found: set[str]) -> list[str]:
    """The ids in the order that the reader is promised."""
    by_id = sorted((article for article in archive() if article.id in found), key=lambda article: article.id)
    return [article.id for article in sorted(by_id, key=lambda article: article.published or "", reverse=True)]


@pytest.mark.parametrize("query", ["قمح*", "القم*", "قمحنا~", "سوقق~2", '="في"', "=في", "", "-الشعير", "تاريخ:2020"])
def test_hits_without_a_score_come_from_the_newest_on(service: SearchService, query: str) -> None:
    got = ids(service, query)
    assert len(got) >= 5 and got == newest_first(set(got))
    assert got == ids(service, query, order=Order.NEWEST)
    page = service.search(SearchRequest(query, repair=False))
    assert page.order is Order.NEWEST and page_object(page)["sort"] == "newest"


def test_hits_without_a_score_come_behind_those_with_one_and_none_is_missed(service: SearchService) -> None:
    scored, prefix = set(ids(service, "الشعير")), set(ids(service, "القم*"))
    got = ids(service, "الشعير أو القم*")
    assert scored and prefix - scored
    assert service.search(SearchRequest("الشعير أو القم*")).order is Order.RELEVANCE
    assert set(got[: len(scored)]) == scored
    assert got[len(scored) :] == newest_first(prefix - scored)
    pages = [
        hit.article.id
        for page in range(1, 9)
        for hit in service.search(SearchRequest("الشعير أو القم*", page=page, limit=4)).hits
    ]
    assert pages == got


def test_pages_of_articles_of_one_moment_neither_repeat_nor_miss_a_hit(service: SearchService) -> None:
    for order in (Order.NEWEST, Order.OLDEST):
        whole = ids(service, "قمح*", order=order)
        assert len(whole) > 9
        pages = [
            hit.article.id
            for page in range(1, 12)
            for hit in service.search(SearchRequest("قمح*", page=page, limit=3, order=order)).hits
        ]
        assert pages == whole
