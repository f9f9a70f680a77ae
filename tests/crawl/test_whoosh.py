"""The site over an archive that Whoosh indexed: what its pages promise does not hang on the engine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.crawl.addresses import addresses
from tests.crawl.archive import COPIED, MISSPELLED, SAME_DAY, SETS
from tests.crawl.crawling import Crawl
from tests.crawl.lists import walk

ARTICLES = 1_000
MOST_PAGES = 150  # of some 1,200


@pytest.fixture(scope="module")
def client(archive: Callable[..., Path], reader: Callable[[Path], FlaskClient]) -> FlaskClient:
    return reader(archive(ARTICLES, engine="whoosh"))


def test_every_link_is_answered(client: FlaskClient) -> None:
    crawl = Crawl(client, most=MOST_PAGES).begin(addresses(MISSPELLED, *(each.word for each in SETS)))
    assert not crawl.faults, crawl.report()
    assert len(crawl.visits) == MOST_PAGES


@pytest.mark.parametrize("order", ["relevance", "newest", "oldest"])
@pytest.mark.parametrize("word", [COPIED.word, SAME_DAY.word])
def test_a_list_holds_each_hit_once(client: FlaskClient, word: str, order: str) -> None:
    walked = walk(client, f"/search?q={word}&sort={order}")
    assert not walked.faults, walked.faults[:10]
