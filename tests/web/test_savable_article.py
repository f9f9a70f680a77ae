"""What a browser keeps of a saved article, and the page of saved articles without a browser."""

from __future__ import annotations

import json
import re
from dataclasses import asdict

from flask.testing import FlaskClient

from search.article import Article
from tests.web.fakes import FakeService
from web.addresses.links import Links
from web.views.article_heading import article_heading
from web.views.savable_article import SavableArticle, savable_article

ARTICLE = Article(
    "a/1",
    "عنوان «أول»",
    "نص",
    ("واس", "عكاظ"),
    url="https://example.org/1",
    published="2015-07-21",
    persons=("أحمد علي", "منى سالم"),
    agencies=("واس",),
)


def keep(article: Article, links: Links | None = None) -> SavableArticle:
    return savable_article(article, article_heading(article), links or Links())


def test_an_article_is_kept_with_what_a_list_and_an_export_need() -> None:
    assert asdict(keep(ARTICLE, Links("/archive", "en"))) == {
        "id": "a/1",
        "title": "عنوان «أول»",
        "source": "واس + عكاظ",
        "author": "أحمد علي; منى سالم",
        "agency": "واس",
        "date": "2015-07-21",
        "url": "https://example.org/1",
        "link": "/archive/article/a/1",
    }


def test_what_is_absent_is_empty_and_an_untitled_article_has_its_first_sentence() -> None:
    kept = keep(Article("1", "", "افتتح الوزير مستشفى في المدينة. وأضاف."))
    assert kept.title == "افتتح الوزير مستشفى في المدينة"
    assert (kept.source, kept.author, kept.agency, kept.date, kept.url) == ("",) * 5


def test_five_hundred_of_the_longest_articles_fit_into_what_browsers_keep() -> None:
    giant = Article(
        "i" * 1_000,
        "عنوان " * 10_000,
        "",
        ("مصدر " * 100,),
        persons=("كاتب " * 9,) * 90,
        url=f"https://example.org/{'x' * 5_000}",
    )
    assert (
        len(json.dumps(asdict(keep(giant)), ensure_ascii=False)) * 500 * 2 < 5_000_000
    )  # browsers count two bytes a character


def test_an_address_that_is_not_of_the_web_is_not_kept() -> None:
    assert keep(Article("1", "عنوان", url="javascript:alert(1)")).url == ""


def test_hits_and_articles_carry_what_can_be_saved_out_of_sight(client: FlaskClient) -> None:
    for url, count in (("/search?q=الموانئ", 4), ("/article/a1", 1)):
        places = re.findall(r'<span class="star" hidden [^>]*data-link="([^"]+)"></span>', client.get(url).text)
        assert len(places) == count
        assert places[0] == "/article/a1"


def test_the_page_of_saved_articles_has_a_sentence_that_it_needs_javascript(client: FlaskClient) -> None:
    for language, sentence in (("ar", "يحتاجان إلى JavaScript"), ("en", "needs JavaScript")):
        html = client.get(f"/saved?lang={language}").text
        assert re.search(rf"<p class=\"note without\">[^<]*{sentence}", html)
        assert '<div class="list" hidden>' in html


def test_every_page_leads_to_the_saved_articles(service: FakeService, client: FlaskClient) -> None:
    for url in ("/", "/search?q=الموانئ", "/article/a1", "/nothing"):
        assert 'href="/saved"' in client.get(url).text
