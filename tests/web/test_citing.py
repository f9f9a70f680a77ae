"""Citing an article: what Zotero, search engines and link previews read of its page, and the box with its citation."""

from __future__ import annotations

import json

import pytest
from flask.testing import FlaskClient
from lxml import html
from msgspec.structs import replace

from search.article import Article
from search.export.citation import one_line
from search.pages.display_title import display_title
from search.settings import Settings
from tests.search.export.records import ARTICLE, HOSTILE
from tests.web import zotero
from tests.web.fakes import FakeService
from web.app import create_app

PERMALINK = "http://localhost/article/sample-1"
URL = ARTICLE.url or ""


def page_of(article: Article, *, path: str = "/article/sample-1", **settings: str) -> str:
    client = create_app(Settings(**settings), FakeService((article,))).test_client()  # type: ignore[arg-type]
    return client.get(path).text


def item_of(**changes: object) -> zotero.Item:
    return zotero.embedded_metadata(page_of(replace(ARTICLE, **changes)), PERMALINK)


def test_zotero_takes_an_article_of_a_newspaper_whole() -> None:
    assert item_of() == {
        "itemType": "newspaperArticle",
        "title": "وزير المالية: لا زيادة في الأسعار",
        "creators": [{"firstName": "أحمد", "lastName": "علي"}, {"firstName": "منى", "lastName": "سالم"}],
        "publicationTitle": "صحيفة عكاظ",
        "section": "اقتصاد",
        "date": "2017/07/15",
        "language": "ar",
        "url": URL,
        "abstractNote": "قال وزير المالية أمس إن الأسعار لن تزيد هذا العام",
    }


def test_an_agency_stands_in_for_authors_and_nothing_else_does() -> None:
    assert item_of(persons=())["creators"] == [{"lastName": "واس"}]
    assert item_of(persons=(), agencies=(), places=(), author=None)["creators"] == []


def test_an_article_of_which_little_is_known_is_still_one() -> None:
    item = item_of(title="", source=(), section=None, author=None, url=None, published=None, persons=(), agencies=())
    assert (item["itemType"], item["url"], item["date"]) == ("newspaperArticle", PERMALINK, "")
    assert item["title"] == "قال وزير المالية أمس إن الأسعار لن تزيد هذا العام"
    assert item["publicationTitle"] == "كشّاف"  # where it was read


@pytest.mark.parametrize("text", [*HOSTILE, '"><script>alert(1)</script>', "</script><!--", "أ – صحيفة عكاظ"])
def test_any_text_comes_through_whole(text: str) -> None:
    article = replace(ARTICLE, title=f"أ {text} ب", section=f"ج {text}", persons=(f"د {text}",))
    page, title = page_of(article), one_line(display_title(article))
    assert zotero.embedded_metadata(page, PERMALINK)["title"] == json.loads(_json_ld(page))["headline"] == title
    assert [item["title"] for item in zotero.coins(page)] == [title.replace("+", " ")]  # Zotero loses the plus
    assert len(html.fromstring(page).xpath("//script[not(@src)]")) == 1


def test_coins_give_the_same_article() -> None:
    (item,) = zotero.coins(page_of(ARTICLE))
    assert item == {
        "itemType": "newspaperArticle",
        "title": "وزير المالية: لا زيادة في الأسعار",
        "creators": [{"firstName": "أحمد", "lastName": "علي"}, {"firstName": "منى", "lastName": "سالم"}],
        "publicationTitle": "صحيفة عكاظ",
        "date": "2017-07-15",
        "abstractNote": "قال وزير المالية أمس إن الأسعار لن تزيد هذا العام",
        "language": "ar",
        "url": URL,
    }


def test_zotero_can_choose_among_the_articles_of_a_page_of_results(client: FlaskClient) -> None:
    items = zotero.coins(client.get("/search?q=الموانئ").text)
    assert [item["title"] for item in items][:2] == [
        "هيئة الموانئ تطلق منصة Coral Gate لتتبع 3,650 حاوية",
        "الموانئ تستقبل الموسم",
    ]
    assert {item["itemType"] for item in items} == {"newspaperArticle"}
    assert [item["url"] for item in items][:2] == ["https://www.example.org/ports?id=1", "http://localhost/article/a2"]


def test_an_item_of_excessive_length_is_left_out_of_a_page_of_results() -> None:
    assert zotero.coins(page_of(replace(ARTICLE, title="ط" * 500), path="/search")) == []


