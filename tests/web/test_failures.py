"""Failures are pages in the site's style; none shows a traceback."""

from __future__ import annotations

import logging

import pytest
from flask import Flask
from flask.testing import FlaskClient

from search.errors import EngineError, IndexOutdated, RequestError
from tests.web.fakes import FakeService, missing


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
        ("/search?from=yesterday", "«<bdi>yesterday</bdi>» ليس تاريخا"),
        ("/search?page=0&lang=en", "“<bdi>0</bdi>” is no page number: ask for 1 to <bdi>1,000</bdi>."),
    ],
)
def test_a_value_that_cannot_be_used_is_400_with_a_sentence(client: FlaskClient, url: str, sentence: str) -> None:
    response = client.get(url)
    assert response.status_code == 400
    assert sentence in response.text


def test_a_refusal_of_the_service_is_400(service: FakeService, client: FlaskClient) -> None:
    service.trouble = RequestError("order by author: choose another")
    response = client.get("/search?q=x")
    assert response.status_code == 400
    assert "order by author" in response.text


def test_a_wrong_method_is_405_and_names_the_right_ones(client: FlaskClient) -> None:
    response = client.post("/search")
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]


@pytest.mark.parametrize("error", [missing(), IndexOutdated("made by another analyser: run kashaf reindex")])
def test_without_a_usable_index_every_page_is_503_with_the_remedy(
    service: FakeService, client: FlaskClient, error: Exception
) -> None:
    service.trouble = error
    for url in ("/", "/search?q=x", "/article/a1"):
        response = client.get(url)
        assert response.status_code == 503
        assert str(error) in response.text
        assert response.headers["Retry-After"]


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
    assert "secret" in caplog.text


def test_the_service_is_opened_at_the_first_request_and_again_after_a_failure(app: Flask) -> None:
    from search.settings import Settings
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
