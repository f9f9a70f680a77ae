"""Pages over an archive with more values than engines count: every article has a section and an author of its own, and
there are articles of every day of 160 years.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from search.article import Article
from search.engines.base import MOST_COUNTED
from search.limits import DEEPEST_HIT, FACET_VALUES
from tests.crawl.addresses import LANGUAGES, addresses
from tests.crawl.archive import DAYS, FIRST_DAY
from tests.crawl.crawling import Crawl
from tests.crawl.reading import SITE, read_page
from tests.crawl.words import person, section
from tests.small_index import build_index

ARTICLES = 66_000
COUNTED_AT_ONCE = 65_000  # values of all facets together, by Tantivy
WORD = "قال"


def articles() -> Iterator[Article]:
    """Headlines of one word."""
    for n in range(ARTICLES):
        day = (FIRST_DAY + timedelta(days=n % DAYS)).isoformat()
        yield Article(f"{n}", WORD, source=(f"صحيفة {n % 9}",), section=section(n), author=person(n), published=day)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, reader: Callable[[Path], FlaskClient]) -> FlaskClient:
    return reader(build_index(tmp_path_factory.mktemp("wide") / "index", articles()))


def test_the_archive_is_too_large_for_every_limit(client: FlaskClient) -> None:
    assert len({article.author for article in articles()}) > COUNTED_AT_ONCE > MOST_COUNTED
    home = read_page(client.get("/?lang=en").text, SITE)
    assert f"{ARTICLES:,} articles" in home.text
    assert f"At least {MOST_COUNTED:,} sections" in home.text
    found = client.get(f"/api/search?q={WORD}").json
    assert found is not None
    assert found["total"] == ARTICLES > DEEPEST_HIT
    assert len(found["facets"]["author"]) == len(found["facets"]["section"]) == FACET_VALUES


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_kind_of_search_is_answered(client: FlaskClient, language: str) -> None:
    begun = [*addresses(languages=[language])]
    crawl = Crawl(client, most=len(begun)).begin(begun)
    assert not crawl.faults, crawl.report()
    assert len(crawl.visits) == len(begun)


def test_links_of_a_page_with_all_articles_are_answered(client: FlaskClient) -> None:
    start = f"/search?q={WORD}"
    links = {link.kind: link for link in read_page(client.get(start).text, SITE + start).links}
    assert sum("section facet" in kind or "section timeline" in kind for kind in links) > 3
    own = [link for link in links.values() if link.url.startswith(SITE) and "/export" not in link.url]
    crawl = Crawl(client, most=len(own))
    crawl.follow(own, SITE + start)
    assert not crawl.faults, crawl.report()