def test_previews_and_search_engines_get_their_words() -> None:
    page = html.fromstring(page_of(ARTICLE, path="/article/sample-1?q=وزير&lang=en"))
    assert page.xpath("//link[@rel='canonical']/@href") == [PERMALINK]
    named = {meta.get("property"): meta.get("content") for meta in page.xpath("//meta[@property]")}
    assert named == {
        "og:type": "article",
        "og:title": "وزير المالية: لا زيادة في الأسعار",
        "og:description": "قال وزير المالية أمس إن الأسعار لن تزيد هذا العام",
        "og:url": PERMALINK,
        "og:site_name": "كشّاف",
        "og:locale": "ar_AR",
        "article:published_time": "2017-07-15T10:30:00+03:00",
        "article:author": "منى سالم",
        "article:section": "اقتصاد",
    }
    assert page.xpath("//meta[@name='description']/@content") == [named["og:description"]]
    assert json.loads(page.findtext(".//script[@type='application/ld+json']") or "") == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "وزير المالية: لا زيادة في الأسعار",
        "description": "قال وزير المالية أمس إن الأسعار لن تزيد هذا العام",
        "datePublished": "2017-07-15T10:30:00+03:00",
        "author": [{"@type": "Person", "name": "أحمد علي"}, {"@type": "Person", "name": "منى سالم"}],
        "publisher": {"@type": "Organization", "name": "صحيفة عكاظ"},
        "articleSection": "اقتصاد",
        "pagination": "3-4",
        "inLanguage": "ar",
        "url": PERMALINK,
        "mainEntityOfPage": PERMALINK,
        "isBasedOn": URL,
    }


def test_the_page_of_print_is_shown_and_told_to_programs() -> None:
    shown = page_of(ARTICLE)
    assert '<span class="page" lang="ar"><bdi>ص 3-4</bdi></span>' in shown
    assert "pp. 3-4</bdi></span>" in page_of(ARTICLE, path="/article/sample-1?lang=en")
    for meta in ('name="citation_firstpage" content="3"', 'name="citation_lastpage" content="4"'):
        assert meta in shown
    assert json.loads(_json_ld(shown))["pagination"] == "3-4" and "rft.pages=3-4" in shown
    without = page_of(replace(ARTICLE, page=None))
    assert 'class="page"' not in without and "citation_firstpage" not in without and "rft.pages" not in without


def test_the_public_address_is_that_of_the_setting() -> None:
    page = html.fromstring(page_of(ARTICLE, public_address="https://news.example.org/archive"))
    lasting = ["https://news.example.org/archive/article/sample-1"]
    assert page.xpath("//link[@rel='canonical']/@href") == page.xpath("//meta[@property='og:url']/@content") == lasting


def test_an_address_that_is_none_is_not_cited() -> None:
    for url in ("javascript:alert(1)", "http://[", "ftp://x"):
        page = page_of(replace(ARTICLE, url=url))
        assert url not in page and zotero.embedded_metadata(page, PERMALINK)["url"] == PERMALINK


def test_the_box_has_both_sentences_and_links_to_both_files() -> None:
    page = html.fromstring(page_of(ARTICLE))
    (box,) = page.xpath("//section[@class='cite']")
    arabic, english = (box.xpath(f".//p[@lang='{language}']")[0].text_content() for language in ("ar", "en"))
    assert arabic.startswith("أحمد علي، ومنى سالم. «وزير المالية: لا زيادة في الأسعار». صحيفة عكاظ، 15 يوليو/تموز 2017")
    assert "15 July 2017" in english and URL in arabic and URL in english
    assert box.xpath(".//a/@href") == ["/cite/ris/sample-1", "/cite/bibtex/sample-1"]
    assert all(button.get("hidden") is not None for button in box.xpath(".//button"))  # a script shows them


def test_signs_of_direction_in_a_name_do_not_end_the_isolation_of_another_value() -> None:
    page = page_of(replace(ARTICLE, persons=("أحمد \u2068علي \u2069\u2069",)))
    sentence = html.fromstring(page).get_element_by_id("cite-ar")
    assert [each.text for each in sentence][:2] == ["أحمد علي ", ARTICLE.title]
    assert not sentence.xpath(".//bdi/bdi")


def _json_ld(page: str) -> str:
    return str(html.fromstring(page).findtext(".//script[@type='application/ld+json']"))
