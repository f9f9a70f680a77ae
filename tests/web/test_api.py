"""The API gives the contract's objects, in readable Arabic, and its errors as JSON."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.web.fakes import FakeService, missing


def test_search_gives_the_object_of_the_contract(client: FlaskClient) -> None:
    response = client.get("/api/search?q=الموانئ")
    assert response.content_type == "application/json; charset=utf-8"
    found = response.json
    assert found is not None
    keys = {"query", "total", "page", "pages", "took_ms", "notes", "hits", "facets"}
    assert keys <= found.keys()
    hit = found["hits"][0]
    assert hit["title_html"] == "هيئة <mark>الموانئ</mark> تطلق منصة Coral Gate لتتبع 3,650 حاوية"
    assert hit["snippets"] == ["أعلنت هيئة <mark>الموانئ</mark> إطلاق منصة Coral Gate لتتبع الحاويات."]
    assert "reasons" not in hit


def test_arabic_is_not_escaped_in_json(client: FlaskClient) -> None:
    assert "الموانئ" in client.get("/api/search?q=الموانئ").text


def test_the_filters_of_the_page_narrow_the_api_too(client: FlaskClient) -> None:
    found = client.get("/api/search?q=الموانئ&from=2017-07&limit=1&facets=0").json
    assert found is not None
    assert (found["total"], found["facets"]) == (1, {})


def test_explain_shows_why_each_article_matched(client: FlaskClient) -> None:
    found = client.get("/api/search?q=الموانئ&explain=1").json
    assert found is not None
    assert found["hits"][0]["reasons"] == [{"word": "الموانئ", "level": "stem", "field": "title"}]


def test_an_article_comes_with_its_highlighted_body_and_related_ones(client: FlaskClient) -> None:
    found = client.get("/api/article/a2?q=الموانئ").json
    assert found is not None
    assert found["body_html"] == "تستقبل <mark>الموانئ</mark> موسم الصيد."
    assert [other["id"] for other in found["related"]] == ["a1", "https://example.org/a//b?c=1#d"]


def test_completions_come_as_an_object_or_as_browsers_want_them(service: FakeService, client: FlaskClient) -> None:
    service.completions = ("الموانئ", "الموازنة")
    found = ["الموانئ", "الموازنة"]
    assert client.get("/api/suggest?q=المو").json == {"query": "المو", "suggestions": found, "incomplete": False}
    response = client.get("/api/suggest?q=المو&form=opensearch")
    assert response.content_type.startswith("application/x-suggestions+json")
    assert response.json == ["المو", ["الموانئ", "الموازنة"]]
    assert client.get("/api/suggest").json == {"query": "", "suggestions": [], "incomplete": False}


@pytest.mark.parametrize(
    ("url", "status"),
    [("/api/search?page=x", 400), ("/api/article/none", 404), ("/api/none", 404), ("/api/search?q=" + "x" * 2001, 400)],
)
def test_errors_are_objects_with_a_sentence(client: FlaskClient, url: str, status: int) -> None:
    response = client.get(url)
    assert response.status_code == status
    assert response.json is not None
    assert response.json["error"]["status"] == status
    assert response.json["error"]["text"]


def test_the_language_of_an_error_can_be_chosen(client: FlaskClient) -> None:
    response = client.get("/api/search?page=x&lang=en")
    assert response.json is not None
    assert response.json["error"]["text"] == "“x” is no page number: ask for 1 to 1,000."


def test_without_an_index_the_api_asks_to_come_back_later(service: FakeService, client: FlaskClient) -> None:
    service.trouble = missing()
    response = client.get("/api/search?q=x")
    assert response.status_code == 503
    assert response.json is not None
    assert response.json["error"]["request"] == response.headers["X-Request-Id"]
    assert "أعد المحاولة بعد قليل" in response.json["error"]["text"]
    assert "kashaf index" not in response.text and "/nowhere" not in response.text
