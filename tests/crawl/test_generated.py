"""Every link of the site over a generated archive, which holds what real ones hold and more of it.

`make crawl` does the same with five times as many articles.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote_plus, urlsplit

import pytest
from flask.testing import FlaskClient

from search.limits import DEEPEST_HIT
from tests.crawl.addresses import addresses
from tests.crawl.archive import (
    COMMON,
    COPIED,
    COPIES_OF_EACH,
    FEW_HUNDRED,
    LONG_NAMED,
    LONG_TITLED,
    MISSPELLED,
    ODD,
    ONE_STORY,
    SAME_DAY,
    SETS,
)
from tests.crawl.crawling import Crawl
from tests.crawl.lists import walk
from tests.crawl.reading import SITE, read_page
from tests.crawl.rules import list_faults, page_faults

ARTICLES = int(os.environ.get("KASHAF_CRAWLED_ARTICLES", 14_000))
MOST_PAGES = 2_000
ONE_BY_ONE = "/search?q={}&sort=newest&collapse=0&limit=100"


@pytest.fixture(scope="module")
def client(archive: Callable[..., Path], reader: Callable[[Path], FlaskClient]) -> FlaskClient:
    return reader(archive(ARTICLES))


def test_the_archive_has_more_hits_than_can_be_paged_through_and_each_set_whole(client: FlaskClient) -> None:
    assert f"{ARTICLES:,} articles" in read_page(client.get("/?lang=en").text, SITE).text
    assert client.get(f"/api/search?q={COMMON}").json["total"] > DEEPEST_HIT  # type: ignore[index]
    for each in SETS:
        assert each.size(ARTICLES) == each.most


def test_every_link_is_answered(client: FlaskClient) -> None:
    crawl = Crawl(client, most=MOST_PAGES).begin(addresses(MISSPELLED, *(each.word for each in SETS)))
    assert not crawl.faults, crawl.report()
    assert not crawl.waiting, f"{len(crawl.waiting)} links are left after {MOST_PAGES} pages"
    kinds = {kind for _, kind in crawl.followed}
    for known in _KINDS:
        assert any(known in kind for kind in kinds), f"no link «{known}» in {sorted(kinds)}"


_KINDS = (
    "ol hits",
    "a copies",
    "nav sorts",
    "nav pager",
    "a page",  # of the pager: the page where the reader is
    "a step next",
    "section timeline",
    "section facet",
    "ul chips",
    "li note",
    "p suggestion",
    "a tongue",
    "a brand",
    "form search",
    "form dates",
    "ul tags",
    "section latest",
    "p examples",
    "nav wayback",
    "aside related",
    "p kicker",
    "link alternate",
    "link self of a feed",
    "link alternate of an entry",
    "footer colophon",
)


@pytest.mark.parametrize("order", ["relevance", "newest", "oldest"])
@pytest.mark.parametrize(
    ("query", "limit"),
    [(FEW_HUNDRED.word, 10), (COPIED.word, 10), (SAME_DAY.word, 100), (f"{ODD.word} أو {LONG_TITLED.word}", 100)],
)
def test_a_list_holds_each_hit_once(client: FlaskClient, query: str, limit: int, order: str) -> None:
    walked = walk(client, f"/search?q={quote_plus(query)}&sort={order}&limit={limit}")
    assert not walked.faults, walked.faults[:10]
    assert walked.pages > 1


def test_with_copies_shown_a_list_holds_each_article_once(client: FlaskClient) -> None:
    walked = walk(client, ONE_BY_ONE.format(COPIED.word))
    assert not walked.faults, walked.faults[:10]
    assert len(walked.articles) == COPIED.size(ARTICLES)


def test_copies_are_one_hit_and_their_link_shows_them_all(client: FlaskClient) -> None:
    stories = walk(client, f"/search?q={COPIED.word}")
    assert len(stories.articles) == COPIED.size(ARTICLES) // COPIES_OF_EACH
    story = walk(client, f"/search?q={ONE_STORY.word}")
    assert (len(story.articles), story.first.total) == (1, ONE_STORY.size(ARTICLES))
    (copies,) = {link.url for link in story.first.links if link.kind.startswith("a copies")}
    walked = walk(client, copies.removeprefix(SITE))
    assert not walked.faults, walked.faults[:10]
    assert len(walked.articles) == ONE_STORY.size(ARTICLES)


@pytest.mark.parametrize(("word", "language"), [(ODD.word, "ar"), (LONG_NAMED.word, "en")])
def test_the_link_of_each_odd_article_and_each_odd_name_finds_it(client: FlaskClient, word: str, language: str) -> None:
    start = f"/search?q={word}&limit=100&lang={language}"
    page = read_page(client.get(start).text, SITE + start)
    wanted = [link for link in page.links if "ol hits" in link.kind or "section facet" in link.kind]
    assert len(wanted) > 100
    crawl = Crawl(client, most=len(wanted) + 1)
    crawl.follow(wanted, SITE + start)
    assert not crawl.faults, crawl.report()


@pytest.mark.parametrize(
    ("form", "began"), [("jsonl", '{"id":"'), ("ris", "TY  - "), ("bibtex", "\n@")], ids=["jsonl", "ris", "bibtex"]
)
def test_each_format_has_every_odd_article_once(client: FlaskClient, form: str, began: str) -> None:
    asked = f"/export?q={ODD.word}&collapse=0&format="
    rows = list(csv.DictReader(io.StringIO(client.get(f"{asked}csv").text, newline="")))
    assert len({row["id"] for row in rows}) == len(rows) == ODD.size(ARTICLES)
    assert f"\n{client.get(asked + form).text}".count(began) == len(rows)


@pytest.mark.parametrize("word", [LONG_TITLED.word, LONG_NAMED.word, "قال"])
def test_the_largest_page_that_can_be_asked_for_is_bounded(client: FlaskClient, word: str) -> None:
    url = f"{SITE}/search?q={word}&limit=100&explain=1&collapse=0"
    text = client.get(url.removeprefix(SITE)).text
    page = read_page(text, url)
    assert len(page.hits) == 100
    assert not [*page_faults(url, text, page), *list_faults(url, page)]
    assert urlsplit(page.hits[0]).query, "the way back is lost"
