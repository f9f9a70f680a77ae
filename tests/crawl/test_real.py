"""Every link of the site over the real news: all of ../shared/news, indexed once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.bench.processes import kashaf
from tests.conftest import SHARED
from tests.crawl.addresses import addresses
from tests.crawl.crawling import Crawl
from tests.crawl.lists import walk

pytestmark = pytest.mark.shared

MOST_PAGES = 2_000


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, reader: Callable[[Path], FlaskClient]) -> FlaskClient:
    index = tmp_path_factory.mktemp("news") / "index"
    kashaf("index", "--index", index, SHARED / "news")
    return reader(index)


def test_every_link_is_answered(client: FlaskClient) -> None:
    crawl = Crawl(client, most=MOST_PAGES).begin(addresses())
    assert not crawl.faults, crawl.report()
    assert not crawl.waiting, f"{len(crawl.waiting)} links are left after {MOST_PAGES} pages"
    assert len(crawl.visits) > 500


@pytest.mark.parametrize(
    ("query", "order"),
    [("غوتيريس", "relevance"), ("غوتيريس", "newest"), ('"الأمين العام للأمم المتحدة"', "oldest"), ("بركان", "oldest")],
)
def test_a_list_holds_each_hit_once(client: FlaskClient, query: str, order: str) -> None:
    walked = walk(client, f"/search?q={query}&sort={order}")
    assert not walked.faults, walked.faults[:10]
    assert walked.pages > 5
