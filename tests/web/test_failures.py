"""Failures are pages in the site's style; none shows a traceback."""

from __future__ import annotations

import logging
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html

from search.engines.opensearch.access import Access
from search.engines.opensearch.refusals import refusal
from search.errors import ClusterRefused, EngineError, IndexDamaged, IndexOutdated, RequestError, SettingsError
from search.service import SearchService
from search.settings import Settings
from tests.web.fakes import FakeService, missing
from web.app import create_app
from web.messages.table import say


def test_an_unknown_page_or_article_is_404_with_a_search_box(client: FlaskClient) -> None:
    for url in ("/none", "/article/none", "/article/", "/static/none.css"):
        response = client.get(url)
        assert response.status_code == 404
        assert "لا شيء هنا" in response.text
        assert 'role="search"' in response.text


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("/search?page=0", "«<bdi>0</bdi>» ليس رقم صفحة"),
        ("/search?sort=best", "«<bdi>best</bdi>»"),
        ("/feed?from=someday", "لم نفهم «<bdi>someday</bdi>» تاريخا"),
        ("/search?page=0&lang=en", "“<bdi>0</bdi>” is no page number: ask for 1 to <bdi>1,000</bdi>."),
    ],
)
def test_a_value_that_cannot_be_used_is_400_with_a_sentence(client: FlaskClient, url: str, sentence: str) -> None:
    response = client.get(url)
    assert response.status_code == 400
    assert sentence in response.text


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize(
    ("url", "trouble", "key"),
    [
        ("/none?q=الموانئ", None, "error_404"),
        ("/article/none?q=الموانئ", None, "error_404"),
        ("/search?q=الموانئ&page=0", None, "error_400"),
        ("/search?q=الموانئ", RequestError("order by author"), "error_400"),
        ("/search?q=الموانئ", ValueError("broken"), "error_500"),
        ("/search?q=الموانئ", missing(), "error_503"),
    ],
)
def test_a_failure_keeps_the_query_in_the_box_and_speaks_the_language_of_the_page(
    service: FakeService, client: FlaskClient, language: str, url: str, trouble: Exception | None, key: str
) -> None:
    service.trouble = trouble
    html = client.get(f"{url}&lang={language}").text
    assert 'value="الموانئ" placeholder' in html
    assert f"<h1>{say(language, key)}</h1>" in html


@pytest.mark.parametrize("language", ["ar", "en"])
def test_where_no_field_is_shown_a_day_is_not_sent_to_one(client: FlaskClient, language: str) -> None:
    for path, name, value, other in (
        ("/feed", "from", "حتى 2015", "to"),
        ("/compare.csv", "to", "after 2015", "from"),
        ("/api/search", "from", "حتى 2015", "to"),
    ):
        answer = client.get(path, query_string={name: value, "lang": language})
        assert answer.status_code == 400
        said = html.fromstring(answer.text).text_content() if answer.json is None else answer.json["error"]["message"]
        assert say(language, f"refused_{name}", value=value) in said and re.search(rf"\b{other}\b", said)


def test_a_query_that_is_too_long_stays_as_far_as_the_box_takes_it(client: FlaskClient) -> None:
    html = client.get("/search", query_string={"q": "ن" * 2001}).text
    assert f'value="{"ن" * 2000}" placeholder' in html


def test_a_refusal_of_the_service_is_400(service: FakeService, client: FlaskClient) -> None:
    service.trouble = RequestError("order by author: choose another")
    response = client.get("/search?q=x")
    assert response.status_code == 400
    assert "order by author" in response.text


def test_a_wrong_method_is_405_and_names_the_right_ones(client: FlaskClient) -> None:
    response = client.post("/search")
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]


@pytest.mark.parametrize(
    "error",
    [
        missing(),
        IndexOutdated("/nowhere has another format: run kashaf reindex"),
        ClusterRefused("the cluster at http://node:9200 does not accept the login"),
        refusal(429, {"error": "rejected execution"}, "", Access(("http://node:9200",))),
    ],
)
def test_without_a_usable_index_readers_are_asked_to_come_back_and_the_log_has_the_error(
    service: FakeService, client: FlaskClient, error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    service.trouble = error
    for url in ("/", "/search?q=x", "/article/a1", "/feed?q=x", "/api/search?q=x", "/search?q=x&lang=en"):
        response = client.get(url)
        assert response.status_code == 503
        assert "أعد المحاولة بعد قليل" in response.text or "try again in a while" in response.text
        assert "/nowhere" not in response.text and "kashaf " not in response.text
        assert response.headers["X-Request-Id"] in response.text
        assert response.headers["Retry-After"]
    assert [record.getMessage() for record in caplog.records] == [f"nothing can be searched: {error}"]


def test_bytes_that_cannot_be_read_fail_one_request_and_not_the_site(
    service: FakeService, client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    service.trouble = IndexDamaged("index files in /secret cannot be read: kashaf verify says which")
    response = client.get("/search?q=x")
    assert response.status_code == 500
    assert "/secret" not in response.text and response.headers["X-Request-Id"] in response.text
    (record,) = caplog.records
    assert "kashaf verify" in record.getMessage() and record.exc_info is None


class Panic(BaseException):
    """What libraries in Rust raise."""


def test_more_than_an_exception_fails_one_request(
    service: FakeService, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(service, "trouble", Panic("secret"))
    response = client.get("/search?q=x")
    assert response.status_code == 500
    assert "secret" not in response.text and "secret" in caplog.text
    assert client.get("/nothing").status_code == 404


@pytest.mark.parametrize("error", [missing(), SettingsError("ranking profile x cannot be read")])
def test_a_site_that_cannot_be_opened_is_503(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def opener(settings: Settings) -> FakeService:
        raise error

    monkeypatch.setattr(SearchService, "follow", opener)
    assert create_app(Settings()).test_client().get("/healthz").status_code == 503


def test_a_site_heals_when_its_index_appears(service: FakeService, client: FlaskClient) -> None:
    service.trouble = missing()
    assert client.get("/").status_code == 503
    service.trouble = None
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("error", [ZeroDivisionError("secret"), EngineError("secret")])
def test_our_own_mistake_is_500_logged_and_not_shown(
    service: FakeService, client: FlaskClient, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    service.trouble = error
    with caplog.at_level(logging.ERROR):
        response = client.get("/search?q=x")
    assert response.status_code == 500
    assert "secret" not in response.text
    assert response.headers["X-Request-Id"] in response.text
    assert "secret" in caplog.text and response.headers["X-Request-Id"] in caplog.text


def test_the_service_is_opened_at_the_first_request_and_again_after_a_failure(app: Flask) -> None:
    from web.site import Site

    tries: list[Settings] = []

    def opener(settings: Settings) -> FakeService:
        tries.append(settings)
        if len(tries) == 1:
            raise missing()
        return FakeService()

    site = Site(Settings(), opener)
    with pytest.raises(type(missing())):
        site.service()
    assert site.service() is site.service()
    assert len(tries) == 2
