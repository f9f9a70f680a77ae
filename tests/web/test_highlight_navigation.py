"""The highlighted words of an article as places to go to, and the way from a snippet to its place."""

from __future__ import annotations

import re

from flask.testing import FlaskClient

from search.article import Article
from search.pages.portions import portion_at
from search.pages.records import SearchRequest, Segment
from tests.web.fakes import FakeService
from web.addresses.links import Links
from web.text.bidi import Step, isolate_marked
from web.views.highlight_navigation import highlight_navigation, portion_links

BODY = (Segment("قال "), Segment("الوزير", True, 4), Segment(" إن "), Segment("الوزير", True, 14))


def test_each_highlighted_word_leads_to_the_next_and_the_last_to_the_first() -> None:
    marks = highlight_navigation(BODY)
    assert (marks.following, marks.first, marks.last, marks.total) == ({4: Step(14), 14: Step(4)}, "m4", "m14", 2)
    html = isolate_marked(BODY, marks.following)
    assert '<mark id="m4"><a href="#m14">الوزير</a></mark>' in html
    assert '<mark id="m14"><a href="#m4">الوزير</a></mark>' in html


def test_neighbouring_highlighted_words_are_one_mark_with_a_place_for_each() -> None:
    body = (*BODY, Segment(" "), Segment("الأول", True, 21), Segment("، "), Segment("الثاني", True, 28))
    marks = highlight_navigation(body)
    assert (marks.total, marks.last) == (3, "m28")
    assert marks.following == {4: Step(14), 14: Step(28), 21: Step(28, inner=True), 28: Step(4)}
    html = isolate_marked(body, marks.following)
    assert '<mark id="m14"><a href="#m28">الوزير <span id="m21"></span>الأول</a></mark>، <mark id="m28">' in html


def test_a_highlighted_phrase_that_a_latin_run_crosses_has_one_id() -> None:
    body = (Segment("منصة Coral "), Segment("Gate الجديدة", True, 11), Segment(" نص"))
    assert isolate_marked(body, highlight_navigation(body).following).count('id="m11"') == 1


def test_a_text_without_highlighted_words_has_no_places() -> None:
    assert highlight_navigation((Segment("نص"),)).total == 0


def test_the_portions_lead_to_each_other() -> None:
    text = "كلمة " * 30_000
    request = SearchRequest("كلمة")
    assert portion_links(portion_at("نص", 0), "1", request, Links()) is None
    second = portion_at(text, 60_000)
    found = portion_links(second, "1", request, Links())
    assert found is not None
    assert found.here == "الجزء 2 من 4"
    assert (found.previous, found.next) == (
        Links().article("1", request),
        Links().article("1", request, at=second.end),
    )


def test_a_snippet_leads_to_the_highlighted_word_it_shows(client: FlaskClient) -> None:
    html = client.get("/search?q=الموانئ").text
    url, place = re.findall(r'<p class="snippet"><a href="([^"#]+)#(m\d+)"', html)[0]
    assert f'id="{place}"' in client.get(url.replace("&amp;", "&")).text


def test_a_snippet_of_a_long_article_leads_to_its_portion(service: FakeService, client: FlaskClient) -> None:
    service.articles = (Article("1", "عنوان", "كلمة " * 20_000 + "النهاية"),)
    view = client.get("/search?q=النهاية").text
    url, place = re.findall(r'<p class="snippet"><a href="([^"#]+)#(m\d+)"', view)[0]
    html = client.get(url.replace("&amp;", "&")).text
    assert f'id="{place}"' in html
    assert "الجزء <bdi>3</bdi> من <bdi>3</bdi>" in html
    first = client.get("/article/1?q=النهاية").text
    assert "اقرأ البقية" in first and f'id="{place}"' not in first


def test_a_place_that_is_no_number_shows_the_beginning(client: FlaskClient) -> None:
    for at in ("-1", "x", "٣", "9" * 30, "99999999"):
        assert client.get("/article/a1", query_string={"at": at}).status_code == 200


def test_an_article_without_highlighted_words_asks_for_no_script(client: FlaskClient) -> None:
    assert "reading.js" not in client.get("/article/a1").text
    assert "reading.js" in client.get("/article/a1?q=الموانئ").text
