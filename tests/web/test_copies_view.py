"""The copies of an article as a chain, and two of them set against each other."""

from __future__ import annotations

from datetime import date

from flask.testing import FlaskClient

from search.article import Article
from search.pages.records import Copies
from tests.web.fakes import FakeService
from web.addresses.links import Links
from web.views.copies_view import build_copies_view, build_differences_view

TODAY = date(2017, 7, 20)
OLDER = Article("1", "أول", "افتتح الوزير مستشفى في المدينة", ("عكاظ",), published="2015-07-21")
NEWER = Article("2", "ثان", "افتتح وزير الصحة مستشفى في المدينة", ("الرياض",), published="2015-07-22")


def test_an_article_that_stands_alone_has_no_chain() -> None:
    assert build_copies_view(Copies(7), "1", Links(), TODAY) is None


def test_the_chain_leads_to_each_copy_and_to_what_differs_but_not_from_an_article_to_itself() -> None:
    view = build_copies_view(Copies(7, (OLDER, NEWER), 2), "1", Links(), TODAY)
    assert view is not None
    assert [copy.against for copy in view.articles] == [None, "/article/1?against=2"]
    assert (view.count, view.cut) == ("نسخة أخرى", "")


def test_a_chain_that_is_cut_gives_the_number_of_all_copies_and_a_link_to_them() -> None:
    view = build_copies_view(Copies(7, (OLDER, NEWER), 300), "1", Links(), TODAY)
    assert view is not None
    assert (view.cut, view.all) == ("هذه أول 2 من 300.", "/search?group=7")


def test_the_older_comes_first_whichever_was_asked_for() -> None:
    for one, other in ((OLDER, NEWER), (NEWER, OLDER)):
        view = build_differences_view(one, other, Links(), TODAY)
        assert (view.older.heading.plain, view.newer.heading.plain) == ("أول", "ثان")
        assert view.summary == "في الأقدم وحده: كلمتان. وفي الأحدث وحده: 3 كلمات."


def test_two_equal_texts_have_a_sentence_that_they_are_equal() -> None:
    assert build_differences_view(OLDER, OLDER, Links(), TODAY).summary == "النصان متطابقان كلمة كلمة."


def test_the_pages_show_the_chain_and_the_words_that_differ(service: FakeService, client: FlaskClient) -> None:
    service.articles = (OLDER, NEWER)
    service.chain = Copies(7, (OLDER, NEWER), 2)
    html = client.get("/article/1").text
    assert "نسخ هذا الخبر" in html
    assert 'href="/article/1?against=2"' in html
    for language, sentence in (("ar", "في الأقدم وحده"), ("en", "Only in the older: 2 words")):
        html = client.get(f"/article/1?against=2&lang={language}").text
        assert "<del>الوزير</del> <ins>وزير الصحة</ins> مستشفى" in html
        assert sentence in html.replace("<bdi>", "").replace("</bdi>", "")


def test_what_does_not_exist_cannot_be_compared(client: FlaskClient) -> None:
    for url in ("/article/a1?against=nothing", "/article/nothing?against=a1"):
        assert client.get(url).status_code == 404
