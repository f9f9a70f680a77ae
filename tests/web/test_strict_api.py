"""The API refuses what it does not know, by name; every failure has a code that programs can rely on."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import RequestEntityTooLarge, RequestURITooLarge, TooManyRequests

from tests.web.fakes import FakeService, missing
from web.api.error_codes import ERROR_CODES


def failure(client: FlaskClient, url: str, *, method: str = "GET") -> dict[str, Any]:
    answer = client.open(url, method=method)
    found = answer.json
    assert found is not None and list(found) == ["error"]
    error: dict[str, Any] = found["error"]
    assert error["status"] == answer.status_code
    assert error["message"] and error["request"] == answer.headers["X-Request-Id"]
    assert (error["code"], error["status"]) in {(each.code, each.status) for each in ERROR_CODES}
    return error


@pytest.mark.parametrize(
    ("url", "code", "parameter"),
    [
        ("/api/search?page=x", "bad_value", "page"),
        ("/api/search?limit=101", "bad_value", "limit"),
        ("/api/search?limit=100&page=101", "bad_value", "page"),
        ("/api/search?sort=best", "bad_value", "sort"),
        ("/api/search?names=2", "bad_value", "names"),
        ("/api/search?group=x", "bad_value", "group"),
        ("/api/search?from=someday", "bad_value", "from"),
        ("/api/search?lang=fr", "bad_value", "lang"),
        ("/api/search?source=" + "x" * 301, "too_long", "source"),
        ("/api/search?q=" + "x" * 2_001, "too_long", "q"),
        ("/api/search?source=" + "&source=".join("x" * 51), "repeated_parameter", "source"),
        ("/api/search?q=a&q=b", "repeated_parameter", "q"),
        ("/api/search?limt=3", "unknown_parameter", "limt"),
        ("/api/search?utm_source=x", "unknown_parameter", "utm_source"),
        ("/api/search?cursor=*&page=2", "contradiction", "page"),
        ("/api/search?cursor=*&facets=1", "contradiction", "facets"),
        ("/api/search?cursor=abc", "bad_cursor", "cursor"),
        ("/api/articles", "missing_parameter", "id"),
        ("/api/articles?id=", "missing_parameter", "id"),
        ("/api/articles/none", "no_such_article", None),
        ("/api/article/none", "no_such_article", None),
        ("/api/articles/a1?page=0", "bad_value", "page"),
        ("/api/suggest?limit=21", "bad_value", "limit"),
        ("/api/suggest?form=xml", "bad_value", "form"),
        ("/api/compare?q=a&from=someday", "bad_value", "from"),
        ("/api/compare?q=a&names=true", "bad_value", "names"),
        ("/api/search?limit=1_0", "bad_value", "limit"),
        ("/api/search?group=1_0", "bad_value", "group"),
        ("/api/compare?q=" + "x" * 2_001, "too_long", "q"),
        ("/api/coverage?from=2015", "unknown_parameter", "from"),
        ("/api/info?q=x", "unknown_parameter", "q"),
        ("/api/openapi.json?x=", "unknown_parameter", "x"),
        ("/api/none", "not_found", None),
    ],
)
def test_a_request_that_cannot_be_served_says_why(
    client: FlaskClient, url: str, code: str, parameter: str | None
) -> None:
    found = failure(client, url)
    assert (found["code"], found["parameter"]) == (code, parameter)


def test_an_unknown_parameter_is_told_with_the_nearest_one_in_the_language_asked(client: FlaskClient) -> None:
    assert failure(client, "/api/search?limt=3")["message"] == "لا معامل باسم «limt» هنا: لعلك تقصد limit."
    assert failure(client, "/api/search?lang=en&limt=3")["message"] == (
        "There is no parameter “limt” here: perhaps you mean limit."
    )
    assert "there are form, lang, limit, q." in failure(client, "/api/suggest?lang=en&zzzzzz=")["message"]


@pytest.mark.parametrize(
    ("url", "arabic", "english"),
    [
        ("/api/suggest?limit=21", "للاقتراحات: اطلب من 1 إلى 20", "no number of completions: ask for 1 to 20"),
        (
            "/api/search?limit=101",
            "لما يُعرض في المرة: اطلب من 1 إلى 100",
            "no number of results at a time: ask for",
        ),
        ("/api/search?q=a&q=b", "الحد الأعلى 1", "given too often: the most is 1"),
        ("/api/search?source=" + "x" * 301, "«source» طويلة جدا: 300", "“source” is too long: 300"),
        ("/api/search?from=حتى 2015", "أعطه في to", "give it as to"),
    ],
)
def test_a_sentence_speaks_of_the_address_that_was_asked(
    client: FlaskClient, url: str, arabic: str, english: str
) -> None:
    assert arabic in failure(client, url)["message"]
    assert english in failure(client, f"{url}&lang=en")["message"]


def test_pages_take_what_others_append_to_links(client: FlaskClient) -> None:
    for url in ("/search?q=الموانئ&utm_source=x", "/article/a1?fbclid=y", "/feed?utm=1", "/?ref=z", "/compare?q=a&x=1"):
        assert client.get(url).status_code == 200


def test_an_empty_value_counts_as_none(client: FlaskClient) -> None:
    assert client.get("/api/search?q=&page=&limit=&sort=&source=&cursor=&lang=&q=").status_code == 200


def test_a_wrong_method_has_a_code(client: FlaskClient) -> None:
    assert failure(client, "/api/search", method="POST")["code"] == "method_not_allowed"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (RequestEntityTooLarge(), "too_large"),
        (RequestURITooLarge(), "address_too_long"),
        (TooManyRequests(), "too_many_requests"),
        (ZeroDivisionError(), "internal_error"),
        (missing(), "unavailable"),
    ],
)
def test_whatever_else_goes_wrong_has_a_code(
    service: FakeService, client: FlaskClient, error: Exception, code: str
) -> None:
    service.trouble = error
    assert failure(client, "/api/search?q=x")["code"] == code


def test_a_host_that_is_not_trusted_has_a_code(app: Flask) -> None:
    answer = app.test_client().get("/api/info", headers={"Host": "a b"})
    assert answer.json is not None and answer.json["error"]["code"] == "untrusted_host"


def test_articles_are_read_by_any_id(service: FakeService, client: FlaskClient) -> None:
    for url in (
        "/api/articles/a1",
        "/api/articles/https://example.org/a//b%3Fc=1%23d",
        "/api/articles?id=https://example.org/a//b%3Fc=1%23d",
        "/api/articles?id=..",
        "/api/article/?id=..",
    ):
        answer = client.get(url)
        assert answer.status_code == 200 and answer.json is not None and answer.json["body"]
    from search.article import Article

    service.articles = (Article("//x//", "عنوان", "نص"),)
    for url in ("/api/articles/%2F%2Fx%2F%2F", "/api/articles///x//", "/api/articles?id=//x//", "/api/article///x//"):
        found = client.get(url).json
        assert found is not None and found["id"] == "//x//"


def test_information_says_nothing_of_where_the_index_lies(client: FlaskClient) -> None:
    found = client.get("/api/info").json
    assert found is not None
    assert (found["articles"], found["limits"]["last_hit_of_pages"]) == (34, 10_000)
    assert "place" not in found and "here" not in found.values()
