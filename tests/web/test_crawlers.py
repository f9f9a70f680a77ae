"""Crawlers read nothing unless a setting says so; then every article is in exactly one part of the sitemap."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from search import article_list
from search.article import Article
from search.engines.registry import EMBEDDED
from search.service import SearchService
from search.settings import Settings
from tests.small_index import build_index
from web.app import create_app

XML = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ODD = ("..", "//x//", "a&b<c>'\"", "خبر/١", "https://example.org/a?b=1&c=2")


@pytest.fixture(params=EMBEDDED)
def site(request: pytest.FixtureRequest, tmp_path: Path) -> FlaskClient:
    """A site of 200 articles whose articles may be crawled."""
    articles = [Article(f"n{n}", f"خبر {n}", "نص", published=f"20{n % 18:02}-01-01") for n in range(195)]
    articles += [Article(id, "خبر", "نص") for id in ODD]
    place = build_index(tmp_path / "index", articles, engine=request.param)
    settings = Settings(index=place, crawling="articles", public_address="https://news.example.org/archive")
    return create_app(settings, SearchService.open(settings)).test_client()


def places(client: FlaskClient, url: str) -> list[str]:
    answer = client.get(url)
    assert (answer.status_code, answer.mimetype) == (200, "application/xml")
    return [str(each.text) for each in ElementTree.fromstring(answer.data).iter(f"{XML}loc")]


def test_nothing_may_be_crawled_unless_the_setting_says_so(client: FlaskClient) -> None:
    assert client.get("/robots.txt").text == "User-agent: *\nDisallow: /\n"
    assert {client.get(path).status_code for path in ("/sitemap.xml", "/sitemap-1.xml")} == {404}
    assert client.get("/search").headers["X-Robots-Tag"] == "noindex, nofollow"


def test_articles_may_be_crawled_and_endless_pages_not(site: FlaskClient) -> None:
    lines = site.get("/robots.txt").text.splitlines()
    assert {
        "Disallow: /archive/search",
        "Disallow: /archive/batch",
        "Disallow: /archive/api/",
        "Disallow: /archive/compare",
    } <= set(lines)
    assert "Sitemap: https://news.example.org/archive/sitemap.xml" in lines and "Disallow: /" not in lines
    assert "X-Robots-Tag" not in site.get("/search").headers


def test_every_article_is_in_one_part(site: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(article_list, "PART", 30)
    monkeypatch.setattr(article_list, "_CHUNK", 7)
    parts = places(site, "/sitemap.xml")
    assert parts == [f"https://news.example.org/archive/sitemap-{number}.xml" for number in range(1, 8)]
    each = [places(site, f"/sitemap-{number}.xml") for number in range(1, 8)]
    assert max(map(len, each)) < 60
    found = [address for part in each for address in part]
    prefix = "https://news.example.org/archive/article/"
    assert len(found) == len(set(found)) == 200 and all(address.startswith(prefix) for address in found)
    assert {unquote(address.removeprefix(prefix).removeprefix("?id=")) for address in found} >= set(ODD)
    for address in found[:3]:
        assert site.get(address).status_code == 200


def test_a_part_says_when_articles_were_published_and_ends_where_parts_end(site: FlaskClient) -> None:
    tree = ElementTree.fromstring(site.get("/sitemap-1.xml").data)
    days = [each.text for each in tree.iter(f"{XML}lastmod")]
    assert len(days) == 195 and "2017-01-01" in days
    assert {site.get(f"/sitemap-{name}.xml").status_code for name in ("0", "2", "99999999999999999999", "x")} == {404}


def test_an_address_that_no_crawler_takes_is_left_out(tmp_path: Path) -> None:
    place = build_index(tmp_path / "index", [Article("ن" * 900, "خبر", "نص"), Article("a", "خبر", "نص")])
    settings = Settings(index=place, crawling="articles")
    client = create_app(settings, SearchService.open(settings)).test_client()
    assert places(client, "/sitemap-1.xml") == ["http://localhost/article/a"]
